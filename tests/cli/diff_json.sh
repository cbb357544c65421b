made; entente diff 1998 2000 --json; entente diff 2010 2011 --json
