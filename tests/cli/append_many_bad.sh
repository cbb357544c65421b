i=0; while [ $i -lt 23 ]; do echo "{$i}"; i=$((i + 1)); done >in.jsonl; bad in.jsonl
