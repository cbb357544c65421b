made; entente show abc
