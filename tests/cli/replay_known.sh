made; entente replay 2024 --known 4; entente replay 2024 --known 1990-01
