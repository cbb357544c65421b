made; entente retract 5
