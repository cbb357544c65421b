: >empty.txt; echo >blank.txt; echo '<rss version="2.0"><channel><title>T</title></channel></rss>' >empty.xml; echo '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>' >empty.atom
echo '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[]}' >empty.json; echo '<html></html>' >empty.html; printf '<rss version="2.0"><channel><item/><item><title>Only a title</title></item></channel></rss>' >bare.xml; printf 'From: a@example.org\nSubject: x\n\n' >empty.eml; mkdir empty
for f in *; do entente propose --seen s $f; echo "$f exit $?"; done
