cp "$data/candidates.jsonl" .
made
entente review --accept-all candidates.jsonl
echo "exit $?"
entente log --known 20 | tail -n 4
entente log --json | tail -n 3
entente verify | head -n 1
