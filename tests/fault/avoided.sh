#!/bin/sh
# avoided.sh - what the libraries offer and this program must not use, and which
# tables may be written how.
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0 failed=0

# never WHY PATTERN [FILES...]
never()
{
	why=$1 pattern=$2
	shift 2
	[ $# -gt 0 ] || set -- engine cli
	found=$(grep -rnE --include='*.[ch]' -- "$pattern" "$@")
	if [ -z "$found" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  avoided: $why:"
		echo "$found" | sed 's/^/        /'
	fi
}

never 'several values under a key: most of the open faults of LMDB' \
	'MDB_(DUPSORT|DUPFIXED|INTEGERDUP|REVERSEDUP)'
never 'writes through the map: a full disk is a SIGBUS' 'MDB_WRITEMAP|MDB_MAPASYNC|MDB_FIXEDMAP'
never 'no lock, or bytes of the heap in the file' 'MDB_(NOLOCK|NOMEMINIT)'
never 'the roots are synced behind all else, or nothing is' 'MDB_NOMETASYNC'
never 'an entry is changed in place' 'MDB_(CURRENT|RESERVE|MULTIPLE)|mdb_cursor_(put|del)'
never 'ids of a clock are given twice' 'uuid_generate(_time|_random)?(_safe)? *\('
never 'msgpack-c allocates what a length claims' \
	'msgpack_(unpacker|vrefbuffer|object_print)'
never 'a shell' '[^a-z_](system|popen) *\('
never 'no length' '[^a-z_](v?sprintf|gets|str(cpy|cat|ncpy|ncat)|stpcpy) *\('
never 'state that all share' '[^a-z_](strtok|localtime|gmtime|ctime|asctime|strerror_l|tmpnam|tempnam|mktemp) *\('
never 'no way to say that it is no number' '[^a-z_]ato(i|l|ll|f) *\('
never 'a stack that input sizes' '[^a-z_](alloca|strdupa|strndupa) *\('
# An event is written once: by one call of one file, at the end of its table.
found=$(grep -rlPzo --include='*.c' \
	'store_(put|put_ascending|delete|clear)\([^;]*STORE_(EVENTS|COLUMNS|TREE|TEXTS)\b' \
	engine/log engine/state)
if [ -z "$found" ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "  FAIL  avoided: events are appended only: $found"
fi
# What takes the place of an entry is for redaction alone: a block, its columns, and
# texts that nothing else names.
replaces()
{
	grep -rPzo --include='*.[ch]' 'store_replace\b(\(txn, *STORE_[A-Z]+)?' \
		engine cli | tr -s '\n\t ' ' ' | tr '\0' '\n' |
		grep -v '^engine/doors/store\.[ch]:' | sort | tr '\n' ';'
}
wanted='engine/log/block.c:store_replace;'
wanted=$wanted'engine/log/codes.c:store_replace(txn, STORE_CODES;'
wanted=$wanted'engine/log/codes.c:store_replace(txn, STORE_TEXTS;'
wanted=$wanted'engine/log/redact.c:store_replace(txn, STORE_COLUMNS;'
found=$(replaces)
callers=$(grep -rlE --include='*.c' '\b(block_replace|codes_forget)\(' engine cli |
	grep -vE '^engine/log/(block|codes)\.c$' | tr '\n' ' ')
if [ "$found" = "$wanted" ] && [ "$callers" = 'engine/log/redact.c ' ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "  FAIL  avoided: entries are replaced by: $found called in $callers"
fi
never 'the one flag of an append without syncing is set where one begins' \
	'MDB_NOSYNC' cli engine/ground engine/values engine/log engine/state \
	engine/news engine/import engine/doors/store_open.c \
	engine/doors/store_create.c engine/doors/store_cursor.c

echo "avoided: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
