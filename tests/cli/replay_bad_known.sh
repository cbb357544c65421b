made; entente replay 2024 --known soon; echo "exit $?"; entente replay 2024 --known 2024-01-01T25:00Z; echo "exit $?"; entente replay 2024 --known 99999999999999999999999
