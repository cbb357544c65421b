#!/bin/sh
# score.sh PROGRAM - how good the coder is on news that others coded, where they are
# at hand; fails where a figure falls under what engine/news/README.md promises.
set -u
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
cd "$(dirname "$0")/../.." || exit 1
shared=${ENTENTE_SHARED:-../shared}
shared=$(cd "$shared" 2>/dev/null && pwd || echo "$shared")
news=$shared/data/news-dev

if ! [ -f "$news/score.py" ] || ! command -v python3 >/dev/null 2>&1; then
	echo "  skip  no coded news at $news, or no python3"
	echo "score: 0 passed, 0 failed, 1 skipped"
	exit 0
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset ENTENTE_LOG
passed=0
failed=0

# The scorer wants to know the article; a candidate names its file.
articles() {
	python3 -c '
import json, os, sys
for line in sys.stdin:
    event = json.loads(line)
    name = os.path.basename(event["candidate"]["file"])
    event["article"] = os.environ.get("ARTICLE", name)
    print(json.dumps(event))'
}

# figure LABEL COLUMN FILE: P, R or F1 of a line of the scorer
figure() {
	sed -n "s/^  $1 .*$2 \\([0-9.]*\\).*/\\1/p" "$3"
}

# at_least WHAT FIGURE FLOOR
at_least() {
	if awk "BEGIN { exit !($2 + 0 >= $3) }"; then
		passed=$((passed + 1))
		echo "        $1 $2 (at least $3)"
	else
		failed=$((failed + 1))
		echo "  FAIL  $1 $2, less than $3"
	fi
}

(cd "$work" && "$program" propose --all-types "$news"/[de]*.txt) | articles >"$work/news.jsonl"
python3 "$news/score.py" "$news/gold.jsonl" "$work/news.jsonl" --by-type >"$work/news.txt"
at_least 'news, all but statements: precision' "$(figure 'CORE  ' P "$work/news.txt")" 0.85
at_least 'news, all but statements: recall' "$(figure 'CORE  ' R "$work/news.txt")" 0.70
at_least 'news, membership facts: F1' "$(figure 'MEMB. FACT' F1 "$work/news.txt")" 0.88
at_least 'news, dates that agree' \
	"$(sed -n 's/.*within precision: [0-9/]* = \([0-9.]*\).*/\1/p' "$work/news.txt")" 0.88
facts=$(grep -vc '"modality"' "$work/news.jsonl")
wrong=$(sed -n 's/.*possible.negated): \([0-9]*\) .*/\1/p' "$work/news.txt")
at_least 'news, facts that are facts' "$(awk "BEGIN { print 1 - $wrong / $facts }")" 0.97

for seed in "$shared"/seeds/*.txt; do
	(cd "$work" && "$program" propose --all-types "$seed") |
		ARTICLE=seed articles >"$work/seed.jsonl"
done
python3 "$news/score.py" "$news/seed_gold.jsonl" "$work/seed.jsonl" >"$work/seed.txt"
at_least 'one whole article: F1' "$(figure 'KEY  ' F1 "$work/seed.txt")" 0.93
at_least 'one whole article, membership facts: F1' "$(figure 'MEMB. FACT' F1 "$work/seed.txt")" 1

[ -z "${VERBOSE:-}" ] || cat "$work/news.txt" "$work/seed.txt"
echo "score: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
