words 7 >a.txt; entente propose --seen s nowhere a.txt "$(printf 'no\033[31m')"; echo "exit $?"; seen_names s; entente propose ''
