in=$data/../../fixtures/import
{ head -1 "$in/members.csv"; i=0; while [ $i -lt 25 ]; do echo "x"; i=$((i+1)); done; } >t.csv
entente import csv --map "$in/members.map" t.csv; echo "exit $?"
