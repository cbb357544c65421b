/*
 * mail_decode.c - quoted-printable and base64.
 *
 * Source: RFC 2045, 6.7 and 6.8; RFC 2047, 4.2, where "_" is a space.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/mail.h"

/* How many bytes a "=" at the end of a line takes with it, 0 for another one. */
static size_t soft_break(const char *text, size_t len)
{
	size_t at = 1;

	while (at < len && (text[at] == ' ' || text[at] == '\t'))
		at++;
	if (at < len && text[at] == '\r')
		at++;
	if (at >= len)
		return len;
	return text[at] == '\n' ? at + 1 : 0;
}

void mail_decode_quoted(const char *text, size_t len, bool word, struct buf *out)
{
	size_t at = 0, skip;

	while (at < len) {
		int high = at + 2 < len ? ascii_hex_digit(text[at + 1]) : -1;
		int low = high >= 0 ? ascii_hex_digit(text[at + 2]) : -1;

		if (text[at] == '=' && low >= 0) {
			buf_byte(out, (unsigned char)(high << 4 | low));
			at += 3;
			continue;
		}
		skip = text[at] == '=' ? soft_break(text + at, len - at) : 0;
		if (skip == 0)
			buf_byte(out, (unsigned char)(word && text[at] == '_'
							      ? ' ' : text[at]));
		at += skip ? skip : 1;
	}
}

static int base64_digit(char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return byte - 'A';
	if (byte >= 'a' && byte <= 'z')
		return byte - 'a' + 26;
	if (byte >= '0' && byte <= '9')
		return byte - '0' + 52;
	return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

void mail_decode_base64(const char *text, size_t len, struct buf *out)
{
	uint32_t bits = 0;
	int count = 0;

	for (size_t i = 0; i < len && text[i] != '='; i++) {
		int digit = base64_digit(text[i]);

		if (digit < 0)
			continue;
		bits = bits << 6 | (uint32_t)digit;
		count += 6;
		if (count < 8)
			continue;
		count -= 8;
		buf_byte(out, (unsigned char)(bits >> count & 0xff));
	}
}
