#!/bin/sh
# total.sh MAKE PART... - makes each part, also behind one that fails, and says last
# what each took, of processors and by the clock, and whether all passed.
set -u

make=$1
shift
passed=0 failed=0 lines=

spent=$(mktemp) || exit 1
trap 'rm -f "$spent"' EXIT

# In tenths of seconds: of all children so far.  Only this shell itself has them.
read_cpu()
{
	times >"$spent"
	cpu=$(awk 'NR == 2 {
		for (i = 1; i <= 2; i++) {
			split($i, t, /[ms]/)
			sum += t[1] * 60 + t[2]
		}
		printf "%d\n", sum * 10 + 0.5
	}' "$spent")
}

line() # NAME RESULT CPU SECONDS
{
	printf '  %-24s %-7s %7s s of processors, %5s s' "$1" "$2" \
		"$(($3 / 10)).$(($3 % 10))" "$4"
}

first=$(date +%s)
for part in "$@"; do
	read_cpu
	began=$(date +%s) before=$cpu
	if "$make" --no-print-directory "$part"; then
		result=passed passed=$((passed + 1))
	else
		result=FAILED failed=$((failed + 1))
	fi
	read_cpu
	lines="$lines$(line "$part" $result $((cpu - before)) \
		$(($(date +%s) - began)))
"
done
printf '%s' "$lines"
printf '%s\n' "$(line check-fault "" "$cpu" $(($(date +%s) - first)))"
echo "check-fault: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
