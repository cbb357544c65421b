printf 'T\374rkiye joined NATO on 18 February 1952.' >latin.txt
printf '\377\376S\000w\000e\000d\000e\000n\000' >utf16.txt; printf '\377\376S' >odd.txt; printf 'a\000b\000' >nul.txt
printf '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><item><title>T\374r</title><description>one</description></item></channel></rss>' >lies.xml
printf '<?xml version="1.0" encoding="KLINGON"?><rss version="2.0"><channel><item><description>two</description></item></channel></rss>' >unknown.xml
printf '<html><head><meta charset="utf-8"></head><body><p>T\374r \355\240\200 \300\257</p></body></html>' >bad.html
printf '{"text":"a\377b"}\n{"text":"\\ud800"}\n{"text":"ok"}\n' >bad.jsonl
for f in *.*; do entente propose --seen s $f >out; echo "$f exit $?"; sed 's/.*"quote":"\([^"]*\)".*/\1/' out; done; seen_names s
