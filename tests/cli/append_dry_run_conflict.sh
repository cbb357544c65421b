bad_line '{"type":"event.retracted","retracts":"12345678-1234-1234-1234-123456789012","data":{"reason":"x"}}'; entente append --dry-run line.jsonl
