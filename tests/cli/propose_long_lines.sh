long() { head -c "$1" /dev/zero | tr '\0' a; }
{ long 2000000; echo; echo 'Sweden joined NATO on 7 March 2024.'; } >a.txt
{ printf '{"text":"'; long 5000000; echo '"}'; echo '{"text":"Spain joined NATO on 30 May 1982."}'; } >b.jsonl
long 5000000 >c.txt
{ printf '<html><body><p title="'; long 3000000; printf '">Croatia joined NATO on 1 April 2009.</p></body></html>'; } >d.html
{ printf 'TITLE: '; long 1000000; printf '\n\nAlbania joined NATO on 1 April 2009.\n'; } >e.txt
for f in *.*; do entente propose --seen s $f >out; echo "$f exit $?: $(grep -c member.joined out)"; done; seen_names s
