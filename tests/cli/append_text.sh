entente append "$data/csto.jsonl"
