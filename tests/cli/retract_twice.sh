made; entente retract 5 --reason x; entente retract 5 --reason x; entente retract 5 --reason x --json; entente replay 2000 | tail -n 3
