made
entente diff 1991 2000 --json | grep -c redacted
entente redact 2 --reason x >/dev/null; entente redact 5 --reason x >/dev/null
for known in 1..4 12; do
	entente diff 1991 2000 --known $known --json | sed 's/.*\("redacted":[^]]*]\).*/\1/'
done
entente diff 1991 2000 --known 1..4 | tail -n 1
entente diff 1991 2000 | tail -n 1
entente diff 2000 2000 | tail -n 1
