in=$data/../../fixtures/import
{ cat "$in/members.csv"; echo 'BALTIC-PACT,LVA'; echo 'BALTIC-PACT,FIN,1995,,,'; } >t.csv
entente import csv --skip-bad --map "$in/members.map" t.csv; echo "exit $?"; entente replay 2000
