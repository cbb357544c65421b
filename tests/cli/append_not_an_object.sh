bad_line '[1]'
