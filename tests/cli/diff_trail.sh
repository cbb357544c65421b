made; entente diff 2022 2024-06 --trail
