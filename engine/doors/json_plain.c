/*
 * json_plain.c - a fast reader of plain JSON, which is nearly all there is.
 *
 * It takes a text only where it is sure: whatever else comes is left to jansson,
 * which reads it or says what is wrong.  Texts are decoded in place, in one copy
 * of the whole, whose NUL ends every loop.
 *
 * Source: RFC 8259.
 */
#include <stdlib.h>
#include <string.h>

#include "doors/json.h"
#include "doors/json_private.h"
#include "ground/ascii.h"
#include "ground/utf8.h"
#include "values/value.h"

enum {
	PENDING_MAX = 256,   /* entries of lists and maps that are not closed */
	INSERTION_MAX = 16,  /* entries that are sorted one by one */
	INTEGER_DIGITS = 18, /* that always fit */
	REAL_BYTES_MAX = 40
};

struct plain {
	char *at;
	struct arena *arena;
	size_t pending; /* entries of the stack in use */
	int levels;
	struct ent_member stack[PENDING_MAX];
};

static bool take_value(struct plain *plain, struct ent_value *out);

static void skip_space(struct plain *plain)
{
	while (*plain->at == ' ' || *plain->at == '\t' || *plain->at == '\n' ||
	       *plain->at == '\r')
		plain->at++;
}

/* Step over byte and the space before it. */
static bool take_byte(struct plain *plain, char byte)
{
	skip_space(plain);
	if (*plain->at != byte)
		return false;
	plain->at++;
	return true;
}

/* ---- texts -------------------------------------------------------------- */

/* The four digits behind \u.  NUL and surrogates, paired or not, are not plain. */
static bool take_code(const char *digits, char **to)
{
	int32_t code = 0;

	for (int i = 0; i < 4; i++) {
		int digit = ascii_hex_digit(digits[i]);

		if (digit < 0)
			return false;
		code = code << 4 | digit;
	}
	if (code == 0 || (code >= 0xd800 && code <= 0xdfff))
		return false;
	*to += utf8_put(code, *to);
	return true;
}

/* What stands behind a backslash; it is no shorter than what it means. */
static bool take_escape(const char **from, char **to)
{
	static const char names[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
	const char *name;

	if (**from == 'u') {
		if (!take_code(*from + 1, to))
			return false;
		*from += 5;
		return true;
	}
	name = **from ? strchr(names, **from) : NULL;
	if (!name)
		return false;
	*(*to)++ = codes[name - names];
	++*from;
	return true;
}

static bool is_inside(char byte)
{
	return byte != '"' && byte != '\\' && (unsigned char)byte >= 0x20;
}

/* From the first backslash of a text on; returns its end. */
static char *take_escaped(struct plain *plain, char *to)
{
	const char *from = to;

	while (*from != '"') {
		if (is_inside(*from)) {
			*to++ = *from++;
			continue;
		}
		if (*from++ != '\\' || !take_escape(&from, &to))
			return NULL;
	}
	plain->at += from - plain->at + 1;
	return to;
}

/* Behind its first quote.  The NUL goes where at least a quote stood. */
static bool take_text(struct plain *plain, const char **out, size_t *out_len)
{
	char *start = plain->at, *end = start;

	while (is_inside(*end))
		end++;
	if (*end == '"') {
		plain->at = end + 1;
	} else {
		end = take_escaped(plain, end);
		if (!end)
			return false;
	}
	*end = '\0';
	*out = start;
	*out_len = (size_t)(end - start);
	return true;
}

/* ---- numbers ------------------------------------------------------------ */

/* A number that is no integer, which starts at start. */
static bool take_real(struct plain *plain, const char *start,
		      struct ent_value *out)
{
	size_t len = strspn(start, "0123456789+-.eE");

	plain->at += start + len - plain->at;
	return len <= REAL_BYTES_MAX &&
	       json_library(start, len, plain->arena, out, NULL) == ENT_OK;
}

static bool take_number(struct plain *plain, struct ent_value *out)
{
	const char *start = plain->at, *digits;
	uint64_t number = 0; /* one digit too many fits as well */

	plain->at += *start == '-';
	digits = plain->at;
	while (*plain->at >= '0' && *plain->at <= '9' &&
	       plain->at - digits <= INTEGER_DIGITS)
		number = number * 10 + (uint64_t)(*plain->at++ - '0');
	if (*plain->at == '.' || *plain->at == 'e' || *plain->at == 'E')
		return take_real(plain, start, out);
	if (plain->at == digits || plain->at - digits > INTEGER_DIGITS ||
	    (*digits == '0' && plain->at - digits > 1))
		return false;
	*out = value_int(*start == '-' ? -(int64_t)number : (int64_t)number);
	return true;
}

/* ---- lists and maps ------------------------------------------------------ */

static struct ent_member *push(struct plain *plain)
{
	return plain->pending < PENDING_MAX ? &plain->stack[plain->pending++]
					    : NULL;
}

/* Behind the bracket; the entries are those above base. */
static bool take_list(struct plain *plain, size_t base, struct ent_value *out)
{
	struct ent_value *items;
	size_t count;

	if (!take_byte(plain, ']')) {
		do {
			struct ent_member *entry = push(plain);

			if (!entry || !take_value(plain, &entry->value))
				return false;
		} while (take_byte(plain, ','));
		if (!take_byte(plain, ']'))
			return false;
	}
	count = plain->pending - base;
	plain->pending = base;
	items = arena_alloc(plain->arena, value_room(count) * sizeof(*items));
	if (!items)
		return false;
	for (size_t i = 0; i < count; i++)
		items[i] = plain->stack[base + i].value;
	*out = (struct ent_value){ .kind = ENT_LIST, .len = count,
				   .as.items = count ? items : NULL };
	return true;
}

static void sort_few(struct ent_member *members, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct ent_member member = members[i];
		size_t at = i;

		for (; at > 0 && value_key_order(members[at - 1].key,
						  member.key) > 0;
		     at--)
			members[at] = members[at - 1];
		members[at] = member;
	}
}

