made; entente log --alliance cs/to
