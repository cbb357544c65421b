made; entente append "$data/csto.jsonl"