/* Behind the name of the member that was pushed last. */
static bool take_member(struct plain *plain)
{
	struct ent_member *entry = push(plain);
	size_t len;

	return entry && take_byte(plain, '"') &&
	       take_text(plain, &entry->key, &len) && take_byte(plain, ':') &&
	       take_value(plain, &entry->value);
}

static bool sort_members(struct ent_member *members, size_t count)
{
	if (count <= INSERTION_MAX)
		sort_few(members, count);
	else
		qsort(members, count, sizeof(*members), json_by_key);
	for (size_t i = 1; i < count; i++) {
		if (value_key_order(members[i - 1].key, members[i].key) == 0)
			return false;
	}
	return true;
}

static bool take_map(struct plain *plain, size_t base, struct ent_value *out)
{
	struct ent_member *members;
	size_t count;

	if (!take_byte(plain, '}')) {
		do {
			if (!take_member(plain))
				return false;
		} while (take_byte(plain, ','));
		if (!take_byte(plain, '}'))
			return false;
	}
	count = plain->pending - base;
	plain->pending = base;
	if (!sort_members(plain->stack + base, count))
		return false;
	members = arena_alloc(plain->arena,
			      value_room(count) * sizeof(*members));
	if (!members)
		return false;
	memcpy(members, plain->stack + base, count * sizeof(*members));
	*out = (struct ent_value){ .kind = ENT_MAP, .len = count,
				   .as.members = count ? members : NULL };
	return true;
}

/* ---- any value ----------------------------------------------------------- */

static bool take_word(struct plain *plain, const char *word,
		      struct ent_value value, struct ent_value *out)
{
	size_t len = strlen(word);

	if (strncmp(plain->at, word, len) != 0)
		return false;
	plain->at += len;
	*out = value;
	return true;
}

static bool take_nested(struct plain *plain, struct ent_value *out)
{
	bool list = *plain->at++ == '[', taken;

	if (++plain->levels > JSON_DEPTH_MAX)
		return false;
	taken = list ? take_list(plain, plain->pending, out)
		     : take_map(plain, plain->pending, out);
	plain->levels--;
	return taken;
}

static bool take_value(struct plain *plain, struct ent_value *out)
{
	skip_space(plain);
	switch (*plain->at) {
	case '"':
		plain->at++;
		out->kind = ENT_TEXT;
		return take_text(plain, &out->as.text, &out->len);
	case '{':
	case '[':
		return take_nested(plain, out);
	case 't':
		return take_word(plain, "true", value_bool(true), out);
	case 'f':
		return take_word(plain, "false", value_bool(false), out);
	case 'n':
		return take_word(plain, "null", value_null(), out);
	default:
		return take_number(plain, out);
	}
}

bool json_plain(const char *text, size_t len, struct arena *arena,
		struct ent_value *out)
{
	char *copy = arena_text(arena, text, len);
	struct plain plain;
	struct ent_value value;

	plain.at = copy; /* not the stack, which is written before it is read */
	plain.arena = arena;
	plain.pending = 0;
	plain.levels = 0;
	if (!copy || !take_value(&plain, &value))
		return false;
	skip_space(&plain);
	if (plain.at != copy + len)
		return false;
	*out = value;
	return true;
}
