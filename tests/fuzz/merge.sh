#!/bin/sh
# merge.sh BUILD TARGET - take what the last run found into the corpus: the inputs,
# shortest first, that reach code which no other one reaches.
set -eu
build=$1
target=$2
here=$(dirname "$0")
corpus=$here/corpus/$target
fresh=$build/runs/$target.merged

rm -rf "$fresh"
mkdir -p "$fresh"
# What is there stays: a person chose it, or it was a failure once.
cp "$corpus"/* "$fresh"
# Options are words.
# shellcheck disable=SC2046
"$build/tests/fuzz/fuzz_$target" -merge=1 -use_counters=0 -rss_limit_mb=0 \
	$(sed -n 's/^ \* fuzz: //p' "$here/fuzz_$target.c") \
	"$fresh" "$build/runs/$target".[0-9] >"$fresh.log" 2>&1
for found in "$fresh"/*; do
	name=$(basename "$found")
	[ -f "$corpus/$name" ] && continue
	[ "$(wc -c <"$found")" -le "${MERGE_BYTES:-160}" ] || continue
	cp "$found" "$corpus/$(printf %.12s "$name")"
done
echo "$target: $(find "$corpus" -type f | wc -l) inputs"
