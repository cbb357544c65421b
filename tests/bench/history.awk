# history.awk - a made-up history of 2,000 events, the same everywhere: integers
# that any awk holds exactly, and no rand().

function dated(i) {
	year = 1949 + int(i * 76 / events)
	if (dice % 10 == 0) # late news
		year -= dice % 4
	month = sprintf("%04d-%02d", year, 1 + dice % 12)
	if (dice % 20 == 1) # only the month is known
		return month
	return month sprintf("-%02d", 1 + int(dice / 12) % 28)
}

function code(n) {
	return substr(letters, 1 + int(n / 26), 1) substr(letters, 1 + n % 26, 1) "X"
}

BEGIN {
	events = 2000
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	kinds = split("member.joined member.frozen member.reactivated " \
		"member.withdrew chair.assumed exercise.held troops.refused " \
		"aid.sent meeting.held meeting.declined accusation.made " \
		"statement.made", types, " ")
	for (i = 0; i < events; i++) {
		dice = (dice * 75 + 74) % 65537
		printf "{\"type\":\"%s\",\"alliance\":\"A%02d\",\"actor\":\"%s\"," \
			"\"date\":\"%s\",\"summary\":\"Statement %d of a " \
			"generated history.\",\"source\":{\"publisher\":" \
			"\"Example\",\"url\":\"https://example.org/%d\"," \
			"\"published\":\"2020-01-01\"}}\n",
			types[1 + int(dice / 3) % kinds],
			int(dice / 64) % (1 + i % 12), code(int(dice / 7) % 195),
			dated(i), i, dice
	}
}
