entente --log other init --json
