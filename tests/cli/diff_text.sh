made; entente diff 1998 2024-06
