made; entente stat | grep -v '^bytes\|^readers'
