made; entente export | head -n 1 >/dev/null; entente export >/dev/full 2>/dev/null; echo "exit $?"
