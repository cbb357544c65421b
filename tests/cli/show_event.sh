made; entente show 7
