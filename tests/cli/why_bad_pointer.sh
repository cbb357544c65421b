made; entente why CSTO/members/ARM; echo "exit $?"; entente why /CSTO/nothing --at 2024; echo "exit $?"; entente why /NATO --at 2024
