long_event 71680 >in.jsonl; bad in.jsonl
