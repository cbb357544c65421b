/*
 * text_bytes.c - base64 and hex.
 */
#include "ground/text_bytes.h"

#include <string.h>

static const char base64_letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char hex_letters[] = "0123456789abcdef";

/* n bytes, 1 to 3. */
static void put_four(const uint8_t *at, size_t n, char four[4])
{
	uint32_t bits = (uint32_t)at[0] << 16;

	bits |= n > 1 ? (uint32_t)at[1] << 8 : 0;
	bits |= n > 2 ? at[2] : 0;
	for (size_t k = 0; k < 4; k++)
		four[k] = k <= n ? base64_letters[bits >> (18 - 6 * k) & 63] :
				   '=';
}

size_t base64_put(const void *bytes, size_t len, char *out)
{
	const uint8_t *at = bytes;
	size_t put = 0;

	for (size_t i = 0; i < len; i += 3, put += 4)
		put_four(at + i, len - i < 3 ? len - i : 3, out + put);
	return put;
}

void base64_add(struct buf *out, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;
	char four[4];

	for (size_t i = 0; i < len; i += 3) {
		put_four(at + i, len - i < 3 ? len - i : 3, four);
		buf_add(out, four, sizeof(four));
	}
}

void hex_add(struct buf *out, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++) {
		buf_byte(out, (unsigned char)hex_letters[at[i] >> 4]);
		buf_byte(out, (unsigned char)hex_letters[at[i] & 15]);
	}
}

/* What the letter stands for, or -1. */
static int digit(const char *letters, char letter)
{
	const char *at = letter ? strchr(letters, letter) : NULL;

	return at ? (int)(at - letters) : -1;
}

/* n letters (2 to 4) to n - 1 bytes; false where bits are left over. */
static bool read_four(const char *text, size_t n, uint8_t *out)
{
	uint32_t bits = 0;

	for (size_t k = 0; k < n; k++) {
		int value = digit(base64_letters, text[k]);

		if (value < 0)
			return false;
		bits |= (uint32_t)value << (18 - 6 * k);
	}
	for (size_t k = 0; k + 1 < n; k++)
		out[k] = (uint8_t)(bits >> (16 - 8 * k));
	return (bits & (0xffffffu >> (8 * (n - 1)))) == 0;
}

bool base64_read(const char *text, size_t len, void *out, size_t room,
		 size_t *out_len)
{
	size_t padding = 0, count;

	if (len % 4 != 0)
		return false;
	while (padding < 2 && padding < len && text[len - 1 - padding] == '=')
		padding++;
	count = len / 4 * 3 - padding;
	if (count > room)
		return false;
	for (size_t i = 0; i < len; i += 4) {
		size_t n = i + 4 == len ? 4 - padding : 4;

		if (!read_four(text + i, n, (uint8_t *)out + i / 4 * 3))
			return false;
	}
	*out_len = count;
	return true;
}

static int hex_byte(const char *text)
{
	int high = digit(hex_letters, text[0]);
	int low = high >= 0 ? digit(hex_letters, text[1]) : -1;

	return low < 0 ? -1 : high << 4 | low;
}

bool hex_read(const char *text, size_t len, void *out, size_t room,
	      size_t *out_len)
{
	uint8_t *at = out;

	if (len % 2 != 0 || len / 2 > room)
		return false;
	for (size_t i = 0; i < len; i += 2) {
		int byte = hex_byte(text + i);

		if (byte < 0)
			return false;
		at[i / 2] = (uint8_t)byte;
	}
	*out_len = len / 2;
	return true;
}

bool hex_read_whole(const char *text, size_t len, void *out, size_t size)
{
	size_t read = 0;

	if (len != 2 * size)
		return false;
	for (size_t i = 0; i < len; i += 2)
		if (hex_byte(text + i) < 0)
			return false;
	return hex_read(text, len, out, size, &read);
}
