cp "$data/candidates.jsonl" .
made
entente review --accept-all --json candidates.jsonl
entente review --accept-all --json --dry-run candidates.jsonl
