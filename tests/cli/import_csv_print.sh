in=$data/../../fixtures/import; entente import csv --print --map "$in/members.map" "$in/members.csv"; echo "exit $?"; ls
