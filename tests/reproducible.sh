#!/bin/sh
# reproducible.sh PROGRAM ARCHIVE - build both again elsewhere: the same bytes?
#
# Elsewhere is a folder of another name and depth, with another date of the files,
# time zone, locale and umask; the build folder in it has the name it has here.
# MAKE, CC, CFLAGS and SAN say how PROGRAM and ARCHIVE were built.
set -u

if [ $# -ne 2 ] || [ ! -x "$1" ] || [ ! -f "$2" ]; then
	echo "usage: reproducible.sh PROGRAM ARCHIVE" >&2
	exit 2
fi
build=$(basename "$(dirname "$2")")
program=$(realpath "$1") archive=$(realpath "$2")
cd "$(dirname "$0")/.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

elsewhere=$work/another/folder/further/down
mkdir -p "$elsewhere"
cp -R Makefile engine cli include tests "$elsewhere" || exit 1
find "$elsewhere" -exec touch -d 2001-02-03 {} +

umask 077
if ! (cd "$elsewhere" && unset MAKEFLAGS MAKELEVEL MFLAGS &&
	TZ=Pacific/Apia LC_ALL=C.UTF-8 ${MAKE:-make} BUILD="$build" QUIET=1 CC="${CC:-cc}" \
		SAN="${SAN:-}" ${CFLAGS:+CFLAGS="$CFLAGS"} "$build/entente" \
		"$build/libentente.a") >"$work/out" 2>&1; then
	echo "  FAIL  reproducible: it does not build elsewhere"
	sed 's/^/        /' "$work/out"
	echo "reproducible: 0 passed, 1 failed, 0 skipped"
	exit 1
fi

passed=0 failed=0
for built in "$program" "$archive"; do
	if cmp "$built" "$elsewhere/$build/$(basename "$built")"; then
		passed=$((passed + 1))
	else
		echo "  FAIL  reproducible: $built is another one elsewhere"
		failed=$((failed + 1))
	fi
done
echo "reproducible: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
