# The last page of a file of 2^60 bytes: there is no such map.
made
f=entente.lmdb/data.mdb
for at in 136 4232; do printf '\0\0\0\0\0\0\001\0' | dd of=$f bs=1 seek=$at conv=notrunc 2>/dev/null; done
entente verify
