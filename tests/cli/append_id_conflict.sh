bad_line "$(entente export 2>/dev/null; made; entente export | sed -n '2s/1992/1993/p')"
