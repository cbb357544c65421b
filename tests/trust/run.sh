#!/bin/sh
# run.sh PROGRAM [PROOFS] - proofs of random events of a log that grows, checked by a
# second implementation (check_proof.py), and mutated ones by both; signatures by
# minisign and openssl.  What is not installed is skipped with a word.
set -u
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
proofs=${2:-1000}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/entente-trust.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
ENTENTE_LOG=$work/log
export ENTENTE_LOG
passed=0 failed=0 skipped=0

verdict()
{
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  $2"
	fi
}

skip()
{
	skipped=$((skipped + 1))
	echo "  skip  $1"
}

# Numbers from 1 on that are the same each time: random SEED COUNT BELOW
random()
{
	awk -v seed="$1" -v count="$2" -v below="$3" 'BEGIN {
		srand(seed)
		for (i = 0; i < count; i++) print int(rand() * below) + 1 }'
}

# COUNT more events, numbered from FIRST: some with an id of their own.
events()
{
	awk -v first="$1" -v count="$2" 'BEGIN {
		for (i = first; i < first + count; i++)
			printf "{\"type\":\"x.t\",\"date\":\"2024\",%s\"source\":{\"title\":\"T%d\"}}\n",
			       i % 3 ? "" : sprintf("\"id\":\"00000000-0000-4000-8000-%012d\",", i), i }'
}

# Ten sizes of the log, a tenth of the proofs of each.
make_proofs()
{
	size=0 step=1
	while [ $step -le 10 ]; do
		more=$(random $step 1 250)
		events $((size + 1)) "$more" | "$program" append >/dev/null || return 1
		size=$((size + more))
		for seq in $(random $((step + 100)) $((proofs / 10)) $size); do
			"$program" prove "$seq" --key key || return 1
		done
		step=$((step + 1))
	done
}

# Line N with a digit of hex in its path, root, body or note another.
mutate()
{
	awk '{ at = match($0, /"path":\[/) + 10 + NR % 60
	       if (NR % 4 == 1) at = index($0, "\"root\":") + 8 + NR % 64
	       if (NR % 4 == 2) at = index($0, "\"body\":") + 8 + NR % 60
	       if (NR % 4 == 3) at = index($0, "\"recorded_us\":") + 20
	       old = substr($0, at, 1)
	       print substr($0, 1, at - 1) (old == "1" ? "2" : "1") substr($0, at + 1) }' "$1"
}

"$program" key new key --name example.org/trust >/dev/null
verdict $? 'a key cannot be made'
make_proofs >proofs.jsonl
verdict $? "$proofs proofs cannot be made"
[ "$(wc -l <proofs.jsonl)" -eq "$proofs" ]
verdict $? "there are not $proofs proofs"
mutate proofs.jsonl >mutated.jsonl

if command -v python3 >/dev/null; then
	"$here/check_proof.py" proofs.jsonl key.pub >python.out 2>python.err
	verdict $? "the second implementation refuses a proof: $(head -3 python.err)"
	sed 's/^/  /' python.out
	"$here/check_proof.py" mutated.jsonl key.pub >python.out 2>/dev/null
	grep -q '^0 of ' python.out
	verdict $? "the second implementation takes a mutated proof: $(cat python.out)"
else
	skip 'the second implementation: no python3'
fi

# The program on every tenth of both.
agreed=0
for n in $(seq 1 10 "$proofs"); do
	sed -n "${n}p" proofs.jsonl >good
	sed -n "${n}p" mutated.jsonl >bad
	"$program" prove --check good --pub key.pub >/dev/null &&
		! "$program" prove --check bad --pub key.pub >/dev/null 2>&1 &&
		agreed=$((agreed + 1))
done
[ $agreed -eq "$(seq 1 10 "$proofs" | wc -l)" ]
verdict $? "the program itself disagrees with some proof"

"$program" head --key key -o note --minisig
verdict $? 'a head cannot be signed'
sed '2s/.*/1/' note >other
if command -v minisign >/dev/null; then
	minisign -Vq -p key.minisign.pub -m note -x note.minisig
	verdict $? 'minisign refuses the signature of a head'
	! minisign -Vq -p key.minisign.pub -m other -x note.minisig 2>/dev/null
	verdict $? 'minisign takes the signature of another head'
else
	skip 'signatures for minisign: it is not installed'
fi

# While the program has the key, and waits for whoever reads what it writes.
if [ -r /proc/self/limits ] && command -v python3 >/dev/null; then
	"$here/check_hidden.py" "$program" head --key key
	verdict $? 'a process with a secret key leaves a core dump'
else
	skip 'core dumps: /proc and python3 are not both there'
fi

# What is redacted leaves every proof as it was, its own as well.
"$program" redact 5 --reason "a court asked for it" >/dev/null 2>&1
verdict $? 'an event cannot be redacted'
"$program" verify --since note --pub key.pub >/dev/null
verdict $? 'the log does not extend its head from before a redaction'
"$program" prove 5 --key key >gone && grep -q '"body_sha256"' gone &&
	"$program" prove --check gone --pub key.pub >/dev/null
verdict $? 'a redacted event cannot be proved'
if command -v python3 >/dev/null; then
	"$here/check_proof.py" gone key.pub >/dev/null
	verdict $? 'the second implementation refuses the proof of a redacted event'
fi

echo "trust: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
