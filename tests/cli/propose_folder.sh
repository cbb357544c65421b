mkdir -p n/b n/.hidden n/B away; for f in n/z.txt n/a.txt n/b/2.txt n/b/10.txt n/B/x.txt n/.hidden/h.txt n/.h.txt n/b.txt away/w.txt; do echo "Only in $f" >$f; done; printf '\303\251' >n/é.txt
mkfifo n/pipe; ln -s ../away n/link; ln -s nowhere n/dangling; ln -s ../away/w.txt n/w.txt; ln -s n via
entente propose --seen s n/; echo "exit $?"; seen_names s; rm n/dangling n/pipe; entente propose --seen t via; echo "exit $?"; seen_names t | head -2
