bad_line '{"type":"member.joind","alliance":"CSTO","actor":"BLR","date":"2024","source":{"title":"T"}}'
