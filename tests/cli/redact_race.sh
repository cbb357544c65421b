# Two wait for the log, and each has seen the event whole.
made; exec 9>>entente.lmdb/writer.lock; flock 9; entente redact 5 --reason one >1 2>&1 9>&- & entente redact 5 --reason two >2 2>&1 9>&- & sleep 1; flock -u 9; wait; cat 1 2 | sed 's/(.*//' | grep -c "event 11 .*redacts event 5"; cat 1 2 | grep -c already; entente verify
