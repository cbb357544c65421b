# What a backup left that was killed while it made its copy.
made
mkdir -p .b.copy-1-0/.tmp-1-0
touch .b.copy-1-0/writer.lock .b.copy-1-0/.tmp-1-0/data.mdb
entente backup b >/dev/null
ls -A
