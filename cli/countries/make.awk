# make.awk - the lists of iso-codes (iso_3166-1.json, iso_3166-3.json) as lines
# of a C table, {"ARM", "Armenia"},  not sorted yet.  Both files have one member a
# line, which is all the JSON that this reads.  Names of states that are gone end
# at their first comma ("Yugoslavia, (Socialist) Federal Republic of").

function value(line) {
	sub(/^[^:]*: *"/, "", line)
	sub(/",? *$/, "", line)
	return line
}

FNR == 1 { gone = FILENAME ~ /3166-3/ }

/^ *[{] *$/ { code = name = common = "" }
/^ *"alpha_3":/ { code = value($0) }
/^ *"name":/ { name = value($0) }
/^ *"common_name":/ { common = value($0) }

/^ *[}],? *$/ && code != "" {
	if (common != "")
		name = common
	if (gone)
		sub(/, .*/, "", name)
	if (code ~ /^[A-Z][A-Z][A-Z]$/ && name != "" && !(code in seen))
		printf "\t{ \"%s\", \"%s\" },\n", code, name
	seen[code] = 1
	code = ""
}
