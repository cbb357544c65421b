made; entente key new k >/dev/null
for args in '--minisig' '--minisig --key k' '--minisig --key k -o -' '--json -o n' '--pub k.pub' '--verify n --key k' '--verify n -o m' "--origin=" '--output='
do entente head $args; echo "exit $?"; done; ls
entente head --origin "$(printf 'a\nb')"; echo "exit $?"
