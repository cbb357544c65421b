#!/bin/sh
# embed.sh OUT FILE... - text files as one C table, so that they are compiled in.
set -eu
out=$1
shift
{
	echo '/* Made by engine/embed.sh; the files are the source. */'
	echo 'static const struct embedded {'
	echo '	const char *name;'
	echo '	const char *text;'
	echo '	size_t len;'
	echo '} embedded[] = {'
	for file; do
		printf '\t{ "%s", (const char[]){\n' "${file##*/}"
		# As characters: whether 0xc3 is 195 or -61 is the compiler's choice.
		od -An -v -to1 "$file" | sed "s/ *\([0-7][0-7]*\)/'\\\\\1',/g"
		printf '\t0 }, %s },\n' "$(wc -c <"$file" | tr -d ' ')"
	done
	echo '	{ NULL, NULL, 0 }'
	echo '};'
} >"$out.new"
mv "$out.new" "$out"
