printf '{"type":"x.y","date":"2024","summary":"a\377b","source":{"title":"T"}}\n' >line.jsonl; bad line.jsonl
