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
