cp "$data/candidates.jsonl" .
made
entente review --accept-all --dry-run --order score candidates.jsonl
