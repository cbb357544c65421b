# One event has another byte; the others are saved.
made
at=$(grep -abo AZE entente.lmdb/data.mdb | sed -n '1s/:.*//p'); printf X | dd of=entente.lmdb/data.mdb bs=1 seek="$at" conv=notrunc 2>/dev/null
entente export >all.jsonl; echo "exit $?"
entente export --skip-bad -o sound.jsonl; echo "exit $?"
entente --log new append sound.jsonl
