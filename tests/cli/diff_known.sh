made; entente diff 2024-06 2025-06 --known 6..10
