made
entente retract 3 --reason "$(printf 'a\377')"; echo "exit $?"
entente retract 3 --reason x --coder "$(printf '\300\200')"; echo "exit $?"
entente retract 3 --reason "$(printf 'a\001b')"; echo "exit $?"
entente stat | head -n 1
