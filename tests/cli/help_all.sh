entente; echo "exit $?"; entente --help; for c in init append log show retract replay diff why propose review import verify export stat version help exit-codes dates; do echo; entente help $c; done
