made; entente diff 1998 2000 --exit-code
