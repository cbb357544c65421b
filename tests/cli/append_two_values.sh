bad_line '{} {}'
