in=$data/../../fixtures/import
{ cat "$in/members.csv"; echo 'BALTIC-PACT,LVA'; echo 'BALTIC-PACT,fin,1995,,,'; echo 'BALTIC-PACT,SWE,2001-02-30,,,'; echo 'BALTIC-PACT,"NOR,1995,,,'; } >t.csv
entente import csv --map "$in/members.map" t.csv; echo "exit $?"; ls
entente import csv --print --map "$in/members.map" t.csv >out.jsonl; echo "exit $?"; wc -c <out.jsonl
