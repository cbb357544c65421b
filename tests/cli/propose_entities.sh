{ echo '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'; p=a; for c in b c d e f g h i j; do echo "<!ENTITY $c \"&$p;&$p;&$p;&$p;&$p;&$p;&$p;&$p;&$p;&$p;\">"; p=$c; done; echo ']><rss version="2.0"><channel><title>&j;</title><item><title>&j;</title><description>&j;</description></item></channel></rss>'; } >laughs.xml
entente propose --seen s laughs.xml; echo "exit $?"
echo secret >secret.txt; printf '<!DOCTYPE rss [<!ENTITY x SYSTEM "secret.txt">]><rss version="2.0"><channel><item><link>u:1</link><description>A &x; B</description></item></channel></rss>' >file.xml
entente propose --explain file.xml | grep -c secret; entente propose --seen s file.xml; echo "exit $?"; seen_names s
