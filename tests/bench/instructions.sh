#!/bin/sh
# instructions.sh PROGRAM - count the instructions of the main paths, and compare
# them with instructions.tsv: that shows what became slower without a clock.
#
# Counted is what runs within the program itself, not in the libraries, which
# pick their code by the processor.  The figures are those of one compiler;
# with another one, and under sanitizers, nothing is compared.
#
# CC, CFLAGS and SAN say how the program was built.  UPDATE=1 writes the table
# anew, for this compiler; the bounds stay.
set -u

if [ $# -ne 1 ] || [ ! -x "$1" ]; then
	echo "usage: instructions.sh PROGRAM" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
table=$here/instructions.tsv
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
unset ENTENTE_LOG NO_COLOR
LC_ALL=C
export LC_ALL

skip()
{
	echo "  skip  instructions: $1"
	echo "instructions: 0 passed, 0 failed, 1 skipped"
	exit 0
}

# "gcc-12 x86_64 -O2 -g"
built_with()
{
	# CC may have words of its own.
	# shellcheck disable=SC2086
	set -- ${CC:-cc}
	if "$@" -dM -E -x c /dev/null 2>/dev/null | grep -q __clang__; then
		name=clang
	else
		name=gcc
	fi
	echo "$name-$("$@" -dumpversion 2>/dev/null | cut -d. -f1)" \
		"$(uname -m) ${CFLAGS:-}"
}

# Instructions within the program, of a profile by callgrind.  An object is named
# once, "ob=(1) /path", and then by its number; the line behind "calls=" is what
# was spent in the function that was called, which is counted there.
own_instructions()
{
	awk -v program="$program" '
	/^c?ob=/ {
		split($0, part, "[()]")
		file = substr($0, index($0, ")") + 2)
		if (file != "")
			names[part[2]] = file
		if ($0 ~ /^ob=/)
			object = part[2]
	}
	/^calls=/ { getline; next }
	/^[0-9+*-]/ && names[object] == program { sum += $NF }
	END { printf "%d\n", sum }' "$1"
}

# count WHAT ARGUMENT... - run it and set $counted; WHAT is for messages.
count()
{
	what=$1
	shift
	valgrind --tool=callgrind --callgrind-out-file="$work/profile" \
		"$program" --log "$work/log" "$@" >"$work/out" 2>"$work/err" \
		</dev/null
	status=$?
	counted=0
	if [ $status -eq 0 ] && [ -s "$work/out" ]; then
		counted=$(own_instructions "$work/profile")
	fi
	[ "$counted" -gt 0 ] && return 0
	echo "  FAIL  instructions: $what: exit code $status, $counted counted"
	sed 's/^/        /' "$work/err"
	return 1
}

bound_of()
{
	awk -F '\t' -v what="$1" '$1 == what { print $3 }' "$table"
}

# Is it within the bound?  What is far below is worth a new figure.
compare()
{
	awk -F '\t' -v what="$1" -v now="$2" '
	$1 == what {
		found = 1
		printf "  %-8s %11d instructions, %.2f of %d\n", what, now, now / $2, $2
		if (now > $2 * $3) {
			printf "  FAIL  instructions: %s: more than %s times the figure\n", what, $3
			exit 1
		}
		if (now * $3 < $2)
			print "  note: much fewer; make check-instructions UPDATE=1"
	}
	END {
		if (!found)
			print "  FAIL  instructions: " what " is not in the table"
		if (!found)
			exit 1
	}' "$table"
}

[ -z "${SAN:-}" ] || skip "sanitizers add their own"
command -v valgrind >/dev/null 2>&1 || skip "there is no valgrind"
built=$(built_with)
of=$(sed -n 's/^# built with //p' "$table")
[ -n "${UPDATE:-}" ] || [ "$built" = "$of" ] ||
	skip "the figures are of $of, this is $built"
valgrind --tool=callgrind --callgrind-out-file="$work/profile" "$program" \
	version >/dev/null 2>&1 || skip "valgrind cannot run the program here"

awk -f "$here/history.awk" >"$work/history.jsonl" || exit 1
new=$work/instructions.tsv
sed -n '/^#/p' "$table" | sed "s|^# built with .*|# built with $built|" >"$new"

passed=0 failed=0
for what in append replay diff; do
	case $what in
	append) set -- append "$work/history.jsonl" ;;
	replay) set -- replay 2020 --json ;;
	diff) set -- diff 1990 2020 --json ;;
	esac
	if ! count "$what" "$@"; then
		failed=$((failed + 1))
		continue
	fi
	printf '%s\t%s\t%s\n' "$what" "$counted" "$(bound_of "$what")" >>"$new"
	if [ -n "${UPDATE:-}" ] || compare "$what" "$counted"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
done
if [ -n "${UPDATE:-}" ] && [ $failed -eq 0 ]; then
	cat "$new" >"$table"
	cat "$table"
fi
echo "instructions: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
