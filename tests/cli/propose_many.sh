news_lines 40 >in.jsonl; entente propose --seen s in.jsonl | grep -c '"type":"x.source"'; seen_names s | tail -1
