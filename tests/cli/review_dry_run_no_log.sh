cp "$data/candidates.jsonl" .
entente review --accept-all --dry-run candidates.jsonl | grep -e 'not in the log' -e would
ls
