bad_line '{"type":"member.joined","alliance":"CSTO","actor":"BLR","date":"2000","corrects":"12345678-1234-1234-1234-123456789012","source":{"title":"T"}}'
