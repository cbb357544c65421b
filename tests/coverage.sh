#!/bin/sh
# coverage.sh BUILD DETAILS TEST... - run the tests that reach the core, in a build
# for gcov, and print what of it they reach.  Fails below 95 % of branches.
#
# What is no branch of the source is left out: those of assert() (a test cannot take
# them and live) and those that the compiler makes where none is written.
set -u
build=$1 details=$2
shift 2
cd "$(dirname "$0")/.." || exit 1
least=95
failed=0

# It counts in files beside the objects: what was counted before is another run's.
find "$build" -name '*.gcda' -delete

try() {
	if ! "$@" > "$build/coverage.out" 2>&1; then
		echo "  FAIL  $*" && tail -5 "$build/coverage.out"
		failed=1
	fi
}

for test in "$@"; do
	try "$test"
done
# Some commands are run as another user, who counts too.
"$build/entente" version > "$build/coverage.out"
chmod -R a+rwX "$build"
try "$build/tests/property/test_fold" 1 200
try "$build/tests/property/test_laws" 1 40
try tests/cli/run.sh "$build/entente"
try tests/trust/run.sh "$build/entente"

set -- --root . --object-directory "$build" \
	--gcov-ignore-parse-errors \
	--exclude-unreachable-branches --exclude-throw-branches \
	--exclude-branches-by-pattern '.*\bassert\(.*' \
	--filter 'engine/doors/codec[a-z_]*\.c' --filter 'engine/log/' \
	--filter 'engine/state/(basis|slots|hold)\.c' \
	--filter 'engine/state/(fold|certainty|diff|changes|trail|whole)[a-z_]*\.c' \
	--filter 'engine/state/checkpoint/' --filter 'engine/trust/' \
	--exclude '.*\.h'
gcovr "$@" --json "$build/coverage.json" "$build" || exit 1
set -- --root . --add-tracefile "$build/coverage.json"
[ -z "$details" ] || gcovr "$@"
gcovr "$@" --branches --print-summary --fail-under-branch $least || failed=1
exit $failed
