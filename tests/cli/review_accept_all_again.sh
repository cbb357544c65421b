cp "$data/candidates.jsonl" .
made
entente review --accept-all candidates.jsonl
entente review --accept-all candidates.jsonl
echo "exit $?"
wc -l <entente.lmdb/review.jsonl
sed 's/"key":"[0-9a-f]*"/"key":KEY/' entente.lmdb/review.jsonl
rm entente.lmdb/review.jsonl
entente review --accept-all candidates.jsonl
entente stat --json | tr ',' '\n' | grep '"events"'
