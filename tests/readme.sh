#!/bin/sh
# readme.sh PROGRAM - what the documents show must be what happens: their sessions
# are run; the C of README.md is compiled against the archive beside the program, and
# run.
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
build=$(dirname "$program")
root=$(cd "$(dirname "$0")/.." && pwd)

dir=$(mktemp -d "${TMPDIR:-/tmp}/entente-readme.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
ln -s "$root/fixtures" "$dir/fixtures"
mkdir "$dir/bin" && ln -s "$program" "$dir/bin/entente"
PATH=$dir/bin:$PATH
export PATH
unset ENTENTE_LOG ENTENTE_CODER
passed=0 failed=0

# blocks KIND FILE...: blocks of one kind, each into a file of its own.
blocks() {
	kind=$1
	shift
	(cd "$root" && awk -v kind="$kind" -v dir="$dir" '
	$0 == "```" kind { n++; on = 1; next }
	$0 == "```" { on = 0 }
	on { print > (dir "/" kind "." n) }
	END { print n + 0 }' "$@")
}

verdict() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  $2"
	fi
}

# A session: each `$ command` with the output that follows it.
session() {
	grep '^\$ ' "$1" | sed 's/^\$ //' | while IFS= read -r line; do
		printf '$ %s\n' "$line"
		(cd "$dir" && sh -c "$line") 2>&1 </dev/null
	done | sed 's/[[:space:]]*$//' > "$1.out"
	sed 's/[[:space:]]*$//' "$1" | grep -v '^$' > "$1.expected"
	grep -v '^$' "$1.out" | diff -u "$1.expected" -
	verdict $? "a session of the documents shows something else"
}

program_block() {
	# The flags are words. shellcheck disable=SC2046
	${CC:-cc} -x c "$1" -x none -I"$root/include" "$build/libentente.a" \
		${README_CFLAGS:-} ${README_LIBS:-} -o "$1.bin" &&
		(cd "$dir" && "$1.bin") > "$1.out" 2>&1
	status=$?
	[ $status -eq 0 ] || cat "$1.out" 2>/dev/null
	verdict $status "the example of README.md does not compile or run"
	diff -u "$dir/text.1" "$1.out"
	verdict $? "the example of README.md prints something else"
}

sessions=$(blocks console README.md engine/news/README.md)
blocks text README.md > /dev/null
programs=$(blocks c README.md)
i=1
while [ "$i" -le "$sessions" ]; do
	session "$dir/console.$i"
	i=$((i + 1))
done
i=1
while [ "$i" -le "$programs" ]; do
	program_block "$dir/c.$i"
	i=$((i + 1))
done
[ "$sessions" -gt 0 ] && [ "$programs" -gt 0 ]
verdict $? "the documents have no session or no example"
echo "readme: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
