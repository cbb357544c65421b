# A log that is compacted between two batches of one append.
made
events() { entente stat --json | sed 's/.*"events":\([0-9]*\).*/\1/'; }
before=$(events)
{
	echo '{"type":"x.first","date":"2024","source":{"title":"a"}}'
	until [ "$(events)" -gt "$before" ]; do :; done
	entente compact >/dev/null; echo "compact $?" >&2
	echo '{"type":"x.second","date":"2024","source":{"title":"b"}}'
} | entente append --batch 1
entente verify >/dev/null; echo "verify $?"; expr "$(events)" - "$before"
