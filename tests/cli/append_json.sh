entente append --json "$data/csto.jsonl"; entente append --json "$data/csto.jsonl"
