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
		od -An -v -tu1 "$file" | sed 's/  */,/g; s/^,/\t/; s/$/,/'
		printf '\t0 }, %s },\n' "$(wc -c <"$file" | tr -d ' ')"
	done
	echo '	{ NULL, NULL, 0 }'
	echo '};'
} >"$out.new"
mv "$out.new" "$out"
