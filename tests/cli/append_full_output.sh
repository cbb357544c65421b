[ -w /dev/full ] || skip "there is no /dev/full"
entente append "$data/csto.jsonl" >/dev/full; echo "exit $?"
entente retract 3 --reason x --json >/dev/full; echo "exit $?"
entente append "$data/csto.jsonl" >/dev/full; echo "exit $?"
entente log | wc -l | tr -d ' '
