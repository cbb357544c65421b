made; entente why /CSTO/members/USA --at 2024; echo "exit $?"; entente why /CSTO/members/USA --at 2024 --json
