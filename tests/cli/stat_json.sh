made; entente stat --json | sed 's/"\(file_bytes\|readers\|event_bytes\)":[0-9]*/"\1":N/g'
