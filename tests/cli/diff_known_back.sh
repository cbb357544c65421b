made; entente diff 1998 1999 --known 5..3; entente diff 2023 2024 --known 2024 | head -n 3
