echo 'Armenia froze its membership in the CSTO on Wednesday. Sweden joined NATO on 7 March 2024.' >a.txt
for published in "" "" --published=2024-03-08 --published=2024-03-08; do entente propose --seen s $published a.txt | sed 's/.*"date":"\([^"]*\)".*/\1/'; seen_names s; done
