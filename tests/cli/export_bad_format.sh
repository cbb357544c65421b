made; entente export --format xml
