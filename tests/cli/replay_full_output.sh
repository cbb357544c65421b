[ -w /dev/full ] || skip "there is no /dev/full"; made; entente replay 2024 >/dev/full
