entente lgo; echo "exit $?"; entente frobnicate; echo "exit $?"; entente "$(printf 'a\033[2Jb')"
