#!/bin/sh
# valgrind.sh VALGRIND PROGRAM CASES TEST... - tests, and cases of tests/cli, under
# valgrind, which must find nothing.
set -u
checker=$1
program=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
cases=$3
shift 3

if ! command -v valgrind >/dev/null 2>&1; then
	echo '  skip  valgrind: it is not there'
	echo 'valgrind: 0 passed, 0 failed, 1 skipped'
	exit 0
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0
failed=0

# The words of the checker are options.
# shellcheck disable=SC2086
for test in "$@"; do
	if $checker "$test" >"$work/said" 2>&1; then
		passed=$((passed + 1))
		continue
	fi
	failed=$((failed + 1))
	echo "  FAIL  valgrind: $test"
	grep -E '^==|ERROR|FAILED' "$work/said" | head -40 | sed 's/^/        /'
done

# A program of the same name, whose exit code 99 no case expects.
printf '#!/bin/sh\nexec %s %s "$@"\n' "$checker" "$program" >"$work/entente"
chmod +x "$work/entente"
# shellcheck disable=SC2086
if "$(dirname "$0")/cli/run.sh" "$work/entente" $cases >"$work/said" 2>&1; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo '  FAIL  valgrind: tests/cli'
	sed 's/^/        /' "$work/said"
fi
echo "valgrind: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
