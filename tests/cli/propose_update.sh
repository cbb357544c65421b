freeze() { printf '{"url":"https://example.org/%s","published":"2024-02-23","text":"Armenia froze its membership in the CSTO on %s. %s"}\n' "$1" "$2" "$(words 7 | tr '\n' ' ')"; }
freeze 1 Wednesday >a.jsonl; freeze 1 Thursday >b.jsonl; freeze 2 Wednesday >c.jsonl
entente propose --seen s a.jsonl b.jsonl c.jsonl a.jsonl | grep -e frozen -e x.source | sed 's/.*"date":"\([^"]*\)".*org\/\(.\)".*"type":"\([^"]*\)".*/\1 \2 \3/'
entente propose --explain a.jsonl b.jsonl c.jsonl | grep -e jsonl -e 1000
echo again; entente propose --seen s b.jsonl c.jsonl a.jsonl
