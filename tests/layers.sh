#!/bin/sh
# layers.sh - one door for each dependency, and no way up between the layers.
set -u
cd "$(dirname "$0")/.." || exit 1

passed=0
failed=0

# verdict WHAT OFFENDERS: no offender is a pass.
verdict() {
	if [ -z "$2" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "  FAIL  $1:"
	echo "$2" | sed 's/^/        /'
}

# door HEADER FILES: only FILES (a pattern) include it.
door() {
	verdict "<$1 included outside $2" \
		"$(grep -rlE "#[[:space:]]*include[[:space:]]*[<\"]$1" engine cli include 2>/dev/null |
			grep -vE "^($2)\$")"
}

door 'lmdb\.h' 'engine/doors/store[a-z_]*\.[ch]'
door 'msgpack' 'engine/doors/codec\.c'
door 'jansson' 'engine/doors/json\.c'
door 'uuid/' 'engine/doors/id\.c'
door 'openssl/' 'engine/doors/(hash|sign|hash_private)\.[ch]'
door 'libxml/' 'engine/doors/xml[a-z_]*\.c'
door 'csv\.h' 'engine/doors/csv[a-z_]*\.c'

verdict 'the front end reaches into the engine' \
	"$(grep -nE '#[[:space:]]*include[[:space:]]*["<]([./]*engine|ground|values|doors|log|trust|state|news|import)/' cli/*.[ch] 2>/dev/null)"

above='values|doors|log|trust|state|news|import'
for layer in ground values doors log trust state news; do
	verdict "engine/$layer includes what is above it" \
		"$(grep -rnE "#[[:space:]]*include[[:space:]]*\"($above)/" "engine/$layer" 2>/dev/null)"
	above=${above#*|}
done

# Within news: from what stands by itself to what uses all.
above='read|lexicon|rules|candidates|frame|coder'
for part in dates read lexicon rules candidates frame; do
	verdict "engine/news/$part includes what is above it" \
		"$(grep -rnE "#[[:space:]]*include[[:space:]]*\"news/($above)/" "engine/news/$part" 2>/dev/null)"
	above=${above#*|}
done

verdict 'a public header includes a private one' \
	"$(grep -nE '#[[:space:]]*include[[:space:]]*"[^"]*/' include/entente/*.h 2>/dev/null)"

echo "layers: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
