{ cat "$data/csto.jsonl"; echo nonsense; } >in.jsonl; entente append --batch 4 in.jsonl; echo "exit $?"; entente verify
