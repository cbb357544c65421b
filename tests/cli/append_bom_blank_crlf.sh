{ printf '\357\273\277'; sed -n 1p "$data/csto.jsonl"; printf '\n  \t\r\n'; sed -n 2p "$data/csto.jsonl" | tr -d '\n'; } >in.jsonl; entente append in.jsonl
