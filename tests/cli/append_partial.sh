{ cat "$data/csto.jsonl"; echo '{"type":"member.joined","alliance":"CSTO","actor":"BLR","date":"2000","source":{"title":"T"}}'; } >in.jsonl; bad in.jsonl
