cut_off() { printf "$2" >"$1"; entente propose --seen s "$1" >out 2>err; rc=$?; sed "s/: line 1: .*/: line 1: (what libxml2 says)/" err; echo "$1 exit $rc: $(sed 's/.*"actor":"\([A-Z]*\)".*"type":"\([^"]*\)".*/\1 \2/' out | tr "\n" " ")"; }
cut_off a.html '<html><head><meta charset="utf-8"><title>A</title></head><body><p>Sweden joined NATO on 7 March 2024.</p><p>Spain joined NATO on 30 M'
cut_off b.html '<html><body><p>Finland joined NATO on 4 April 2023.</p><p class="x'
cut_off c.html '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"H'
cut_off d.xml '<rss version="2.0"><channel><item><description>Croatia joined NATO on 1 April 2009.</description></item><item><title>B</title><descr'
cut_off e.xml '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>B</title><content type="html">&lt;p&gt;Fin'
cut_off f.json '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"content_text":"Fin'
cut_off g.jsonl '{"text":"Albania joined NATO on 1 April 2009."}\n{"text":"Fin'
cut_off h.eml 'Subject: A\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nGreece joined NATO on 18 February 1952.\n--b\nContent-Transfer-Enc'
seen_names s
