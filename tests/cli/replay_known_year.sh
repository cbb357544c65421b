made; entente replay 2000 --known 2024 2>&1 | head -n 2
