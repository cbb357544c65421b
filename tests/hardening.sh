#!/bin/sh
# hardening.sh PROGRAM ARCHIVE - does what was built have what it was hardened with?
#
# Each look is first taken at a program that was built without: it must miss all
# of it there.  CC, CFLAGS and SAN say how PROGRAM was built.
set -u

if [ $# -ne 2 ] || [ ! -x "$1" ] || [ ! -f "$2" ]; then
	echo "usage: hardening.sh PROGRAM ARCHIVE" >&2
	exit 2
fi
program=$1 archive=$2
cc=${CC:-cc}
passed=0 failed=0 skipped=0
LC_ALL=C
export LC_ALL

skip()
{
	echo "  skip  hardening: $1"
	skipped=$((skipped + 1))
}

finish()
{
	echo "hardening: $passed passed, $failed failed, $skipped skipped"
	[ $failed -eq 0 ]
	exit
}

[ "$(uname -s)" = Linux ] || { skip "only programs of Linux are looked at"; finish; }
for tool in readelf objdump nm ar; do
	command -v $tool >/dev/null || { skip "there is no $tool"; finish; }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# compiler FLAG... - does it take them?  CC may have words of its own.
# shellcheck disable=SC2086
compiler()
{
	$cc -Werror "$@" -c -x c /dev/null -o /dev/null 2>/dev/null
}

# ---- looks: each of a program $1 and an archive $2 ------------------------------

position_independent() { readelf -hW "$1" | grep -q 'Type: *DYN'; }

bound_at_start()
{
	readelf -lW "$1" | grep -q GNU_RELRO &&
		readelf -dW "$1" | grep -q 'BIND_NOW\|FLAGS_1.*NOW'
}

# Nothing is both written and run, the stack included; code is not relocated.
written_or_run()
{
	readelf -lW "$1" | grep -q 'GNU_STACK.* RW ' &&
		! readelf -lW "$1" | grep -q ' RWE ' &&
		! readelf -dW "$1" | grep -q TEXTREL
}

stack_protected() { nm -u "$1" | grep -q __stack_chk_fail; }

fortified() { nm -u "$1" | grep -Eq '__(v?snprintf|memcpy|memmove)_chk'; }

# A large frame touches each of its pages as it takes them.
stack_probed()
{
	objdump -d --no-show-raw-insn "$1" | awk '
	took && /(or|mov)q? +\$0x0,\(%rsp\)/ { found = 1 }
	{ took = /sub +\$0x1000,%rsp/ }
	END { exit !found }'
}

# ld keeps the mark where all objects have it; the program's own may lack it, since
# that goes by the start files of the C library.
jumps_marked()
{
	readelf -nW "$2" | grep -q 'IBT, SHSTK' &&
		objdump -d --no-show-raw-insn --disassemble=main "$1" | grep -q endbr64
}

# Hidden names stay hidden.
no_other_names()
{
	! nm -g --defined-only "$2" | awk 'NF == 3 { print $3 }' | grep -qv '^ent_'
}

# Neither folders of the machine nor times: the same bytes everywhere.
no_place() { ! grep -aqF -- "$PWD" "$1" "$2"; }
no_time() { ! TZ=UTC ar tv "$2" | grep -qv ' Jan  1 00:00 1970 '; }

# What gcc notes of its flags in the debug information of each file.
built_as()
{
	readelf --debug-dump=info --dwarf-depth=1 "$1" | grep DW_AT_producer |
		grep "GNU C[0-9]" >"$work/producers"
	[ -s "$work/producers" ] || return 1
	! grep -qv -- "$3" "$work/producers"
}

# ---- the same looks at what was built without -----------------------------------

soft()
{
	cat >"$work/soft.c" <<'EOF'
#include <stdio.h>
#include <string.h>
int helper(char *out, const char *in);
int helper(char *out, const char *in)
{
	char room[20000];
	strcpy(room, in);
	memcpy(out, room, strlen(room));
	return printf("%s", room);
}
int main(int argc, char **argv)
{
	char to[20000];
	return helper(to, argv[argc - 1]) + to[0];
}
EOF
	flags="-O1 -g -w -U_FORTIFY_SOURCE -fno-stack-protector -fno-PIE"
	for flag in -fcf-protection=none -fno-stack-clash-protection; do
		compiler $flag && flags="$flags $flag"
	done
	# shellcheck disable=SC2086
	$cc $flags -c "$work/soft.c" -o "$work/soft.o" 2>"$work/err" &&
		$cc -no-pie -Wl,-z,norelro,-z,lazy,-z,execstack "$work/soft.o" \
			-o "$work/soft" 2>"$work/err" &&
		TZ=UTC touch -d 2001-02-03 "$work/soft.o" &&
		ar rcsU "$work/soft.a" "$work/soft.o" 2>"$work/err" && return 0
	sed 's/^/        /' "$work/err"
	return 1
}

# look WHAT LOOK ARGUMENT... - the program has it, and the other has not.
look()
{
	what=$1 look=$2
	shift 2
	if [ -n "$soft" ] && (cd "$work" && PWD=$work &&
		"$look" "$work/soft" "$work/soft.a" "$@"); then
		echo "  FAIL  hardening: $what is seen where it is not"
		failed=$((failed + 1))
	elif "$look" "$program" "$archive" "$@"; then
		passed=$((passed + 1))
	else
		echo "  FAIL  hardening: not $what: $program"
		failed=$((failed + 1))
	fi
}

soft=yes
soft || { skip "no program can be built without: nothing to compare with"; soft=; }

look "free to be anywhere" position_independent
look "bound before it begins" bound_at_start
look "either written or run" written_or_run
look "guarded on the stack" stack_protected
look "without names but ent_" no_other_names
look "free of the folder it was built in" no_place
look "free of the time it was built at" no_time

case " ${CFLAGS:-} " in
*" -O"[123s]*) optimised=yes ;;
*) optimised= ;;
esac
if [ -n "${SAN:-}" ] || [ -z "$optimised" ]; then
	skip "the C library's checks are not for sanitizers, nor without -O"
else
	look "checked by the C library" fortified
fi

if [ "$(uname -m)" = x86_64 ]; then
	compiler -fcf-protection && look "marked where jumps may go" jumps_marked
	compiler -fstack-clash-protection && look "probed page by page" stack_probed
else
	skip "marks of jumps and probes of the stack are looked for on x86_64"
fi

if $cc -dM -E -x c /dev/null | grep -q __clang__; then
	skip "clang does not note its flags"
else
	case " ${CFLAGS:-} " in
	*" -g"*) ;;
	*) skip "there is no debug information"; finish ;;
	esac
	for flag in -fPIE -fstack-protector-strong -fstack-clash-protection \
		-fcf-protection -fno-strict-aliasing -fvisibility=hidden \
		-ftrivial-auto-var-init=zero; do
		[ -z "${SAN:-}" ] || [ $flag != -ftrivial-auto-var-init=zero ] || continue
		noted=$flag
		[ $flag != -fcf-protection ] || noted=$flag=full
		compiler $flag && look "built with $flag throughout" built_as "$noted"
	done
fi
finish
