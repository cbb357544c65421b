made
entente backup b >/dev/null
entente restore b; echo "exit $?"
entente --log n restore nowhere; echo "exit $?"
mkdir odd; echo text >odd/data.mdb; entente --log n restore odd; echo "exit $?"
: >odd/data.mdb; entente --log n restore odd; echo "exit $?"
rm odd/data.mdb; ln -s ../b/data.mdb odd/data.mdb; entente --log n restore odd; echo "exit $?"
rm odd/data.mdb; mkfifo odd/data.mdb; entente --log n restore odd; echo "exit $?"
head -c 20000 b/data.mdb >cut; rm odd/data.mdb; mv cut odd/data.mdb; entente --log n restore odd; echo "exit $?"
ls -A
