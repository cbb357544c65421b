made; entente log --actor ARM --from 2023-06 --to 2024-02 --reverse; echo; entente log -a CSTO --type member. -n 2; echo; entente log --known 3; echo; entente log --known 1990-01-01
