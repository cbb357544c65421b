sed -n 1p "$data/csto.jsonl" | entente append --dry-run --json | sed 's/"changes":.*"dry_run"/"changes":[],"dry_run"/'; ls; ls "$TMPDIR" | grep '^entente-'
