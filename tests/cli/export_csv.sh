made; entente export --format csv
