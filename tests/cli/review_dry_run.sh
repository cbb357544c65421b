cp "$data/candidates.jsonl" .
made
before=$(entente verify --json)
entente review --accept-all --dry-run candidates.jsonl
echo "exit $?"
[ "$before" = "$(entente verify --json)" ] && echo "log unchanged"
ls entente.lmdb | grep review
