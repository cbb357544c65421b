made; entente replay 2023-02-29
