in=$data/../../fixtures/import; cp "$in/gdelt.csv" .; entente import gdelt gdelt.csv; echo "exit $?"; entente import gdelt --skip-bad gdelt.csv >/dev/null; echo "exit $?"; ls
