mkfifo p; words 7 >p & entente propose --seen s p; echo "exit $?"; seen_names s
