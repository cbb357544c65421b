entente key new k --name example.org/a >/dev/null; entente key new other --name example.org/a >/dev/null
head -4 "$data/csto.jsonl" | entente append >/dev/null; entente head --key k -o note; entente head -o plain
made 2>/dev/null; entente append --skip-existing "$data/csto.jsonl" >/dev/null
check() { entente head --verify "$@" 2>&1 | mask64; }
check note --pub k.pub; check note --pub "$(cat k.pub)"; check note; check plain; check - --pub k.pub <note; check note --pub k.pub --json
check note --pub k.pub --origin example.org/a; check note --pub k.pub --origin example.org/b
entente head --verify note --pub other.pub 2>/dev/null; echo "exit $?"; check note --pub other.pub; check note --pub other.pub --json
entente head --verify plain --pub k.pub >out 2>&1; echo "exit $?"; mask64 <out
sed '2s/4/5/' note >bad; entente head --verify bad --pub k.pub; echo "exit $?"; entente head --verify bad; echo "exit $?"
entente --log b.lmdb append "$data/csto.jsonl" >/dev/null; entente --log b.lmdb head --verify note --pub k.pub; echo "exit $?"
head -2 "$data/csto.jsonl" | entente --log c.lmdb append >/dev/null; entente --log c.lmdb head --verify note --pub k.pub; echo "exit $?"
entente --log c.lmdb head --verify note --pub k.pub --json >out; echo "exit $?"; sed 's/.*"what"/"what"/' out
