: >f; chmod 000 f; [ ! -r f ] || skip "permissions do not bind this user"; bad f
