/*
 * charset.c - bytes of any encoding to clean text.
 *
 * Source: WHATWG Encoding Standard (labels; windows-1252 stands for what calls
 * itself Latin-1 or ASCII); RFC 2781, UTF-16.
 *
 * Only encodings of this list reach the C library's converter: a name from a file
 * must not make it load what nobody has looked at.
 */
#include <iconv.h>
#include <string.h>

#include "ground/mem.h"
#include "ground/utf8.h"
#include "ground/ascii.h"
#include "news/read/charset.h"

enum {
	REPLACEMENT = 0xfffd,
	UTF8_SURE = 4 /* so many characters beyond ASCII are no accident */
};

static const struct {
	const char *label;
	const char *name; /* as iconv knows it */
} encodings[] = {
	{ "windows-1250", "CP1250" }, { "cp1250", "CP1250" },
	{ "windows-1251", "CP1251" }, { "cp1251", "CP1251" },
	{ "windows-1253", "CP1253" }, { "windows-1254", "CP1254" },
	{ "windows-1255", "CP1255" }, { "windows-1256", "CP1256" },
	{ "windows-1257", "CP1257" }, { "windows-1258", "CP1258" },
	{ "windows-874", "CP874" }, { "iso-8859-2", "ISO-8859-2" },
	{ "iso-8859-3", "ISO-8859-3" }, { "iso-8859-4", "ISO-8859-4" },
	{ "iso-8859-5", "ISO-8859-5" }, { "iso-8859-6", "ISO-8859-6" },
	{ "iso-8859-7", "ISO-8859-7" }, { "iso-8859-8", "ISO-8859-8" },
	{ "iso-8859-9", "CP1254" }, { "iso-8859-10", "ISO-8859-10" },
	{ "iso-8859-13", "ISO-8859-13" }, { "iso-8859-14", "ISO-8859-14" },
	{ "iso-8859-15", "ISO-8859-15" }, { "iso-8859-16", "ISO-8859-16" },
	{ "koi8-r", "KOI8-R" }, { "koi8-u", "KOI8-U" },
	{ "ibm866", "CP866" }, { "cp866", "CP866" },
	{ "macintosh", "MACINTOSH" }, { "gb2312", "GB18030" },
	{ "gbk", "GB18030" }, { "gb18030", "GB18030" },
	{ "big5", "BIG5" }, { "shift_jis", "CP932" },
	{ "shift-jis", "CP932" }, { "euc-jp", "EUC-JP" },
	{ "iso-2022-jp", "ISO-2022-JP" }, { "euc-kr", "CP949" },
	{ "ks_c_5601-1987", "CP949" },
};

/* What stands at 0x80 to 0x9f; 0 for nothing. */
static const uint16_t windows_1252[32] = {
	0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
	0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static void put_code(int32_t code, struct buf *out)
{
	char bytes[4];

	/* U+xxFFFE and U+xxFFFF are no characters; XML refuses them. */
	if (code < 0 || (code & 0xfffe) == 0xfffe)
		code = REPLACEMENT;
	if (utf8_is_control(code) && code != '\t' && code != '\n')
		code = ' ';
	buf_add(out, bytes, utf8_put(code, bytes));
}

/* A step over one code of clean text: -1 for a byte that is none. */
static int32_t next_code(const char *text, size_t len, size_t *at)
{
	int32_t code = utf8_next(text, len, at);

	if (code < 0)
		++*at;
	if (code != '\r')
		return code;
	if (*at < len && text[*at] == '\n')
		++*at;
	return '\n';
}

void charset_clean(const char *text, size_t len, struct buf *out)
{
	size_t at = 0, plain;

	while (at < len) {
		plain = utf8_plain(text + at, len - at);
		buf_add(out, text + at, plain);
		at += plain;
		for (int i = 0; i < 16 && at < len; i++)
			put_code(next_code(text, len, &at), out);
	}
}

static void decode_1252(const char *bytes, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		int32_t code = byte;

		if (byte == '\r' && i + 1 < len && bytes[i + 1] == '\n')
			continue;
		if (byte >= 0x80 && byte < 0xa0)
			code = windows_1252[byte - 0x80]
				? windows_1252[byte - 0x80] : REPLACEMENT;
		put_code(code == '\r' ? '\n' : code, out);
	}
}

static int32_t unit16(const char *bytes, bool big)
{
	unsigned char a = (unsigned char)bytes[0], b = (unsigned char)bytes[1];

	return big ? a << 8 | b : b << 8 | a;
}

