made; entente log --json --limit 1
