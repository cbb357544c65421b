mkdir d; chmod 555 d; [ ! -w d ] || skip "permissions do not bind this user"; entente --log d/log append "$data/csto.jsonl"
