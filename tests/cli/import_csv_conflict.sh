in=$data/../../fixtures/import
entente import csv --map "$in/members.map" "$in/members.csv"
{ cat "$in/members.csv"; echo 'BALTIC-PACT,FIN,1995,,,'; } >t.csv
entente import csv --map "$in/members.map" t.csv; echo "exit $?"
entente import csv --skip-existing --map "$in/members.map" t.csv; echo "exit $?"
tail -1 t.csv >>t.csv
{ head -1 t.csv; tail -1 t.csv; tail -1 t.csv; } | sed s/FIN/SWE/ >twice.csv; entente import csv --map "$in/members.map" twice.csv; echo "exit $?"
