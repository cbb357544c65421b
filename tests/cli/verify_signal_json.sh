# What kills the reader is a finding like others.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0"
made
f=entente.lmdb/data.mdb
pages=$(($(wc -c <$f) / 4096))
dd if=/dev/zero bs=4096 count=$((pages - 2)) 2>/dev/null | tr '\0' '\377' | dd of=$f bs=4096 seek=2 conv=notrunc 2>/dev/null
entente verify --json | sed 's/signal [0-9]* ([^)]*)/signal N/; s/damaged:[^"]*/damaged: .../'
entente verify >out 2>err; echo "exit $?"; cat out
