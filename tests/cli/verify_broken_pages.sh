# Every page behind the two that name the roots, and one alone.
# A sanitizer that is in the program leaves the signals to it.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0"
made
f=entente.lmdb/data.mdb
fill() { dd if=/dev/zero bs=4096 count="$2" 2>/dev/null | tr '\0' '\377' | dd of=$f bs=4096 seek="$1" conv=notrunc 2>/dev/null; }
try()
{
	for command in verify "replay 2024"; do
		entente $command >out 2>err
		echo "$command: exit $?"
		if grep -q '^entente: ' err; then echo 'said why'; else echo 'SAID NOTHING'; fi
		grep -Eq 'entente verify. (tells|says)' err && echo 'points to verify'
	done
}
cp $f whole
pages=$(($(wc -c <$f) / 4096))
fill 2 $((pages - 2))
try
cp whole $f
page=$(LC_ALL=C grep -abo 'freezes its' $f | tail -n 1 | cut -d: -f1)
fill $((page / 4096)) 1
try
