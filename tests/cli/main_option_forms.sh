made; entente log -aCSTO -rn1; entente log --limit=1 -- ; entente --log=entente.lmdb log -n 1; ENTENTE_LOG=entente.lmdb entente log -n1; entente log -- -n
