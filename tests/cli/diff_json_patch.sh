made; entente diff 1998 2000 --json-patch; entente diff 2010 2011 --json-patch --exit-code; echo "exit $?"; entente diff 2010 2011 --json-patch --trail
