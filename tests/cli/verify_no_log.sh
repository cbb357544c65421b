entente verify; echo "exit $?"
mkdir entente.lmdb; entente verify; echo "exit $?"
: >entente.lmdb/data.mdb; entente verify; echo "exit $?"
echo text >entente.lmdb/data.mdb; entente verify; echo "exit $?"
