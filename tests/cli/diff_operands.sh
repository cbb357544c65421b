made; entente diff 2024; echo "exit $?"; entente diff 2023 2024 2025; echo "exit $?"; entente diff 2023 2024 --known ..3
