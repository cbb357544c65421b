made; entente log --limit -1
