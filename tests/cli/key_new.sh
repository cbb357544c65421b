umask 022
entente key new k --name example.org/a | mask64; ls -l | awk 'NR > 1 { print $1, $9 }'
mask64 <k.pub; mask64 <k.minisign.pub; sed -E 's/[0-9a-f]{8}\+A.*/ID+KEY/' k
entente key new k; echo "exit $?"
rm k k.minisign.pub; entente key new k; echo "exit $?"; ls
rm *; entente key new k --json | mask64
