/*
 * charset_declared.c - what a file says of its own encoding.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/charset.h"

enum { DECLARED_WITHIN = 4096 }; /* HTML says 1,024; pages are not that good */

static bool is_name_byte(char byte)
{
	return ascii_is_letter(byte) || ascii_is_digit(byte) || byte == '-' ||
	       byte == '_' || byte == '.' || byte == ':';
}

/* The value behind text[at], which is behind "=": quoted or bare. */
static bool take_value(const char *text, size_t len, size_t at, char *out,
		       size_t size)
{
	char quote = '\0';
	size_t count = 0;

	while (at < len && ascii_is_space(text[at]))
		at++;
	if (at < len && (text[at] == '"' || text[at] == '\''))
		quote = text[at++];
	for (; at < len && count + 1 < size; at++) {
		if (quote ? text[at] == quote
			  : ascii_is_space(text[at]) || strchr(";,>\"'", text[at]))
			break;
		out[count++] = text[at];
	}
	out[count] = '\0';
	return count > 0;
}

bool charset_parameter(const char *text, size_t len, const char *name,
		       char *out, size_t size)
{
	const char *end = text + len, *at = text;
	size_t name_len = strlen(name);

	while ((at = ascii_find(at, (size_t)(end - at), name))) {
		bool alone = at == text || !is_name_byte(at[-1]);

		at += name_len;
		while (at < end && ascii_is_space(*at))
			at++;
		if (alone && at < end && *at == '=')
			return take_value(text, len, (size_t)(at + 1 - text), out,
					  size);
	}
	return false;
}

static bool in_declaration(const char *bytes, size_t len,
			   char out[CHARSET_NAME_SIZE])
{
	const char *end = memchr(bytes, '>', len);

	return end && charset_parameter(bytes, (size_t)(end - bytes), "encoding",
					out, CHARSET_NAME_SIZE);
}

bool charset_declared(const char *bytes, size_t len,
		      char out[CHARSET_NAME_SIZE])
{
	const char *at, *limit, *end;

	while (len > 0 && ascii_is_space(*bytes))
		bytes++, len--;
	limit = bytes + (len < DECLARED_WITHIN ? len : DECLARED_WITHIN);
	if (ascii_starts(bytes, len, "<?xml") && in_declaration(bytes, len, out))
		return true;
	for (at = bytes; (at = ascii_find(at, (size_t)(limit - at), "<meta"));
	     at = end) {
		end = memchr(at, '>', (size_t)(limit - at));
		if (!end)
			return false;
		if (charset_parameter(at, (size_t)(end - at), "charset", out,
				      CHARSET_NAME_SIZE))
			return true;
	}
	return false;
}
