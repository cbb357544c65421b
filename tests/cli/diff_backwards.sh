made; entente diff 2024-06 2023
