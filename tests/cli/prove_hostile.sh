printf '{"type":"x.t","date":"2024","source":{"title":"T"},"summary":"turn \\u202e back\\u2066"}\n' | entente append >/dev/null
entente prove 1 --json -o p && entente prove --check p; entente prove --check p --json | grep -o 'turn.*2066'
