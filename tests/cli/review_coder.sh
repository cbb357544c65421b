cp "$data/candidates.jsonl" .
made
entente review --accept-all --coder maria candidates.jsonl
entente log --json | tail -n 4 | sed 's/.*"coder":"\([^"]*\)".*"supports":"\([^"]*\)".*/\1 \2/;s/.*"coder":"\([^"]*\)".*"id":"\([^"]*\)".*/\1 \2/'
entente show 11 | head -n 3
