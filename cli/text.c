/*
 * text.c - text that grows.  Knows JSON's quoting, and nothing of terminals.
 */
#include "text.h"
#include "cli.h"
#include "safe.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void out_of_memory(void)
{
	static const char msg[] = "entente: out of memory\n";
	ssize_t n = write(STDERR_FILENO, msg, sizeof(msg) - 1);

	(void)n;
	_exit(CLI_SYSTEM);
}

void *grow(void *memory, size_t count, size_t size)
{
	void *more;

	assert(size > 0);
	if (count == 0 || count > SIZE_MAX / size)
		out_of_memory();
	more = realloc(memory, count * size);
	if (!more)
		out_of_memory();
	return more;
}

char *copy(const char *str)
{
	size_t size = strlen(str) + 1;

	return memcpy(grow(NULL, size, 1), str, size);
}

static void reserve(struct text *text, size_t more)
{
	size_t need = text->len + more + 1;

	if (need < more || need > SIZE_MAX / 2)
		out_of_memory();
	if (need <= text->cap)
		return;
	text->cap = 64 + need + need / 2;
	assert(text->cap > need);
	text->data = grow(text->data, text->cap, 1);
}

void text_bytes(struct text *text, const void *data, size_t len)
{
	reserve(text, len);
	if (len > 0)
		memcpy(text->data + text->len, data, len);
	text->len += len;
	text->data[text->len] = '\0';
}

void text_str(struct text *text, const char *str)
{
	text_bytes(text, str, strlen(str));
}

void text_repeat(struct text *text, char c, size_t n)
{
	reserve(text, n);
	memset(text->data + text->len, c, n);
	text->len += n;
	text->data[text->len] = '\0';
}

void text_number(struct text *text, uint64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			text_str(text, ",");
		text_bytes(text, &digits[i], 1);
	}
}

void text_fmt(struct text *text, const char *fmt, ...)
{
	va_list args, again;
	int n;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0)
		out_of_memory();
	reserve(text, (size_t)n);
	vsnprintf(text->data + text->len, (size_t)n + 1, fmt, again);
	va_end(again);
	text->len += (size_t)n;
}

void text_trim(struct text *text)
{
	text_bytes(text, "", 0);
	while (text->len > 0 && text->data[text->len - 1] == ' ')
		text->data[--text->len] = '\0';
}

const char *text_get(const struct text *text)
{
	return text->data ? text->data : "";
}

void text_clear(struct text *text)
{
	text->len = 0;
	if (text->data)
		text->data[0] = '\0';
}

void text_release(struct text *text)
{
	free(text->data);
	*text = (struct text){ 0 };
}

/* ---- JSON ------------------------------------------------------------- */

static void json_unit(struct text *text, uint32_t unit)
{
	text_fmt(text, "\\u%04" PRIx32, unit);
}

static void json_escaped(struct text *text, uint32_t cp)
{
	if (cp < 0x10000) {
		json_unit(text, cp);
		return;
	}
	json_unit(text, 0xD800 + ((cp - 0x10000) >> 10));
	json_unit(text, 0xDC00 + ((cp - 0x10000) & 0x3FF));
}

static void json_char(struct text *text, const char *at, size_t len, uint32_t cp)
{
	if (cp == '"' || cp == '\\')
		text_fmt(text, "\\%c", (char)cp);
	else if (cp == '\n')
		text_str(text, "\\n");
	else if (cp == '\t')
		text_str(text, "\\t");
	else if (cp == '<' || cp == '>' || cp == '&' || safe_is_harmful(cp))
		json_escaped(text, cp);
	else
		text_bytes(text, at, len);
}

void text_json_str(struct text *text, const char *str)
{
	size_t left, len;
	uint32_t cp;

	if (!str) {
		text_str(text, "null");
		return;
	}
	text_str(text, "\"");
	for (left = strlen(str); left > 0; str += len, left -= len) {
		len = safe_decode(str, left, &cp);
		if (cp == SAFE_BAD_BYTE)
			text_str(text, "\xEF\xBF\xBD");
		else
			json_char(text, str, len, cp);
	}
	text_str(text, "\"");
}

void text_json_hash(struct text *text, const struct ent_hash *hash)
{
	char hex[ENT_HASH_TEXT_SIZE];

	ent_hash_text(hash, hex);
	text_fmt(text, "\"%s\"", hex);
}

void text_json_day(struct text *text, int32_t day)
{
	char date[ENT_DAY_TEXT_SIZE];

	ent_day_text(day, date);
	text_fmt(text, "\"%s\"", date);
}

void text_json_basis(struct text *text, const struct ent_basis *basis,
		     const struct ent_hash *head)
{
	text_str(text, "{\"at\":");
	text_json_day(text, basis->at);
	text_str(text, ",\"head\":");
	text_json_hash(text, head);
	text_fmt(text, ",\"known\":%" PRIu64 ",\"published\":", basis->known);
	if (basis->has_published)
		text_json_day(text, basis->published);
	else
		text_str(text, "null");
	text_str(text, "}");
}

int text_json_value(struct text *text, const struct ent_value *value,
		    struct ent_error *err)
{
	char *json = NULL;
	size_t len = 0;
	int rc;

	if (!value) {
		text_str(text, "null");
		return ENT_OK;
	}
	rc = ent_value_json(value, ENT_JSON_SAFE, &json, &len, err);
	if (rc == ENT_OK)
		text_bytes(text, json, len);
	ent_free(json);
	return rc;
}

int text_json_event(struct text *text, const struct ent_event *event,
		    struct ent_error *err)
{
	char *json = NULL;
	size_t len = 0;
	int rc;

	rc = ent_event_json(event, &json, &len, err);
	if (rc == ENT_OK)
		text_bytes(text, json, len);
	ent_free(json);
	return rc;
}
