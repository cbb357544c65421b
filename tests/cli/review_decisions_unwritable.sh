cp "$data/candidates.jsonl" .
made
entente review --accept-all --decisions no/such/folder candidates.jsonl
echo "exit $?"
