# The root of all tables where no page of them can be: LMDB asserts, and is quoted.
made
f=entente.lmdb/data.mdb
for at in 128 4224; do printf '\001\0\0\0\0\0\0\0' | dd of=$f bs=1 seek=$at conv=notrunc 2>/dev/null; done
entente verify 2>err >out; echo "exit $?"
sed 's/signal [0-9]* ([^)]*)/signal N/; s/mdb.c:[0-9]*/mdb.c:N/' err
