# What held before comes back when an `until` has passed: nobody gave its start.
made
echo '{"type":"member.frozen","alliance":"CSTO","actor":"RUS","date":"2001","until":"2003-05","source":{"title":"T"}}' | entente append >/dev/null
entente export --format csv | grep ,RUS, | cut -d, -f1-11
