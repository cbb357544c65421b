map="$data/../../fixtures/import/members.map"
printf 'alliance,state,joined,left,how,note\nX\033[2J,FIN,1995,,,\nX,\342\200\256FIN,1995,,,\n' >"$(printf 'a\033[31m.csv')"
entente import csv --map "$map" a*; echo "exit $?"
{ echo 'alliance,state,joined,left,how,note'; printf 'X,FIN,1995,,,"'; head -c 3000000 /dev/zero | tr '\0' x; } >t.csv
entente import csv --map "$map" t.csv; echo "exit $?"
head -c 100000000 /dev/zero | entente import gdelt -; echo "exit $?"
head -c 100000000 /dev/zero | tr '\0' x | entente import jsonl -; echo "exit $?"
