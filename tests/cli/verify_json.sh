made; entente verify --json
