made
entente append --batch 99999999999999999999; echo "exit $?"
entente export -o ""; echo "exit $?"
mkdir e; : >e/data.mdb; entente --log e replay; echo "exit $?"
entente --log "$(printf '%05000d' 1)" replay; echo "exit $?"
