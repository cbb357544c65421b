made; entente diff 2010 2011 --exit-code
