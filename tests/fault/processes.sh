#!/bin/sh
# processes.sh short|full SEED PROGRAM TEST... - runs each; fails where one does.
# In the full form the first runs beside all others: it takes as long as they do.
set -u

# Where syncing costs nothing more happens between two kills.
if [ -z "${TMPDIR-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then
	TMPDIR=/dev/shm
	export TMPDIR
fi
mode=$1 seed=$2 program=$3
shift 3
failed=0 beside=

run() # TEST
{
	echo "  TEST  $1 $mode $seed"
	"$1" "$program" "$mode" "$seed"
}

if [ "$mode" = full ]; then
	out=$(mktemp) || exit 1
	trap 'rm -f "$out"' EXIT
	run "$1" >"$out" 2>&1 &
	beside=$!
	shift
fi
for t in "$@"; do
	run "$t" || failed=1
done
if [ -n "$beside" ]; then
	wait "$beside" || failed=1
	cat "$out"
fi
exit $failed
