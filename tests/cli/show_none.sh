made; entente show 99
