made; entente log --type membr.
