made; entente replay 2024 >&-
