/*
 * utf8.c - strict UTF-8.
 *
 * Source: RFC 3629; the Unicode Standard, table 3-7.
 */
#include <assert.h>
#include <string.h>

#include "ground/utf8.h"

enum { CODE_MAX = 0x10ffff };

struct range {
	int32_t first;
	int32_t last;
};

/* Sorted.  Controls are not listed. */
static const struct range unsafe[] = {
	{ 0x00ad, 0x00ad },   /* soft hyphen */
	{ 0x061c, 0x061c },   /* Arabic letter mark */
	{ 0x180e, 0x180e },   /* Mongolian vowel separator */
	{ 0x200b, 0x200f },   /* zero width, directional marks */
	{ 0x2028, 0x202e },   /* separators, embeddings and overrides */
	{ 0x2060, 0x206f },   /* joiners, invisible operators, isolates */
	{ 0xfeff, 0xfeff },   /* byte order mark */
	{ 0xfff9, 0xfffb },   /* interlinear annotations */
	{ 0xe0000, 0xe007f }, /* tags */
};

/* How many bytes follow a first byte, or -1; *bits are those of the code. */
static int followers(unsigned char first, int32_t *bits)
{
	if (first >= 0xc2 && first <= 0xdf) {
		*bits = first & 0x1f;
		return 1;
	}
	if (first >= 0xe0 && first <= 0xef) {
		*bits = first & 0x0f;
		return 2;
	}
	if (first >= 0xf0 && first <= 0xf4) {
		*bits = first & 0x07;
		return 3;
	}
	return -1;
}

static bool is_scalar(int32_t code, int count)
{
	static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };

	return code >= least[count] && code <= CODE_MAX &&
	       !(code >= 0xd800 && code <= 0xdfff);
}

int32_t utf8_next(const char *text, size_t len, size_t *at)
{
	const unsigned char *bytes = (const unsigned char *)text + *at;
	int32_t code = 0;
	int count;

	assert(*at < len);

	if (bytes[0] < 0x80) {
		++*at;
		return bytes[0];
	}
	count = followers(bytes[0], &code);
	if (count < 0 || (size_t)count >= len - *at)
		return -1;
	for (int i = 1; i <= count; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return -1;
		code = code << 6 | (bytes[i] & 0x3f);
	}
	if (!is_scalar(code, count))
		return -1;
	*at += (size_t)count + 1;
	return code;
}

/* In each byte of a word: x - 0x20 borrows where x < 0x20, x + 1 carries into the
 * top bit where x is 0x7f or above.  No byte disturbs its neighbour's top bit
 * before one of them has been found. */
size_t utf8_plain(const char *text, size_t len)
{
	const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
	uint64_t word;
	size_t at = 0;

	for (; len - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, text + at, sizeof(word));
		if ((word | (word - ones * 0x20) | (word + ones)) & tops)
			break;
	}
	return at;
}

size_t utf8_check(const char *text, size_t len)
{
	size_t at = utf8_plain(text, len);

	while (at < len && utf8_next(text, len, &at) >= 0) {
		if (at < len && (unsigned char)text[at] < 0x80)
			at += utf8_plain(text + at, len - at);
	}
	return at;
}

size_t utf8_cut(const char *text, size_t max)
{
	size_t len = strnlen(text, max + 1);

	if (len <= max)
		return len;
	/* At most three: what is not UTF-8 anyway is cut where it stands. */
	for (int i = 0; i < 3 && max > 0; i++) {
		if (((unsigned char)text[max] & 0xc0) != 0x80)
			return max;
		max--;
	}
	return max;
}

bool utf8_is_control(int32_t code)
{
	return (code >= 0 && code < 0x20) || (code >= 0x7f && code <= 0x9f);
}

bool utf8_is_unsafe(int32_t code)
{
	if (utf8_is_control(code))
		return true;
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(unsafe[0]); i++) {
		if (code < unsafe[i].first)
			return false;
		if (code <= unsafe[i].last)
			return true;
	}
	return false;
}

size_t utf8_put(int32_t code, char out[4])
{
	static const unsigned char lead[] = { 0x00, 0xc0, 0xe0, 0xf0 };
	size_t count = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;

	for (size_t i = count; i > 0; i--, code >>= 6)
		out[i] = (char)(0x80 | (code & 0x3f));
	out[0] = (char)(lead[count] | (unsigned char)code);
	return count + 1;
}
