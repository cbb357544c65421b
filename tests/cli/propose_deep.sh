repeat() { head -c "$2" /dev/zero | sed "s/\x00/$1/g"; }
{ printf '<html><body>'; repeat '<div>' 200000; printf 'Sweden joined NATO on 7 March 2024.'; } >a.html
{ printf '<rss version="2.0"><channel><item><description>Spain joined NATO on 30 May 1982.</description></item><item>'; repeat '<b>' 200000; } >b.xml
{ printf '{"version":"https:\/\/jsonfeed.org\/version\/1.1","items":'; repeat '[' 200000; } >c.json
{ printf '{"text":'; repeat '[' 200000; echo; echo '{"text":"Croatia joined NATO on 1 April 2009."}'; } >d.jsonl
{ printf '<html><head><script type="application/ld+json">'; repeat '[' 200000; printf '</script></head><body><p>Albania joined NATO on 1 April 2009.</p></body></html>'; } >e.html
for f in *.*; do entente propose --seen s $f >out; echo "$f exit $?: $(grep -c member.joined out)"; done; seen_names s
