cp "$data/candidates.jsonl" .
made
entente review --accept-all candidates.jsonl
head -c 300 entente.lmdb/review.jsonl >cut
cp cut entente.lmdb/review.jsonl
entente review --accept-all candidates.jsonl
echo "exit $?"
grep -c '^{.*}$' entente.lmdb/review.jsonl
entente stat --json | tr ',' '\n' | grep '"events"'
