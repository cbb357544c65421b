entente version; entente --version; entente version --json
