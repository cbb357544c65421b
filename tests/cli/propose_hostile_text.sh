printf '{"title":"T\\u001b[31m\\u202e","url":"https://example.org/\\u001b","publisher":"\\u0007bell","text":"Sweden\\u202e said <b>: Finland joined NATO on \\u001b[2J4 April 2023 \\u200bthen."}\n{"text":"a\\u0000b"}\n' >in.jsonl
entente propose in.jsonl >out; entente propose --explain in.jsonl >>out 2>/dev/null
LC_ALL=C grep -c "$(printf '[\001-\011\013-\037\177]')" out; grep -c "$(printf '\342\200')" out; grep -c FIN out; entente propose in.jsonl 2>/dev/null | sed 's/.*"source":\({[^}]*}\).*/\1/'
