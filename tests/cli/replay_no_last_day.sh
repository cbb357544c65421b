made; entente replay 2024/..; echo "exit $?"; entente replay XXXX
