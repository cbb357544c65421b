#!/bin/sh
# total.sh MAKE LONGEST PART... - makes each part, also behind one that fails, the
# longest beside the others, and says last what each took, of processors and by the
# clock, and whether all passed.
set -u

make=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
lines=$work/lines

# In tenths of seconds: of all children so far.  Only a shell itself has them.
read_cpu() # NAME
{
	times >"$work/$1"
	cpu=$(awk 'NR == 2 {
		for (i = 1; i <= 2; i++) {
			split($i, t, /[ms]/)
			sum += t[1] * 60 + t[2]
		}
		printf "%d\n", sum * 10 + 0.5
	}' "$work/$1")
}

line() # NAME RESULT CPU SECONDS
{
	printf '  %-24s %-7s %7s s of processors, %5s s\n' "$1" "$2" \
		"$(($3 / 10)).$(($3 % 10))" "$4"
}

run() # NAME PART...
{
	name=$1
	shift
	for part in "$@"; do
		read_cpu "$name"
		began=$(date +%s) before=$cpu result=passed
		"$make" --no-print-directory "$part" || result=FAILED
		read_cpu "$name"
		line "$part" $result $((cpu - before)) \
			$(($(date +%s) - began)) >>"$lines"
	done
}

shift
longest=$1
shift
first=$(date +%s)
(run longest "$longest") >"$work/out" 2>&1 &
(run others "$@")
wait
cat "$work/out"
read_cpu all
cat "$lines"
line check-fault "" "$cpu" $(($(date +%s) - first))
failed=$(grep -c FAILED "$lines")
echo "check-fault: $(grep -c passed "$lines") passed, $failed failed"
[ "$failed" -eq 0 ]
