made; cat >more.jsonl <<END
{"type":"member.joined","alliance":"CSTO","actor":"KGZ","date":"1992","source":{"publisher":"Example"},"data":{"article":"aa11"}}
{"type":"x.source","date":"2024-02-24","source":{"publisher":"Second","title":"Frozen","published":"2024-02-24","url":"https://example.org/b"},"data":{"supports":"56c9adae-ab78-5a61-99e2-eeb437c0ba1c"}}
{"type":"x.source","date":"2024-02-25","source":{"publisher":"Third $(printf '\342\200\256')"},"data":{"article":"bb22","copies":"aa11"}}
{"type":"x.source","date":"2024-02-26","source":{"publisher":"Fourth"},"data":{"supports":"56c9adae-ab78-5a61-99e2-eeb437c0ba1c"}}
{"type":"x.other","date":"2024-02-26","source":{"publisher":"Fifth"},"data":{"supports":"56c9adae-ab78-5a61-99e2-eeb437c0ba1c"}}
END
entente append more.jsonl; entente retract 14 --reason 'the same twice'
entente show 7; entente show 7 --json | sed 's/.*,"fixed_by"/"fixed_by"/'
entente show 11 | grep further; entente show 11 --json | sed 's/.*,"fixed_by"/"fixed_by"/'
entente show 13; entente show 1 | grep further || echo none
