made; entente retract 5 --reason 'coded twice' --coder maria; entente show 5; entente show 11; entente show 5 --json | sed 's/.*,"fixed_by"/"fixed_by"/'
