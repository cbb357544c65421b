made; entente key new k --name example.org/a >/dev/null; entente key new other --name example.org/a >/dev/null
entente prove 7 --key k -o p; entente prove 7 | entente prove --check -; entente prove 7 --key k | cmp - p
id=$(entente log --json | sed -n '7s/.*"id":"\([^"]*\)".*/\1/p'); entente prove "$id" --key k | cmp - p
entente prove 7 -o p; echo "exit $?"; entente prove 99; echo "exit $?"; entente prove 0; echo "exit $?"; entente prove x; echo "exit $?"
rm -r entente.lmdb
entente prove --check p; entente prove --check p --pub k.pub; echo "exit $?"; entente prove --check p --pub k.pub --json
entente prove --check p --pub other.pub 2>&1 | mask64; entente prove --check p --pub other.pub --json >out; echo "exit $?"; mask64 <out
sed 's/"recorded_us":1/"recorded_us":2/' p >bad; entente prove --check bad; echo "exit $?"; entente prove --check bad --json; echo "exit $?"
sed 's/example.org.a.n10/example.org\/b\\n10/' p >bad; entente prove --check bad --pub k.pub; echo "exit $?"
