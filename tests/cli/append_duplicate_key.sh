bad_line '{"type":"x.y","date":"2024","date":"2025","source":{"title":"T"}}'
