#!/bin/bash
# hostile.sh PROGRAM short|full [SEED] - what could steer a terminal or deceive a
# reader goes through every command that prints: as text of events, and as
# arguments.  None of it comes out as it went in.
set -u
program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export LC_ALL=C ENTENTE_LOG=$work/log
passed=0 failed=0 skipped=0 events=0 refused=0

# C0 but tab and newline, DEL; C1, bidi, zero width and line separators in UTF-8;
# and bytes that are no UTF-8 at all.
raw='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xa9]|\xef\xbb\xbf'

clean() # WHAT
{
	if cat out err | grep -aqP "$raw" ||
		! cat out err | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1; then
		failed=$((failed + 1))
		echo "  FAIL  fault-hostile: $1"
		cat out err | grep -aP "$raw" | head -n 2 | cat -v | cut -c1-200
	else
		passed=$((passed + 1))
	fi
}

try()
{
	timeout 20 "$program" "$@" >out 2>err </dev/null
	code=$?
	clean "$(printf '%q ' "$@" | cut -c1-100) (exit $code)"
	if [ $code -gt 5 ]; then
		failed=$((failed + 1))
		echo "  FAIL  fault-hostile: $1: exit $code"
	fi
}

skip()
{
	skipped=$((skipped + 1))
	echo "  skip  fault-hostile: $1"
}

verdict() # OK WHAT
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  fault-hostile: $2"
	fi
}

# On a terminal, where colours of its own are allowed: without them, the same bytes
# as without colours.  script(1) gives the terminal.
on_terminal()
{
	local how
	for how in never always; do
		SHELL=/bin/bash timeout 20 script -qec \
			"$(printf '%q ' "$program" --color "$how" "$@")" /dev/null \
			</dev/null 2>/dev/null | tr -d '\r' >"$how"
	done
	cp never out
	: >err
	clean "on a terminal: $(printf '%q ' "$@" | cut -c1-100)"
	sed 's/\x1b\[[0-9;]*m//g' always | cmp -s - never && [ -s never ]
	verdict $? "on a terminal, in colour: $(printf '%q ' "$@" | cut -c1-100)"
}

texts=(
	$'a\e[31mred' $'a\e]8;;http://x\e\\link' $'a\e]52;c;AAAA\a' $'a\x9b31m'
	$'a\xc2\x9b31m' $'a\xc2\x85b' $'a\x7fb' $'a\bb' $'a\rb' $'a\x01b'
	$'a\xe2\x80\xaeb' $'a\xe2\x80\xaab' $'a\xe2\x81\xa6b' $'a\xe2\x81\xa9b'
	$'a\xe2\x80\x8eb' $'a\xe2\x80\x8fb' $'a\xd8\x9cb' $'a\xe2\x80\x8bb'
	$'a\xe2\x80\x8db' $'a\xe2\x81\xa0b' $'a\xef\xbb\xbfb' $'a\xe2\x80\xa8b'
	$'a\xe2\x80\xa9b' $'a\xffb' $'a\xc0\xafb' $'a\xed\xa0\x80b' $'a\xf5\x80b'
	'=cmd()' '+1' '-1' '@x' '<script>alert(1)</script>' ']]>' "a'\"b" '%s%n%x'
	"$(printf 'x%.0s' {1..4000})"
)

