made; entente key new k >/dev/null
for mode in 640 604 660 602; do chmod $mode k; entente head --key k; echo "exit $?"; done
chmod 600 k; ln -s k l; entente head --key l; echo "exit $?"; mkfifo f; entente head --key f; echo "exit $?"
entente head --key .; echo "exit $?"; entente head --key none; echo "exit $?"; entente prove 1 --key k.pub; echo "exit $?"
: >e; chmod 600 e; entente head --key e; echo "exit $?"; head -c 40 k >c; chmod 600 c; entente head --key c; echo "exit $?"
entente head --key k >/dev/null; echo "exit $?"
