#!/bin/sh
# synced.sh PROGRAM LIBRARY - behind each command that writes, and before each name
# that it gives, what it wrote is synced; and nothing that it makes can be read by
# others, whatever the umask.
set -u
program=$(realpath "$1") library=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lines=$(dirname "$0")/../cli/csto.jsonl
cp "$lines" "$work/lines"
cd "$work" || exit 1
passed=0 failed=0

verdict() # OK WHAT
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  fault-synced: $2"
		cat report err 2>/dev/null | sed 's/^/        /'
	fi
}

run() # ARGS...
{
	rm -f report
	umask 000
	timeout 20 env SYNCED_REPORT=report LD_PRELOAD="$library" \
		"$program" "$@" >out 2>err
	code=$?
	umask 077
}

synced()
{
	run "$@"
	[ $code = 0 ] && [ -e report ] && [ ! -s report ]
	verdict $? "$*: exit $code"
}

# private FILE...
private()
{
	for file; do
		[ -e "$file" ] && [ -z "$(find "$file" -perm /077)" ]
		verdict $? "others may look at: $(find "$file" -perm /077 | tr '\n' ' ')"
	done
}

synced --log new init
mkdir empty
synced --log empty init
synced --log log append lines
synced --log log append lines
synced --log log retract 2 --reason r
synced --log log redact 3 --reason r
synced --log log checkpoint build
synced key new key
synced --log log head --key key -o head
synced --log log prove 1 --key key -o proof
synced --log log prove 1 -f -o proof
synced --log log export -o export
synced --log log backup copy
synced --log restored restore copy
rm -rf empty && mkdir empty
synced --log empty restore copy
synced --log log compact
synced --log log verify
private new log copy restored empty/data.mdb key head proof export

# What was decided on a candidate stays in the log's folder.
echo 'Armenia froze its membership in the CSTO on 23 February 2024.' >news.txt
run --log log propose news.txt
cp out candidates
synced --log log review --accept-all --min-score 0 candidates
[ -s log/review.jsonl ]
verdict $? "no decisions were kept: $(ls log)"
private log

# That something can be found: without syncing it is.
run --log log append --no-sync lines
run --log other append --no-sync lines
[ $code = 0 ] && grep -q 'not synced: .*data.mdb' report
verdict $? 'append --no-sync is not noticed'
# And behind that, the same with syncing writes nothing, but syncs.
synced --log other append lines
echo "fault-synced: $passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
