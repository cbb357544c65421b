made; entente log
