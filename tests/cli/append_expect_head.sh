echo '{"type":"x.y","date":"2024","source":{"title":"T"}}' >one; bad --expect-head 3 one; entente append --expect-head 10 one
