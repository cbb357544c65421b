entente key new; echo "exit $?"; entente key old k; echo "exit $?"; entente key new ''; echo "exit $?"
entente key new 'my key'; echo "exit $?"; entente key new k --name 'a+b'; echo "exit $?"; entente key new k --name ''; echo "exit $?"
entente key new no/such/folder/k; echo "exit $?"; mkdir d; entente key new d; echo "exit $?"; ln -s nowhere l; entente key new l; echo "exit $?"; ls
