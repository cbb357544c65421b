entente key new k --name example.org/a >/dev/null
head -4 "$data/csto.jsonl" | entente append >/dev/null; entente head --key k -o note
entente append --skip-existing "$data/csto.jsonl" >/dev/null
entente verify --since note --pub k.pub; echo "exit $?"; entente verify --since note; entente verify --since note --pub k.pub --json | mask64
sed '2s/4/3/' note >bad; entente verify --since bad; echo "exit $?"; entente verify --since bad --pub k.pub --json; echo "exit $?"
head -2 "$data/csto.jsonl" | entente --log c.lmdb append >/dev/null; entente --log c.lmdb verify --since note; echo "exit $?"
entente verify --pub k.pub; echo "exit $?"; cp "$data/csto.jsonl" other; entente verify --since other; echo "exit $?"
