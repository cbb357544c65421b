entente append --batch 3 --no-sync "$data/csto.jsonl"; entente verify
