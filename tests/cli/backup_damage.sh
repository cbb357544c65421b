# A damaged log gives no copy, and is left as it is.
made
f=entente.lmdb/data.mdb
at=$(LC_ALL=C grep -abo 'freezes its' $f | tail -n 1 | cut -d: -f1)
printf X | dd of=$f bs=1 seek="$at" conv=notrunc 2>/dev/null
cp $f before
entente backup b >/dev/null; echo "exit $?"
entente compact >/dev/null; echo "exit $?"
mkdir c; cp $f c
entente --log d restore c; echo "exit $?"
cmp $f before && echo unchanged
ls -A . entente.lmdb
