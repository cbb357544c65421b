entente propose /dev/null; echo "exit $?"; timeout 20 entente propose /dev/zero; echo "exit $?"
