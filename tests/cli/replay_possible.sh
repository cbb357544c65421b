made; entente replay 1999-06-30; entente replay 2025-07-18 | head -n 4
