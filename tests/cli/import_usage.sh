entente import; echo "exit $?"; entente import csv; echo "exit $?"; entente import xls a.xls; echo "exit $?"
entente import gdelt --map atop a.csv; echo "exit $?"; entente import jsonl --dry-run a.jsonl; echo "exit $?"
entente import csv --map atop --print --json a.csv; echo "exit $?"; entente import gdelt .; echo "exit $?"; entente import gdelt nosuch.csv; echo "exit $?"; entente import --help
