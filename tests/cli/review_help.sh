entente review --help
