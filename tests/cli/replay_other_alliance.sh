made; entente replay 2024 --alliance NATO
