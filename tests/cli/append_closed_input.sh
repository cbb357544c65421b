entente append <&-
