cp "$data/candidates.jsonl" .
entente --log new review --accept-all - <candidates.jsonl
echo "exit $?"
ls new
entente --log new review --accept-all --decisions other.jsonl candidates.jsonl | head -n 1
wc -l <other.jsonl
