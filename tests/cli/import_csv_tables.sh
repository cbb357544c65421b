map="$data/../../fixtures/import/members.map"
none() { entente import csv --map "$map" t.csv; echo "exit $?"; }
: >t.csv; none
echo 'alliance,state,joined,left,how,note' >t.csv; none
echo 'alliance,status,joined,left,how,note' >t.csv; none
echo 'alliance,state,state,joined,left,how,note' >t.csv; none
printf '\377\376a\0' >t.csv; none
printf '\357\273\277alliance,state,joined,left,how,note\r\nX,FIN,1995,,,=cmd()\r\n' >t.csv; none
entente log | cat
