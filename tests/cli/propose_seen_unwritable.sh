mkdir d; words 1 >a.txt; chmod 555 d; [ ! -w d ] || skip "permissions do not bind this user"; entente propose --seen d/s a.txt