event() # TEXT
{
	local text=${1//\\/\\\\}
	text=${text//\"/\\\"}
	printf '{"type":"%s","alliance":"A","actor":"B%d","date":"2024","attributed_to":"%s","modality":"claim","summary":"%s","object":"%s","coder":"%s","source":{"url":"%s","publisher":"%s","title":"%s","author":"%s","quote":"%s"},"data":{"name":"%s","text":"%s"}}\n' \
		accusation.made "$((RANDOM % 9))" "$text" "$text" "$text" "$text" \
		"$text" "$text" "$text" "$text" "$text" "$text" "$text"
}

# The short form takes some of them, other ones for each seed.
step=1 first=0
if [ "$2" != full ]; then
	step=12 first=$((${3:-1} % 12))
fi
taken=()
for ((i = first; i < ${#texts[@]}; i += step)); do
	taken+=("${texts[i]}")
done

for text in "${taken[@]}"; do
	event "$text" >one
	try append one
	if [ $code = 0 ]; then
		events=$((events + 1))
	elif [ $code = 3 ]; then
		refused=$((refused + 1))
	fi
	# As arguments: of every kind.
	try append "$text"
	try "$text"
	try "--$text"
	try log "--$text"
	try log --type "$text"
	try log --alliance "$text"
	try log --from "$text"
	try --log "$text" log
	try --log "$text" verify
	try show "$text"
	try why "/$text"
	try why "/A/members/$text"
	try replay "$text"
	try replay 2024 --known "$text"
	try diff 2024 "$text"
	try retract "$text" --reason x
	try retract 1 --reason "$text"
	try propose "$text"
	try help "$text"
	try import "$text" one
	try import csv --map "$text" one
	try import gdelt "$text"
	try restore "$text"
	try --log again backup "./$text"
	try checkpoint "$text"
	try stat "$text"
	try export -o "./$text"
	try head --origin "$text"
	try head --key "$text"
	try head -o "./$text/x"
	try head --verify "$text"
	try verify --since "$text"
	try verify --head "$text"
	try prove "$text"
	try prove --check "$text"
	try prove 1 --key "$text"
	try redact "$text" --reason x
	try redact 999 --reason "$text"
	try key new new-key --name "$text"
	try key new "./$text/x"
	rm -rf -- new-key* "./$text" 2>/dev/null
	# A note, a key and a proof in which it stands.
	printf '%s\n3\n%s\n\n- %s AAAA\n' "$text" \
		"$(head -c 32 /dev/zero | base64)" "$text" >evil
	try head --verify evil
	try head --verify evil --json
	try verify --since evil
	try head --verify note --pub evil
	printf 'PRIVATE+KEY+%s+00000000+AAAA\n' "$text" >evil-key
	chmod 600 evil-key
	try head --key evil-key
	printf '{"event":"%s","note":"%s"}\n' "$text" "$text" >evil-proof
	try prove --check evil-proof
	try prove --check evil-proof --json
	printf '%s\t%s\n' "$text" "$text" >evil-gdelt
	try import gdelt evil-gdelt
	printf 'actor,date\n"%s",2024\n' "${text//\"/\"\"}" >evil.csv
	printf 'type = member.joined\nalliance = A\nactor = {actor}\ndate = {date}\nsource.title = t\n' >evil.map
	try import csv --map evil.map --print evil.csv
	printf '%s\n' "$text" >article.txt
	try propose article.txt
	try review one
	try review --accept-all --dry-run one
done

# What is read from a log and is no event's text.
"$program" key new key >/dev/null 2>&1
"$program" head --key key -o note >/dev/null 2>&1
n=$("$program" stat --json | sed -n 's/.*"events":\([0-9]*\).*/\1/p')
for json in '' --json; do
	try log $json
	try replay 2024 $json
	try replay 2024 --last 0 $json
	try diff 2023 2024 $json
	try diff 2023 2024 --trail $json
	try why /A/signals/0 $json
	try why /A/stance/B1 $json
	try verify $json
	try stat $json
	try head $json
	try head --verify note $json
	for ((i = 1; i <= n; i++)); do
		try show $i $json
		try prove $i -o proof -f
		try prove --check proof $json
	done
done
try export
cp out lines
try export --format csv
try append --dry-run lines

# What is exported as JSON says the same.
ENTENTE_LOG=$work/again "$program" append lines >/dev/null 2>&1
ENTENTE_LOG=$work/again "$program" export 2>/dev/null |
	sed 's/"\(hash\|recorded\)":"[^"]*"//g' >b
sed 's/"\(hash\|recorded\)":"[^"]*"//g' lines >a
if cmp -s a b && [ -s a ]; then
	passed=$((passed + 1))
else
	failed=$((failed + 1))
	echo "  FAIL  fault-hostile: what was exported comes back as something else"
fi

# ---- a terminal -------------------------------------------------------------------
if [ "$(SHELL=/bin/sh script -qec "echo it is" /dev/null </dev/null 2>/dev/null | tr -d '\r')" = "it is" ]; then
	for command in log 'log --json' 'replay 2024' 'diff 2023 2024' \
		'diff 2023 2024 --trail' 'why /A/signals/0' 'show 1' verify stat \
		head 'prove 1' 'prove --check proof' export 'export --format csv' \
		'propose article.txt' 'review one --accept-all --dry-run'; do
		on_terminal $command
	done
	on_terminal log --type "${taken[0]}"
	on_terminal show "${taken[0]}"
else
	skip 'on a terminal: there is no script(1), or no terminal for it'
fi

# ---- redacted, compacted, brought back ---------------------------------------------
try redact 1 --reason "$(printf 'a\xe2\x80\xaeb')"
try show 1
try show 1 --json
try replay 2024
try compact
try backup copy
try --log back restore copy
ENTENTE_LOG=copy try log

# ---- tables that others read --------------------------------------------------------
# Each cell says what the event says, by the rules of the manual, and is no formula.
n=0
for text in "${taken[@]}"; do
	n=$((n + 1))
	text=${text//\\/\\\\}
	printf '{"type":"member.joined","alliance":"T","actor":"C%d","date":"2020","source":{"url":"%s"}}\n' \
		"$n" "${text//\"/\\\"}" >one
	"$program" --log table append one >/dev/null 2>&1
done
"$program" --log table export --format csv >table.csv
"$program" --log table log --json >table.json
if command -v python3 >/dev/null; then
	python3 - table.csv table.json <<-'END'
	import csv, json, re, sys
	events = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
	said = {e["id"]: e["source"]["url"] for e in events}
	with open(sys.argv[1], encoding="utf-8", newline="") as file:
	    rows = list(csv.DictReader(file, strict=True))
	wrong = len(rows) != len(said) or not rows
	for row in rows:
	    if None in row or None in row.values() or \
	       any(re.match("[=+@\t\r-]", cell) for cell in row.values()):
	        wrong = True
	    cell = re.sub(r"^'(?=[=+@\t\r-])", "", row["url"])
	    cell = re.sub(r"\\u\{([0-9a-f]+)\}|\\x([0-9a-f]{2})",
	                  lambda m: chr(int(m[1] or m[2], 16)), cell)
	    if cell != said[row["id"]]:
	        print("        ", ascii(cell), "is not", ascii(said[row["id"]]))
	        wrong = True
	sys.exit(wrong)
	END
	verdict $? 'export --format csv comes back as something else'
else
	skip 'a table that is read back: there is no python3'
fi

[ "$events" -gt 0 ] && [ "$refused" -gt 0 ] && passed=$((passed + 1)) || {
	failed=$((failed + 1))
	echo "  FAIL  fault-hostile: $events taken, $refused refused"
}
echo "        fault-hostile: ${#taken[@]} texts, $events taken into a log, $refused refused"
echo "fault-hostile: $passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
