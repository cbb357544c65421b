f=$(printf 'a\033[31m\nb\342\200\256c\377.txt'); words 1 >"$f"; entente propose --seen s "$f"; seen_names s; entente propose --explain "$f" | head -1; mkdir n; mkfifo "n/$f"; entente propose n
