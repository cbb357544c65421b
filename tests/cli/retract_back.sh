made; entente retract 5 --reason x; entente retract 11 --reason y; entente replay 2000 | tail -n 2; entente verify
