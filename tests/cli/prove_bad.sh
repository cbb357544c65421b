for text in '' '{' '[]' '{"format":"entente-proof-1"}' '{"format":1}' '{"a":1,"a":2}'
do printf '%s' "$text" >bad; entente prove --check bad; echo "exit $?"; done
head -c 2000000 /dev/zero >big; entente prove --check big; echo "exit $?"; entente prove --check none; echo "exit $?"
