l='{"type":"member.joined","alliance":"CSTO","actor":"BLR","date":"2000","source":{"title":"T"}}'; printf '%s\n' "$l" "$l" >in.jsonl; bad in.jsonl
