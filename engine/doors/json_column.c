/*
 * json_column.c - where in a JSON text a member stands.
 *
 * A scanner of its own: the tree that was read does not remember places.  It
 * takes text that json_read() accepted, so it only has to find ends.
 */
#include <assert.h>
#include <string.h>

#include "doors/json.h"
#include "doors/json_private.h"
#include "ground/utf8.h"

struct scan {
	const char *text;
	size_t len;
	size_t at;
};

static char peek(const struct scan *scan)
{
	return scan->at < scan->len ? scan->text[scan->at] : '\0';
}

static void skip_space(struct scan *scan)
{
	while (peek(scan) && strchr(" \t\r\n", peek(scan)))
		scan->at++;
}

static void skip_string(struct scan *scan)
{
	for (scan->at++; scan->at < scan->len && peek(scan) != '"'; scan->at++)
		scan->at += peek(scan) == '\\';
	scan->at++;
}

static void skip_value(struct scan *scan)
{
	int levels = 0;

	do {
		char byte = peek(scan);

		if (byte == '"') {
			skip_string(scan);
			continue;
		}
		levels += byte == '{' || byte == '[';
		levels -= byte == '}' || byte == ']';
		scan->at++;
	} while (scan->at < scan->len &&
		 (levels > 0 || !strchr(",}] \t\r\n", peek(scan))));
}

static int32_t hex4(const char *at)
{
	int32_t number = 0;

	for (int i = 0; i < 4; i++) {
		const char *digits = "0123456789abcdef";
		const char *found = strchr(digits, at[i] | 0x20);

		number = number * 16 + (int32_t)(found ? found - digits : 0);
	}
	return number;
}

/* One character of a string, escaped or not; steps over it. */
static int32_t take_character(struct scan *scan)
{
	static const char names[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
	const char *name;
	int32_t code;

	if (peek(scan) != '\\')
		return utf8_next(scan->text, scan->len, &scan->at);
	scan->at++;
	name = strchr(names, peek(scan));
	if (name && *name) {
		scan->at++;
		return codes[name - names];
	}
	code = hex4(scan->text + scan->at + 1);
	scan->at += 5;
	if (code >= 0xd800 && code < 0xdc00) { /* a pair follows: \uXXXX */
		code = 0x10000 + ((code - 0xd800) << 10) +
		       (hex4(scan->text + scan->at + 2) - 0xdc00);
		scan->at += 6;
	}
	return code;
}

/* Whether the string here is name; steps over it either way. */
static bool take_name(struct scan *scan, const char *name)
{
	struct scan inside = { scan->text, scan->len, scan->at + 1 };
	size_t len = strlen(name), at = 0;
	bool same = true;

	skip_string(scan);
	while (same && inside.at < scan->at - 1) {
		int32_t code = take_character(&inside);

		same = at < len && code == utf8_next(name, len, &at);
	}
	return same && at == len;
}

/*
 * On an object: step onto the value of its member of that name.  *name_at is
 * then where the name stands.
 */
static bool find_member(struct scan *scan, const char *name, size_t *name_at)
{
	if (peek(scan) != '{')
		return false;
	scan->at++;
	for (skip_space(scan); peek(scan) == '"'; skip_space(scan)) {
		size_t start = scan->at;
		bool found = take_name(scan, name);

		skip_space(scan);
		scan->at++; /* the colon */
		skip_space(scan);
		if (found) {
			*name_at = start;
			return true;
		}
		skip_value(scan);
		skip_space(scan);
		scan->at += peek(scan) == ',';
	}
	return false;
}

int json_column(const char *text, size_t len, const char *key,
		const char *member, bool name)
{
	struct scan scan = { text, len, 0 };
	size_t name_at = 0;

	assert(text);

	if (!key)
		return 1;
	skip_space(&scan);
	if (!find_member(&scan, key, &name_at))
		return 1;
	if (member && !find_member(&scan, member, &name_at))
		return json_column_at(text, scan.at < len ? name_at : 0);
	return json_column_at(text, name ? name_at : scan.at);
}
