f=$(printf 'a\033[31m\nb\342\200\256c\377'); echo nonsense >"$f"; bad "$f"; entente append "no$f"
