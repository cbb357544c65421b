bad_line '{"type":"x.y","date":"2024","actr":"ARM","source":{"title":"T"}}'
