cp "$data/candidates.jsonl" .
made
{
	head -n 1 candidates.jsonl
	echo '{"type":"member.froze","date":"2024","source":{"title":"T"},"candidate":{}}'
	echo '{"type":"x.a","date":"2024","source":{"title":"T"},"candidate":{"score":"high"}}'
	echo 'not JSON'
	echo '{"candidate":{"rule":"r"}}'
} >in.jsonl
entente review --accept-all in.jsonl
echo "exit $?"
entente stat --json | tr ',' '\n' | grep '"events"'
ls entente.lmdb | grep review
