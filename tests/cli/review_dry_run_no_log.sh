cp "$data/candidates.jsonl" .
entente review --accept-all --dry-run candidates.jsonl | tail -n 1
ls
