#!/bin/sh
# determinism.sh short|full BUILD [NAME...] - the same events give the same bytes?
#
# Heads, events, replays and differences, through the library and as the program
# prints them, are held against those of this build in the C locale and UTC: in other
# time zones and locales, and in the full form by programs that were built otherwise:
# all of them, or those of that NAME.  DAYS=n asks those for so many days, not 1,000.
set -u

if [ $# -lt 2 ] || [ ! -x "$2/entente" ]; then
	echo "usage: determinism.sh short|full BUILD [NAME...]" >&2
	exit 2
fi
mode=$1 build=$2
shift 2
only=$*
cd "$(dirname "$0")/.." || exit 1
top=$PWD
case $build in
/*) ;;
*) build=$top/$build ;;
esac
questions=25
passed=0 failed=0 skipped=0
LC_ALL=C TZ=UTC
export LC_ALL TZ

if [ -z "${TMPDIR-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then
	TMPDIR=/dev/shm
	export TMPDIR
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

skip()
{
	echo "  skip  determinism: $1"
	skipped=$((skipped + 1))
}

# ---- what is asked ----------------------------------------------------------

# In the folder of the logs, so that no answer names another one.
print_all() # PROGRAM
{
	export ENTENTE_LOG=few
	"$1" export
	[ "$mode" = short ] || "$1" export --format csv
	"$1" log
	"$1" log --json --reverse
	"$1" show 7
	"$1" replay 2012
	"$1" replay 2024-06-30 --json --last 0
	"$1" replay 2020 --published 2015 --known 100
	"$1" diff 1995 2024-06-30
	"$1" diff 1995 2024-06-30 --json --known 50..200
	"$1" diff 2000 2010 --json-patch
	[ "$mode" = short ] || "$1" diff 2000 2010 --trail
	"$1" why /CSTO/members/ARM/status --at 2025-07-18
	"$1" head
	"$1" verify --json
	"$1" propose "$top"/fixtures/articles
} 2>&1

# ask BUILD NAME VARIABLE=VALUE... - into the folder NAME.
ask()
{
	from=$1 to=$work/$2
	shift 2
	mkdir "$to" || exit 1
	(
		cd "$to" || exit 1
		for setting in "$@"; do
			export "${setting?}"
		done
		"$from/tests/determinism/answers" . "$top/fixtures/csto.jsonl" \
			$questions >answers 2>&1 || echo "exit $?" >>answers
		print_all "$from/entente" >printed
		rm -rf few many mixed
	)
}

# compare NAME - with the first.
compare()
{
	for what in answers printed; do
		if cmp -s "$work/first/$what" "$work/$1/$what"; then
			passed=$((passed + 1))
			continue
		fi
		failed=$((failed + 1))
		echo "  FAIL  determinism: $1: $what"
		diff "$work/first/$what" "$work/$1/$what" | cut -c 1-300 |
			head -n 4
	done
	rm -rf "${work:?}/$1"
}

elsewhere() # NAME VARIABLE=VALUE...
{
	ask "$build" "$@"
	compare "$1"
}

# ---- where ------------------------------------------------------------------------

locales=$build/tests/determinism/locale

# Locales are data of the machine: those that are not there are made here.
make_locale() # NAME
{
	[ -d "$locales/$1" ] && return
	mkdir -p "$locales"
	localedef -f UTF-8 -i "${1%.*}" "$locales/$1" >/dev/null 2>&1
	[ -d "$locales/$1" ]
}

# In Turkish i has a dot in capitals; in German numbers have a comma.
ask_in_locale() # NAME ZONE
{
	if make_locale "$1"; then
		elsewhere "$1" "TZ=$2" "LOCPATH=$locales" "LC_ALL=$1"
	else
		skip "there is no locale $1"
	fi
}

ask_elsewhere()
{
	ask_in_locale tr_TR.UTF-8 Asia/Kathmandu
	ask_in_locale de_DE.UTF-8 America/St_Johns
	elsewhere far-east TZ=Pacific/Kiritimati LANG=C.UTF-8 LC_ALL=
	[ "$mode" = full ] || return
	elsewhere far-west TZ=Etc/GMT+12 LANG=tr_TR LC_ALL=
	elsewhere no-zone TZ=nowhere/at-all LC_ALL=xx_XX.UTF-8
	elsewhere wide COLUMNS=40 TERM=xterm-256color TZ=Europe/Dublin
}

# ---- built otherwise --------------------------------------------------------------

# build_and_ask NAME CC CFLAGS [SAN]
build_and_ask()
{
	there=build/determinism/$1
	case " $only " in
	"  " | *" $1 "*) ;;
	*) return ;;
	esac
	if ! command -v "$2" >/dev/null 2>&1; then
		skip "$1: there is no $2"
		return
	fi
	if ! (unset MAKEFLAGS MAKELEVEL MFLAGS &&
		${MAKE:-make} -j "$(getconf _NPROCESSORS_ONLN)" QUIET=1 \
		BUILD="$there" CC="$2" CFLAGS="$3" SAN="${4-}" "$there/entente" \
		"$there/tests/determinism/answers") >"$work/built" 2>&1; then
		echo "  FAIL  determinism: $1 does not build"
		tail -n 5 "$work/built"
		failed=$((failed + 1))
		return
	fi
	ask "$top/$there" "$1" TZ=Asia/Kolkata
	compare "$1"
}

build_otherwise()
{
	build_and_ask gcc-O0 gcc '-O0 -g'
	build_and_ask gcc-O3 gcc '-O3 -g'
	build_and_ask gcc-unsigned gcc '-O2 -g -funsigned-char'
	build_and_ask clang-O2 clang '-O2 -g'
	build_and_ask gcc-asan gcc '-O1 -g' address,undefined
}

# ---- all of it ------------------------------------------------------------------------

ask_first()
{
	rm -rf "$work/first"
	ask "$build" first
	if grep -q 'FAIL\|^exit\|answers:' "$work/first/answers" ||
		! grep -q '^replay' "$work/first/answers" ||
		! grep -q CSTO "$work/first/printed"; then
		echo "  FAIL  determinism: ways to the same answer differ"
		grep -m 3 'FAIL\|^exit\|answers:' "$work/first/answers"
		failed=$((failed + 1))
	else
		passed=$((passed + 1))
	fi
	lines=$(($(wc -l <"$work/first/answers") +
		$(wc -l <"$work/first/printed")))
}

ask_first
ask_elsewhere
if [ "$mode" = full ]; then
	questions=${DAYS:-1000}
	ask_first
	build_otherwise
fi
echo "determinism: $questions days, $lines lines of answers; $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
