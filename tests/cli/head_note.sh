entente init >/dev/null; entente head | mask64; rm -r entente.lmdb; made
entente head | mask64; entente head --origin 'CSTO of Maria' | mask64
entente key new k --name example.org/a >/dev/null
entente head --key k | mask64; entente head --key k --origin other | head -1; entente head --key k --json | mask64
entente head --key k -o note && mask64 <note; entente head -o note; echo "exit $?"; entente head -o note --force && wc -l <note
entente head --key k -o n2 --minisig && mask64 <n2.minisig; rm n2; entente head --key k -o n2 --minisig; echo "exit $?"; ls
ln -s note l; entente head -o l --force; echo "exit $?"
