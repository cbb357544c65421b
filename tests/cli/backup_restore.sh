made
entente backup b; echo "exit $?"
entente --log b verify
entente backup b; echo "exit $?"
entente --log other restore b; echo "exit $?"
entente --log other restore b; echo "exit $?"
entente export >one; entente --log other export >two; cmp one two && echo same
stat -c '%a %n' other other/data.mdb
ls -A
