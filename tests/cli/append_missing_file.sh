bad no-such-file "$data/csto.jsonl"
