entente init && entente init
