made
cat >in.jsonl <<'J'
{"type":"x.h","date":"2024","source":{"title":"T"},"candidate":{"note":"\u001b[31m red \u202eback","effect":"\u0007"}}
J
entente review --accept-all --dry-run in.jsonl
J='{"type":"statement.made","actor":"RUS","date":"2024","source":{"title":"\u202e"},"candidate":{"score":"\u001b"}}'
echo "$J" | entente review --accept-all
