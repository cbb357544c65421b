cp "$data/candidates.jsonl" .
entente review --only facts --accept-all
echo "exit $?"
entente review --order best
echo "exit $?"
entente review --min-score 2000 --accept-all
echo "exit $?"
entente review --json candidates.jsonl
echo "exit $?"
entente review --accept-all --coder ''
echo "exit $?"
entente review --accept-all --coder "$(printf 'a\377')"
echo "exit $?"
entente review --accept-all missing.jsonl
echo "exit $?"
entente review a b
echo "exit $?"
