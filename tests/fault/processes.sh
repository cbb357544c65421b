#!/bin/sh
# processes.sh short|full SEED PROGRAM BINARY... - runs each; fails where one does.
set -u

# Where syncing costs nothing more happens between two kills.
if [ -z "${TMPDIR-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then
	TMPDIR=/dev/shm
	export TMPDIR
fi
mode=$1 seed=$2 program=$3
shift 3
failed=0
for t in "$@"; do
	echo "  TEST  $t $mode $seed"
	"$t" "$program" "$mode" "$seed" || failed=1
done
exit $failed
