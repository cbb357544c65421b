/*
 * value_json.c - values as JSON text.
 *
 * Source: RFC 8259.
 */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ground/utf8.h"
#include "values/value.h"

enum { REAL_DIGITS_MAX = 17, REAL_TEXT_SIZE = 64 };

static const char *short_escape(int32_t code)
{
	switch (code) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\b':
		return "\\b";
	case '\t':
		return "\\t";
	case '\n':
		return "\\n";
	case '\f':
		return "\\f";
	case '\r':
		return "\\r";
	default:
		return NULL;
	}
}

static bool needs_escape(int32_t code, enum ent_json_style style)
{
	if (code < 0x20 || code == '"' || code == '\\')
		return true;
	if (style != ENT_JSON_SAFE)
		return false;
	return code == '<' || code == '>' || code == '&' || utf8_is_unsafe(code);
}

static void write_escape(int32_t code, struct buf *out)
{
	const char *brief = short_escape(code);

	if (brief) {
		buf_text(out, brief);
	} else if (code < 0x10000) {
		buf_printf(out, "\\u%04x", (unsigned)code);
	} else {
		buf_printf(out, "\\u%04x\\u%04x",
			   0xd800u + (((unsigned)code - 0x10000u) >> 10),
			   0xdc00u + (((unsigned)code - 0x10000u) & 0x3ffu));
	}
}

static void write_text(const char *text, size_t len, enum ent_json_style style,
		       struct buf *out)
{
	size_t at = 0, kept = 0; /* [kept, at) is written as it stands */

	buf_byte(out, '"');
	while (at < len) {
		size_t start = at;
		int32_t code = utf8_next(text, len, &at);

		assert(code >= 0); /* values are strict UTF-8 */
		if (code < 0)
			break;
		if (!needs_escape(code, style))
			continue;
		buf_add(out, text + kept, start - kept);
		write_escape(code, out);
		kept = at;
	}
	buf_add(out, text + kept, at - kept);
	buf_byte(out, '"');
}

/* The fewest digits that read back as the same number.  The locale may print
 * and read another decimal point; what is written has a dot. */
static void write_real(double real, struct buf *out)
{
	char text[REAL_TEXT_SIZE];
	bool in_point = false;

	for (int digits = 1; digits <= REAL_DIGITS_MAX; digits++) {
		double back;

		snprintf(text, sizeof(text), "%.*g", digits, real);
		back = strtod(text, NULL);
		if (back <= real && back >= real)
			break;
	}
	for (const char *at = text; *at; at++) {
		bool point = !strchr("0123456789+-e", *at);

		if (!point)
			buf_byte(out, (unsigned char)*at);
		else if (!in_point)
			buf_byte(out, '.');
		in_point = point;
	}
}

static void write_list(const struct ent_value *list, enum ent_json_style style,
		       struct buf *out)
{
	buf_byte(out, '[');
	for (size_t i = 0; i < list->len; i++) {
		if (i > 0)
			buf_byte(out, ',');
		value_write(&list->as.items[i], style, out);
	}
	buf_byte(out, ']');
}

static void write_map(const struct ent_value *map, enum ent_json_style style,
		      struct buf *out)
{
	buf_byte(out, '{');
	for (size_t i = 0; i < map->len; i++) {
		const struct ent_member *member = &map->as.members[i];

		if (i > 0)
			buf_byte(out, ',');
		write_text(member->key, strlen(member->key), style, out);
		buf_byte(out, ':');
		value_write(&member->value, style, out);
	}
	buf_byte(out, '}');
}

void value_write(const struct ent_value *value, enum ent_json_style style,
		 struct buf *out)
{
	switch (value->kind) {
	case ENT_NULL:
		buf_text(out, "null");
		break;
	case ENT_BOOL:
		buf_text(out, value->as.boolean ? "true" : "false");
		break;
	case ENT_INT:
		buf_printf(out, "%" PRId64, value->as.integer);
		break;
	case ENT_REAL:
		write_real(value->as.real, out);
		break;
	case ENT_TEXT:
		write_text(value->as.text, value->len, style, out);
		break;
	case ENT_LIST:
		write_list(value, style, out);
		break;
	case ENT_MAP:
		write_map(value, style, out);
		break;
	}
}

int ent_value_json(const struct ent_value *value, enum ent_json_style style,
		   char **out, size_t *out_len, struct ent_error *err)
{
	struct buf text = { 0 };
	int rc;

	assert(value && out);

	value_write(value, style, &text);
	rc = buf_take(&text, out, out_len, err);
	buf_release(&text);
	return rc;
}
