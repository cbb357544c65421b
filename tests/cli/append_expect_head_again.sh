made; sed -n 1p "$data/csto.jsonl" | entente append --expect-head 3
