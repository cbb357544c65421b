entente append </dev/null
