made; for args in '' '1 2' '--check p 1' '--check p --key k' '--check p -o q' '1 --pub k' '1 --origin a' '1 --output='
do entente prove $args; echo "exit $?"; done; ls
