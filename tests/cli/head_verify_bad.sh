made; entente key new k >/dev/null; entente head --key k -o note
for text in '' 'x' 'o\n1\nAA==\n' 'o\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n' '\033[31m\n'
do printf "$text" >bad; entente head --verify bad; echo "exit $?"; done
head -c 200000 /dev/zero >big; entente head --verify big; echo "exit $?"; entente head --verify none; echo "exit $?"; entente head --verify .; echo "exit $?"
entente head --verify note --pub none; echo "exit $?"; entente head --verify note --pub note; echo "exit $?"; entente head --verify note --pub k; echo "exit $?"
