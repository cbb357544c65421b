# The root of all tables where no page of them can be: LMDB asserts, and is quoted.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0"
made
f=entente.lmdb/data.mdb
for at in 128 4224; do printf '\001\0\0\0\0\0\0\0' | dd of=$f bs=1 seek=$at conv=notrunc 2>/dev/null; done
entente verify 2>err >out; echo "exit $?"
grep -o 'opening the log ended in signal' err
grep -o 'Assertion .* failed' err
