made; entente retract 99 --reason x; echo "exit $?"; entente retract 12345678-1234-1234-1234-123456789012 --reason x
