head -c 100000 "$(command -v entente)" >a; printf '\211PNG\r\n\032\n\000\000' >b.png; printf 'PK\003\004\024\000' >c.zip; printf '%%PDF-1.7\n\000\001' >d.pdf; made
for f in *; do entente propose $f >out; echo "$f exit $?: $(wc -l <out | tr -d ' ')"; done
