in=$data/../../fixtures/import; head -3 "$in/members.csv" | entente import csv --dry-run --map "$in/members.map" - | sed 's/[0-9-]* (today)/TODAY (today)/'; echo "exit $?"; ls
