cp "$data/candidates.jsonl" .
made
entente review candidates.jsonl
echo "exit $?"
entente review <candidates.jsonl
echo "exit $?"
