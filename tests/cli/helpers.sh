# helpers.sh - what the scripts share.  Each runs in an empty folder of its own,
# with the program first in PATH and $data naming this folder.

# A log of ten events.
made()
{
	entente append "$data/csto.jsonl" >/dev/null
}

# Append what cannot be appended to a log, then say whether it is as it was.
bad()
{
	made
	before=$(entente verify --json)
	entente append "$@"
	echo "exit $?"
	after=$(entente verify --json)
	[ "$before" = "$after" ] && echo "log unchanged" || echo "LOG CHANGED"
}

bad_line()
{
	printf '%s\n' "$1" >line.jsonl
	bad line.jsonl
}

# An event of so many bytes of text, and one so deep in data.
long_event()
{
	printf '{"type":"x.long","date":"2024","source":{"title":"T"},"data":{"text":"'
	head -c "$1" /dev/zero | tr '\0' a
	printf '"}}\n'
}

deep_event()
{
	printf '{"type":"x.deep","date":"2024","source":{"title":"T"},"data":'
	i=0
	while [ $i -lt "$1" ]; do printf '{"a":'; i=$((i + 1)); done
	printf 1
	while [ $i -gt 0 ]; do printf '}'; i=$((i - 1)); done
	printf '}\n'
}

skip()
{
	echo "$1" >"$skipped"
	exit 77
}

# The names of the articles that were read, in their order, from a file of --seen.
seen_names()
{
	sed -n 's/.*"name":"\([^"]*\)".*/\1/p' "$1"
}

# An article: those of two numbers are copies of each other.
words()
{
	echo "Delegates met in the old town hall and left at $1 without a treaty."
	echo "Nobody had expected one. The talks go on in spring, with fewer flags" \
		"on the table and more water in the wine, as the host put it."
}

# So many articles of one feed, one a line.
news_lines()
{
	i=0
	while [ $i -lt "$1" ]; do
		i=$((i + 1))
		printf '{"url":"https://example.org/%s","published":"2024","text":"%s"}\n' $i "$(words $i | tr '\n' ' ')"
	done
}

# Keys, roots and signatures differ each time.
mask64()
{
	sed -E -e 's/\+[0-9a-f]{8}\+A[A-Za-z0-9+\/]{43}/+ID+KEY/g' \
		-e 's/RW[A-Za-z0-9+\/]{54}$/MINIKEY/g' -e 's/RW[A-Za-z0-9+\/]{54}"/MINIKEY"/g' \
		-e 's/RU[A-Za-z0-9+\/]{97}=/MINISIG/g' \
		-e 's/[A-Za-z0-9+\/]{91}=/SIGNATURE/g' -e 's/[A-Za-z0-9+\/]{86}==/SIGNATURE/g' \
		-e 's/[A-Za-z0-9+\/]{43}=/ROOT/g' -e 's/\([0-9a-f]{8}\)/(ID)/g'
}