static void decode_utf16(const char *bytes, size_t len, bool big, struct buf *out)
{
	int32_t code, low;

	for (size_t i = 0; i + 1 < len; i += 2) {
		code = unit16(bytes + i, big);
		low = i + 3 < len ? unit16(bytes + i + 2, big) : 0;
		if (code >= 0xd800 && code < 0xdc00 && low >= 0xdc00 &&
		    low < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		} else if (code >= 0xd800 && code < 0xe000) {
			code = REPLACEMENT;
		}
		if (code == '\r' && low == '\n')
			continue;
		put_code(code == '\r' ? '\n' : code, out);
	}
}

struct tally {
	size_t good; /* characters beyond ASCII */
	size_t bad;  /* bytes that are not UTF-8 */
};

static struct tally count_utf8(const char *bytes, size_t len)
{
	struct tally tally = { 0, 0 };
	size_t at = 0;

	while (at < len) {
		int32_t code = utf8_next(bytes, len, &at);

		if (code < 0) {
			tally.bad++;
			at++;
		}
		tally.good += code >= 0x80;
	}
	return tally;
}

static void convert(iconv_t converter, const char *bytes, size_t len,
		    struct buf *out)
{
	char *in = (char *)bytes; /* iconv() does not write there */
	char chunk[4096], *to = chunk;
	size_t room = sizeof(chunk), before, rc;

	while (len > 0 && !out->failed) {
		to = chunk;
		room = sizeof(chunk);

		before = len;
		rc = iconv(converter, &in, &len, &to, &room);
		buf_add(out, chunk, (size_t)(to - chunk));
		if (rc == (size_t)-1 && len == before && to == chunk) {
			put_code(REPLACEMENT, out);
			in++;
			len--;
		}
	}
	/* A letter may still wait for an accent to join it. */
	to = chunk;
	room = sizeof(chunk);
	iconv(converter, NULL, NULL, &to, &room);
	buf_add(out, chunk, (size_t)(to - chunk));
}

static const char *encoding_name(const char *declared)
{
	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if (ascii_same(declared, strlen(declared), encodings[i].label))
			return encodings[i].name;
	return NULL;
}

/* false: not an encoding that we know, or not one of this system. */
static bool decode_declared(const char *bytes, size_t len, const char *declared,
			    struct buf *out)
{
	const char *name = encoding_name(declared);
	struct buf raw = { 0 };
	iconv_t converter;

	if (!name)
		return false;
	converter = iconv_open("UTF-8", name);
	if (converter == (iconv_t)-1)
		return false;
	convert(converter, bytes, len, &raw);
	iconv_close(converter);
	if (raw.data)
		charset_clean(raw.data, raw.len, out);
	out->failed |= raw.failed;
	buf_release(&raw);
	return true;
}

static bool starts_with(const char *bytes, size_t len, const char *with,
			size_t with_len)
{
	return len >= with_len && memcmp(bytes, with, with_len) == 0;
}

/* A byte order mark, or XML's first character with its other byte. */
static bool decode_marked(const char *bytes, size_t len, struct buf *out)
{
	bool big;

	if (starts_with(bytes, len, "\xef\xbb\xbf", 3)) {
		charset_clean(bytes + 3, len - 3, out);
		return true;
	}
	big = starts_with(bytes, len, "\xfe\xff", 2);
	if (big || starts_with(bytes, len, "\xff\xfe", 2)) {
		decode_utf16(bytes + 2, len - 2, big, out);
		return true;
	}
	big = starts_with(bytes, len, "\0<\0", 3);
	if (big || (starts_with(bytes, len, "<\0", 2) && len > 3 && !bytes[3])) {
		decode_utf16(bytes, len, big, out);
		return true;
	}
	return false;
}

/* What is UTF-8 throughout is that, whatever it was declared as before somebody
 * saved it anew.  A text in UTF-8 that was damaged has far more good characters
 * beyond ASCII than bad bytes; one in another encoding has hardly a good one. */
int charset_decode(const char *bytes, size_t len, const char *declared,
		   struct buf *out, struct ent_error *err)
{
	struct tally tally;
	bool sure;

	if (decode_marked(bytes, len, out))
		return buf_check(out, err);
	tally = count_utf8(bytes, len);
	sure = tally.bad == 0 && tally.good >= UTF8_SURE;
	if (!sure && declared && decode_declared(bytes, len, declared, out))
		return buf_check(out, err);
	if (tally.bad == 0 || tally.good > 2 * tally.bad)
		charset_clean(bytes, len, out);
	else
		decode_1252(bytes, len, out);
	return buf_check(out, err);
}
