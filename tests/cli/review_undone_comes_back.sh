cp "$data/candidates.jsonl" .
made
entente review --accept-all candidates.jsonl
sed -n 's/"decision":"[a-z]*"/"decision":"undone"/;1p' entente.lmdb/review.jsonl >undone
cat undone >>entente.lmdb/review.jsonl
entente review --accept-all --dry-run candidates.jsonl | tail -n 1
