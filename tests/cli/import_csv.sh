in=$data/../../fixtures/import; entente import csv --map "$in/members.map" "$in/members.csv"; echo "exit $?"; entente replay 2000; entente log --json | head -1 | sed 's/"hash":"[^"]*",//'
