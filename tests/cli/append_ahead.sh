# Lines of 256 bytes, so that 1,024 of them are what is read at once; enough for
# the threads to start.  However they are cut, the same events are in the log.
lines()
{
	awk -v count="$1" 'BEGIN {
		for (i = 1; i <= count; i++) {
			line = sprintf("{\"type\":\"statement.made\",\"actor\":\"A%02d\",\"date\":\"%d\",\"summary\":\"No. %d\",\"source\":{\"title\":\"", i % 90 + 10, 1950 + i % 75, i)
			while (length(line) < 252)
				line = line "t"
			print line "\"}}"
		}
	}'
}

events()
{
	entente --log "$1" export | sed -e 's/"hash":"[^"]*",//' -e 's/"recorded":"[^"]*",//' | cksum
}

lines 5000 >in.jsonl
wc -c <in.jsonl
entente --log whole append in.jsonl
entente --log pieces append --batch 777 --no-sync in.jsonl
entente --log large append --batch 3000 in.jsonl
entente --log single append --batch 1 --no-sync in.jsonl
cat in.jsonl | entente --log piped append
head -n 3000 in.jsonl >one.jsonl
tail -n +3001 in.jsonl >two.jsonl
entente --log files append --batch 4000 one.jsonl two.jsonl
for log in whole pieces large single piped files; do events $log; done | uniq -c
entente --log whole append in.jsonl
entente --log whole verify
