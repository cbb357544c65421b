deep_event 16 >ok.jsonl; entente --log other append ok.jsonl; deep_event 17 >in.jsonl; bad in.jsonl
