bad_line '{"type":"member.joined","alliance":"CSTO",'
