# Another writer has the log, and while each command waits for it, other files are
# put in the log's place, as compact does.
command -v flock >/dev/null && [ -d /proc/self/fd ] || { echo "flock and /proc are not both there" >"$skipped"; exit; }
made
for what in retract redact; do
	entente backup copy >/dev/null
	flock -o entente.lmdb/writer.lock sh -c '
		naps() { sed -n "s/^voluntary_ctxt_switches:[^0-9]*//p" /proc/$pid/status; }
		entente '$what' 2 --reason x 2>&1 & pid=$!
		until ls -l /proc/$pid/fd 2>/dev/null | grep -q data.mdb; do kill -0 $pid || exit; done
		first=$(naps)
		until [ "$(naps)" -gt $((first + 20)) ]; do kill -0 $pid || exit; done
		mv copy/data.mdb entente.lmdb/data.mdb; rm entente.lmdb/lock.mdb
		echo $pid >pid'
	while kill -0 $(cat pid) 2>/dev/null; do :; done
	rm -r copy pid
done
entente verify >/dev/null; echo "verify $?"; entente stat | head -n 2
