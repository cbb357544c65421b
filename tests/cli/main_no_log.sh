entente replay 2024; echo "exit $?"; entente --log '' log; echo "exit $?"; entente --log "$(printf 'a\033b')" log
