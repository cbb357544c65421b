long_event 2097152 >in.jsonl; echo nonsense >>in.jsonl; bad in.jsonl
