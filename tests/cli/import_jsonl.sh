in=$data/../../fixtures/import; cp "$in/plover.jsonl" .; entente import jsonl plover.jsonl; echo "exit $?"; entente import plover - <plover.jsonl >/dev/null; echo "exit $?"; ls
