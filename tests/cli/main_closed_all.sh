made; entente log <&- >&- 2>&-; echo "exit $?"; entente verify
