made
entente backup --json b | sed 's/"bytes":[0-9]*/"bytes":N/'
entente --log c restore --json b | sed 's/"bytes":[0-9]*/"bytes":N/'
entente compact --json | sed 's/"bytes_after":[0-9]*,"bytes_before":[0-9]*/"bytes_after":N,"bytes_before":N/'
entente verify
