# Appends of one event each leave pages half empty.
i=0; while [ $i -lt 60 ]; do i=$((i + 1)); printf '{"type":"x.n","date":"2024","source":{"title":"%s"}}\n' $i; done >in
entente append --batch 1 --no-sync in >/dev/null
entente verify --json >before
entente compact >out; echo "exit $?"
awk '{ gsub(",", ""); print ($4 < $1 ? "smaller" : $0) }' out
entente verify --json | cmp - before && echo "same events, same head"
entente append "$data/csto.jsonl"
ls -A entente.lmdb
