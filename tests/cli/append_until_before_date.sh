bad_line '{"type":"x.y","date":"2024-05","until":"2024-04","source":{"title":"T"}}'
