cp "$data/candidates.jsonl" .
made
entente review --accept-all --dry-run --only possible candidates.jsonl
entente review --accept-all --dry-run --only any --min-score 0 candidates.jsonl
entente review --accept-all --dry-run --min-score 850 candidates.jsonl | tail -n 1
