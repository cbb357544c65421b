/*
 * safe.c - escaping what a terminal would act on.
 */
#include "safe.h"

#include <inttypes.h>
#include <string.h>

struct range {
	uint32_t first;
	uint32_t last;
};

/* Sorted.  Format characters that have no shape of their own, and those that
 * change how others are shown; Unicode 15, general category Cf and friends. */
static const struct range harmful[] = {
	{ 0x0000, 0x001F }, { 0x007F, 0x009F }, { 0x00AD, 0x00AD },
	{ 0x034F, 0x034F }, { 0x061C, 0x061C }, { 0x115F, 0x1160 },
	{ 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x200B, 0x200F },
	{ 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0x3164, 0x3164 },
	{ 0xFEFF, 0xFEFF }, { 0xFFA0, 0xFFA0 }, { 0xFFF0, 0xFFFB },
	{ 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF }
};

bool safe_is_harmful(uint32_t cp)
{
	for (size_t i = 0; i < sizeof(harmful) / sizeof(*harmful); i++)
		if (cp >= harmful[i].first && cp <= harmful[i].last)
			return true;
	return false;
}

/* The length that a first byte promises, with its bits and the least value
 * that needs so many bytes; 0 for a byte that begins nothing. */
static size_t begins(unsigned char byte, uint32_t *bits, uint32_t *least)
{
	if (byte < 0x80) {
		*bits = byte;
		*least = 0;
		return 1;
	}
	if (byte >= 0xC2 && byte < 0xE0) {
		*bits = byte & 0x1F;
		*least = 0x80;
		return 2;
	}
	if (byte >= 0xE0 && byte < 0xF0) {
		*bits = byte & 0x0F;
		*least = 0x800;
		return 3;
	}
	if (byte >= 0xF0 && byte < 0xF5) {
		*bits = byte & 0x07;
		*least = 0x10000;
		return 4;
	}
	return 0;
}

size_t safe_decode(const char *at, size_t left, uint32_t *out_cp)
{
	uint32_t cp = 0, least = 0;
	size_t len = begins((unsigned char)*at, &cp, &least);

	*out_cp = SAFE_BAD_BYTE;
	if (len == 0 || len > left)
		return 1;
	for (size_t i = 1; i < len; i++) {
		unsigned char byte = (unsigned char)at[i];

		if ((byte & 0xC0) != 0x80)
			return 1;
		cp = cp << 6 | (byte & 0x3F);
	}
	if (cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
		return 1;
	*out_cp = cp;
	return len;
}

static void add_char(struct text *text, const char *at, size_t len, uint32_t cp)
{
	if (cp == SAFE_BAD_BYTE)
		text_fmt(text, "\\x%02x", (unsigned)(unsigned char)*at);
	else if (!safe_is_harmful(cp))
		text_bytes(text, at, len);
	else if (cp < 0x80)
		text_fmt(text, "\\x%02" PRIx32, cp);
	else
		text_fmt(text, "\\u{%" PRIx32 "}", cp);
}

void safe_bytes(struct text *text, const char *str, size_t len,
		enum safe_space space)
{
	bool gap = false;
	uint32_t cp;

	for (size_t n; len > 0; str += n, len -= n) {
		n = safe_decode(str, len, &cp);
		if (space == SAFE_FOLD &&
		    (cp == '\n' || cp == '\t' || cp == ' ')) {
			if (!gap)
				text_str(text, " ");
			gap = true;
			continue;
		}
		gap = false;
		add_char(text, str, n, cp);
	}
}

void safe_add(struct text *text, const char *str, enum safe_space space)
{
	safe_bytes(text, str, strlen(str), space);
}
