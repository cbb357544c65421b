#!/bin/sh
# run.sh [--update] PROGRAM [NAME...] - run the scripts beside it and compare what
# they print, and their exit codes, with the .out files.  --update writes those.
# Times of recording and hashes are masked; everything else must be the same.
set -u

update=
if [ "${1-}" = --update ]; then
	update=1
	shift
fi
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
	echo "usage: run.sh [--update] PROGRAM [NAME...]" >&2
	exit 2
fi

data=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
[ $# -gt 0 ] || set -- "$data"/*_*.sh

work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/bin"
cp "$program" "$work/bin/entente"
chmod 755 "$work" "$work/bin" "$work/bin/entente"
PATH=$work/bin:$PATH
TMPDIR=$work
skipped=$work/skipped
LC_ALL=C
TZ=UTC
export data PATH TMPDIR skipped LC_ALL TZ
unset ENTENTE_LOG ENTENTE_CODER NO_COLOR VISUAL EDITOR

mask()
{
	sed -e 's/[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]T[0-9:]*\.[0-9]\{6\}Z/TIME/g' \
		-e 's/[0-9a-f]\{64\}/HASH/g' -e "s|$work|WORK|g"
}

# Permissions do not bind root: what is about them runs as nobody where it can.
nobody=
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	$nobody sh -c 'entente version && test -r "$data/csto.jsonl"' \
		>/dev/null 2>&1 || nobody=
fi

passed=0 failed=0 skips=0
for script in "$@"; do
	name=$(basename "$script" .sh)
	script=$data/$name.sh
	expected=$data/$name.out
	mkdir "$work/$name"
	rm -f "$skipped"
	as=
	if [ -n "$nobody" ] && grep -q "do not bind" "$script"; then
		as=$nobody
		chown 65534:65534 "$work/$name"
		: >"$skipped"
		chown 65534 "$skipped"
	fi
	(cd "$work/$name" && $as sh -c '. "$data/helpers.sh"; . "$1"' sh "$script") \
		>"$work/raw" 2>&1 </dev/null
	echo "exit $?" >>"$work/raw"
	mask <"$work/raw" >"$work/got"
	if [ -s "$skipped" ]; then
		echo "  skip  $name: $(cat "$skipped")"
		skips=$((skips + 1))
	elif [ -n "$update" ]; then
		cp "$work/got" "$expected"
		passed=$((passed + 1))
	elif diff -u "$expected" "$work/got"; then
		passed=$((passed + 1))
	else
		echo "  FAIL  $name"
		failed=$((failed + 1))
	fi
done

echo "cli: $passed passed, $failed failed, $skips skipped"
[ "$failed" -eq 0 ]
