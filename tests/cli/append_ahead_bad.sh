# Bad lines at both sides of where reading is cut, which is each 1,024 lines.
awk 'BEGIN {
	for (i = 1; i <= 6000; i++) {
		bad = i == 1 || i == 1024 || i == 1025 || i == 3072 || i == 3073 || i == 6000
		line = sprintf("{\"type\":\"statement.made\",\"actor\":\"%s\",\"date\":\"2024\",\"summary\":\"No. %d\",\"source\":{\"title\":\"", bad ? "arm" : "ARM", i)
		while (length(line) < 252)
			line = line "t"
		print line "\"}}"
	}
}' >in.jsonl
bad in.jsonl
tail -n +1026 in.jsonl >later.jsonl

# A batch with a bad line is not written, and the line that would have filled it is
# the last that is looked at.
for batch in 500 2046 2047 5000; do
	entente --log log$batch append --batch $batch later.jsonl
	echo "exit $?"
done

# They end the reading too while the pipe is open and has nothing more yet.
mkfifo pipe
{ exec 3>pipe; cat later.jsonl >&3; sleep 10; touch waited; } &
entente --log piped append --batch 100 pipe
echo "exit $?"
[ -e waited ] && echo WAITED
kill $! 2>/dev/null
