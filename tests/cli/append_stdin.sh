entente append - <"$data/csto.jsonl"; head -n 2 "$data/csto.jsonl" | entente append
