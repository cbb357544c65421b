#!/bin/sh
# full.sh PROGRAM short|full [SEED] - a disk of every size, and one that is
# read-only.  In a mount namespace of its own; skipped where there is none.
set -u

if [ "${1-}" != --inside ]; then
	for flags in -m -rm; do
		unshare $flags mount -t tmpfs none /mnt 2>/dev/null &&
			exec unshare $flags "$0" --inside "$@"
	done
	echo "  skip  fault-full: no mount namespace"
	echo "fault-full: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
shift
program=$(realpath "$1") mode=$2
work=$(mktemp -d)
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/disk"
log=$work/disk/log made=$work/disk
passed=0 failed=0 full=0 done=0

verdict() # OK WHAT
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  fault-full: $2"
		sed 's/^/        /' "$work/err"
	fi
}

run()
{
	timeout 20 "$program" --log "$log" "$@" >"$work/out" 2>"$work/err"
	code=$?
}

# Done, or exit 4 that says that it is full; where nothing has been made yet there
# may be no log.
writes()
{
	run "$@"
	[ $code = 0 ] && done=$((done + 1))
	[ $code = 4 ] && full=$((full + 1))
	[ $code = 0 ] || { { [ $code = 3 ] || [ $code = 1 ]; } &&
		grep -q 'no event' "$work/err"; } ||
		{ [ $code = 4 ] &&
			grep -Eqi 'full|no space|no log' "$work/err"; }
	verdict $? "$blocks blocks: $*: exit $code"
}

reads()
{
	run "$@"
	[ $code = 0 ] || [ $code = 1 ] || { [ $code = 4 ] &&
		grep -Eqi 'full|no space|no log' "$work/err"; }
	verdict $? "$blocks blocks: $*: exit $code"
}

# What was made while the disk was full is whole, or it is not there.
made_is_whole()
{
	for file in key note proof lines backup; do
		[ -e "$made/$file" ] || continue
		case $file in
		key) run head --key "$made/key" ;;
		note) run head --verify "$made/note" ;;
		proof) run prove --check "$made/proof" ;;
		lines) run --log "$work/disk/again" append "$made/lines" ;;
		backup) run --log "$made/backup" verify ;;
		esac
		# A log with a redacted event is no file to append.
		[ $code = 0 ] || { [ $file = lines ] && [ $code = 3 ] &&
			grep -q redacted "$work/err"; }
		verdict $? "$blocks blocks: $file was made, and is not whole"
	done
}

# The next copy takes away what one that failed has left.
copies_leave_nothing()
{
	rm -rf "$made/backup"
	run backup "$made/backup"
	verdict $code "$blocks blocks, then room: backup: exit $code"
	run compact
	verdict $code "$blocks blocks, then room: compact: exit $code"
	run --log "$work/disk/back" restore "$made/backup"
	verdict $code "$blocks blocks, then room: restore: exit $code"
	[ -z "$(find "$work/disk" -name '.*-*')" ]
	verdict $? "$blocks blocks: left: $(find "$work/disk" -name '.*-*' | tr '\n' ' ')"
}

lines() # FROM TO
{
	awk -v from="$1" -v to="$2" 'BEGIN { for (i = from; i <= to; i++) {
		pad = ""; for (n = 0; n < 40; n++) pad = pad i " word ";
		printf "{\"type\":\"member.joined\",\"alliance\":\"A%d\",\"actor\":\"B%d\",\"date\":\"20%02d\",\"summary\":\"%s\",\"source\":{\"title\":\"t\"}}\n",
			i % 3, i, i % 24, pad } }'
}

# ---- every size ---------------------------------------------------------------
lines 1 60 >"$work/some"
lines 61 400 >"$work/many"
lines 401 410 >"$work/behind"
step=1
[ "$mode" = full ] || step=24
blocks=0
while [ $blocks -le 256 ]; do
	mount -t tmpfs -o size=$((blocks * 4 + 4))k none "$work/disk" || exit 1
	writes init
	writes append "$work/some"
	writes append --batch 50 "$work/many"
	writes retract --reason r "$("$program" --log "$log" log --json --limit 1 2>/dev/null |
		sed -n 's/.*"id":"\([^"]*\)".*/\1/p' | head -n 1 | grep . || echo 1)"
	writes checkpoint build
	writes redact 2 --reason r
	writes key new "$made/key"
	writes head -o "$made/note"
	writes prove 1 -o "$made/proof"
	writes export -o "$made/lines"
	writes backup "$made/backup"
	writes compact
	reads verify
	reads replay 2024
	reads log
	before=$("$program" --log "$log" stat --json 2>/dev/null |
		sed -n 's/.*"events":\([0-9]*\).*/\1/p')
	mount -o remount,size=64m "$work/disk"
	run append "$work/behind"
	verdict $code "$blocks blocks, then room: append: exit $code"
	run verify
	verdict $code "$blocks blocks, then room: verify: exit $code"
	grep -q "^$((${before:-0} + 10)) events" "$work/out"
	verdict $? "$blocks blocks: ${before:-no} events, and 10 more: $(cat "$work/out")"
	made_is_whole
	copies_leave_nothing
	umount "$work/disk"
	blocks=$((blocks + step))
done
echo "        fault-full: $done writes done, $full told that the disk is full"
[ $full -gt 0 ] && [ $done -gt 0 ]
verdict $? "all sizes end alike"

# ---- many readers of a full disk --------------------------------------------------
blocks=all
mount -t tmpfs -o size=2m none "$work/disk" || exit 1
run append "$work/some"
cat /dev/zero >"$work/disk/filler" 2>/dev/null
n=0 pids=
while [ $n -lt 120 ]; do
	{ "$program" --log "$log" verify >/dev/null 2>>"$work/readers" ||
		echo "exit $?" >>"$work/readers"; } &
	pids="$pids $!"
	n=$((n + 1))
done
wait
[ ! -s "$work/readers" ]
verdict $? "120 readers on a full disk: $(sort "$work/readers" | uniq -c | head -n 5)"

# LMDB makes a lock.mdb that is sparse, and writes through the map.
blocks='full, without lock.mdb'
for command in verify log 'replay 2024' stat; do
	rm -f "$log/lock.mdb"
	cat /dev/zero >>"$work/disk/filler" 2>/dev/null
	run $command
	[ $code = 4 ] && grep -Eqi 'no space' "$work/err"
	verdict $? "$blocks: $command: exit $code"
done
rm "$work/disk/filler"

# ---- read-only ---------------------------------------------------------------------
blocks=read-only
run head -o "$work/note"
for without in none lock.mdb writer.lock; do
	mount -o remount,rw "$work/disk"
	rm -f "$log/$without"
	mount -o remount,ro "$work/disk"
	for command in verify 'replay 2024' log 'show 3' export stat head \
		'prove 3' "head --verify $work/note" "verify --since $work/note" \
		"backup $work/backup"; do
		rm -rf "$work/backup"
		run $command
		verdict $code "read-only, without $without: $command: exit $code"
	done
	for command in "append $work/behind" init 'checkpoint build' compact \
		'redact 3 --reason r' "backup $work/disk/backup" \
		"head -o $work/disk/note" "key new $work/disk/key"; do
		run $command
		[ $code = 4 ] || [ $code = 3 ]
		verdict $? "read-only, without $without: $command: exit $code"
	done
done
umount "$work/disk"
echo "fault-full: $passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
