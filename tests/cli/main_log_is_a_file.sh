: >f; entente --log f log; echo "exit $?"; entente --log f append "$data/csto.jsonl"
