in=$data/../../fixtures/import
entente import csv "$in/members.csv"; echo "exit $?"
entente import csv --map nosuch "$in/members.csv"; echo "exit $?"
entente import csv --map ./nosuch.map "$in/members.csv"; echo "exit $?"
printf 'event member.joined\n\tacter {x}\n' >t.map; entente import csv --map t.map "$in/members.csv"; echo "exit $?"
