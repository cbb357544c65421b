made; entente replay 2024-06
