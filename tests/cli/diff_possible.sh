made
echo '{"type":"member.joined","alliance":"CSTO","actor":"FIN","date":"2023","until":"2023","source":{"title":"T"}}' | entente append >/dev/null
entente diff 2022 2023-06 | grep -A 1 FIN
echo '{"type":"member.joined","alliance":"CSTO","actor":"SWE","date":"../2023-05","source":{"title":"T"}}' | entente append >/dev/null; entente diff 2022 2022 --known 11..12 | grep SWE
