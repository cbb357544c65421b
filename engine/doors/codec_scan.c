/*
 * codec_scan.c - whether bytes are one canonical value; nothing is allocated.
 *
 * Source: MessagePack specification (github.com/msgpack/msgpack, spec.md).
 */
#include <assert.h>
#include <string.h>

#include "doors/codec.h"
#include "ground/be.h"
#include "ground/utf8.h"

struct scan {
	const uint8_t *bytes;
	size_t len;
	size_t at;
	size_t nodes;
	struct ent_error *err;
};

static int scan_value(struct scan *scan, int level);

static int corrupt(struct scan *scan, size_t at, const char *what)
{
	return ent_error_set(scan->err, ENT_ECORRUPT, "byte %zu: %s", at, what);
}

static bool take(struct scan *scan, size_t count, const uint8_t **out)
{
	if (count > scan->len - scan->at)
		return false;
	*out = scan->bytes + scan->at;
	scan->at += count;
	return true;
}

/* A big-endian number of 1, 2, 4 or 8 bytes. */
static int take_number(struct scan *scan, size_t bytes, uint64_t *out)
{
	const uint8_t *from;

	if (!take(scan, bytes, &from))
		return corrupt(scan, scan->len, "cut short");
	*out = 0;
	for (size_t i = 0; i < bytes; i++)
		*out = *out << 8 | from[i];
	return ENT_OK;
}

/* The largest number that has a form shorter than that many bytes. */
static uint64_t shorter_max(size_t bytes, uint64_t fixed_max)
{
	return bytes == 1 ? fixed_max : (UINT64_C(1) << (bytes / 2 * 8)) - 1;
}

static int take_unsigned(struct scan *scan, size_t start, size_t bytes)
{
	uint64_t number = 0;
	int rc = take_number(scan, bytes, &number);

	if (rc < 0)
		return rc;
	if (number <= shorter_max(bytes, 0x7f))
		return corrupt(scan, start, "the number has a shorter form");
	if (number > INT64_MAX)
		return corrupt(scan, start, "the number is beyond 63 bits");
	return ENT_OK;
}

/* Only negative numbers have signed forms. */
static int take_signed(struct scan *scan, size_t start, size_t bytes)
{
	unsigned shift = (unsigned)(64 - bytes * 8);
	uint64_t number = 0, magnitude;
	int rc = take_number(scan, bytes, &number);

	if (rc < 0)
		return rc;
	number <<= shift; /* the sign to the top */
	if (!(number >> 63))
		return corrupt(scan, start, "the number has an unsigned form");
	magnitude = ~number >> shift; /* -n - 1 */
	if (magnitude <= shorter_max(bytes, 0x1f) >> (bytes > 1))
		return corrupt(scan, start, "the number has a shorter form");
	return ENT_OK;
}

static int take_real(struct scan *scan, size_t start)
{
	const double limit = 9223372036854775808.0; /* 2^63 */
	uint64_t bits = 0;
	double real, whole;
	int rc = take_number(scan, 8, &bits);

	if (rc < 0)
		return rc;
	if ((bits >> 52 & 0x7ff) == 0x7ff)
		return corrupt(scan, start, "the number is not finite");
	memcpy(&real, &bits, sizeof(real));
	if (real < -limit || real >= limit)
		return ENT_OK;
	whole = (double)(int64_t)real;
	if (whole <= real && whole >= real)
		return corrupt(scan, start, "the number has an integer form");
	return ENT_OK;
}

/* The length of a text, or how many entries, in its shortest form. */
static int take_length(struct scan *scan, size_t start, size_t bytes,
		       uint64_t shorter, size_t *out)
{
	uint64_t length = 0;
	int rc = take_number(scan, bytes, &length);

	if (rc < 0)
		return rc;
	if (length <= shorter)
		return corrupt(scan, start, "the length has a shorter form");
	if (length > scan->len)
		return corrupt(scan, start, "longer than the bytes there are");
	*out = (size_t)length;
	return ENT_OK;
}

static int scan_text_body(struct scan *scan, size_t start, size_t length,
			  struct ent_bytes *out)
{
	const uint8_t *text;

	if (!take(scan, length, &text))
		return corrupt(scan, start, "longer than the bytes there are");
	if (utf8_check((const char *)text, length) < length)
		return corrupt(scan, start, "the text is not UTF-8");
	if (memchr(text, 0, length))
		return corrupt(scan, start, "the text has a NUL");
	*out = (struct ent_bytes){ text, length };
	return ENT_OK;
}

static int scan_text(struct scan *scan, struct ent_bytes *out)
{
	size_t start = scan->at, length = 0;
	uint64_t head = 0;
	int rc = take_number(scan, 1, &head);

	if (rc < 0)
		return rc;
	if (head >= 0xa0 && head <= 0xbf)
		length = head & 0x1f;
	else if (head == 0xd9)
		rc = take_length(scan, start, 1, 31, &length);
	else if (head == 0xda)
		rc = take_length(scan, start, 2, 0xff, &length);
	else if (head == 0xdb)
		rc = take_length(scan, start, 4, 0xffff, &length);
	else
		rc = corrupt(scan, start, "a key that is no text");
	return rc < 0 ? rc : scan_text_body(scan, start, length, out);
}

static bool ascends(struct ent_bytes before, struct ent_bytes key)
{
	size_t common = before.len < key.len ? before.len : key.len;
	int order = common ? memcmp(before.data, key.data, common) : 0;

	return order < 0 || (order == 0 && before.len < key.len);
}

static int scan_map(struct scan *scan, size_t count, int level)
{
	struct ent_bytes before = { NULL, 0 }, key = { NULL, 0 };
	int rc = ENT_OK;

	for (size_t i = 0; i < count && rc == ENT_OK; i++) {
		size_t start = scan->at;

		rc = scan_text(scan, &key);
		if (rc == ENT_OK && i > 0 && !ascends(before, key))
			rc = corrupt(scan, start, "the keys do not ascend");
		if (rc == ENT_OK)
			rc = scan_value(scan, level + 1);
		before = key;
	}
	return rc;
}

static int scan_list(struct scan *scan, size_t count, int level)
{
	int rc = ENT_OK;

	for (size_t i = 0; i < count && rc == ENT_OK; i++)
		rc = scan_value(scan, level + 1);
	return rc;
}

/* Lists and maps of more than 15 entries. */
static int scan_long(struct scan *scan, size_t start, uint8_t head, int level)
{
	bool wide = head == 0xdd || head == 0xdf;
	size_t count = 0;
	int rc = take_length(scan, start, wide ? 4 : 2, wide ? 0xffff : 15,
			     &count);

	if (rc < 0)
		return rc;
	return head <= 0xdd ? scan_list(scan, count, level)
			    : scan_map(scan, count, level);
}

/* What has a first byte of its own, 0xc0 to 0xdf. */
static int scan_tagged(struct scan *scan, size_t start, uint8_t head, int level)
{
	struct ent_bytes text;

	switch (head) {
	case 0xc0: /* nil, false, true */
	case 0xc2:
	case 0xc3:
		return ENT_OK;
	case 0xcb:
		return take_real(scan, start);
	case 0xcc:
	case 0xcd:
	case 0xce:
	case 0xcf:
		return take_unsigned(scan, start, (size_t)1 << (head - 0xcc));
	case 0xd0:
	case 0xd1:
	case 0xd2:
	case 0xd3:
		return take_signed(scan, start, (size_t)1 << (head - 0xd0));
	case 0xd9:
	case 0xda:
	case 0xdb:
		scan->at = start;
		return scan_text(scan, &text);
	case 0xdc:
	case 0xdd:
	case 0xde:
	case 0xdf:
		return scan_long(scan, start, head, level);
	default:
		return corrupt(scan, start,
			       "a MessagePack type that is not allowed");
	}
}

static int scan_value(struct scan *scan, int level)
{
	size_t start = scan->at;
	struct ent_bytes text;
	uint64_t byte = 0;
	int rc = take_number(scan, 1, &byte);
	uint8_t head = (uint8_t)byte;

	if (rc < 0)
		return rc;
	if (level > CODEC_DEPTH_MAX)
		return corrupt(scan, start, "too many levels");
	if (++scan->nodes > CODEC_NODES_MAX)
		return corrupt(scan, start, "too many values");
	if (head <= 0x7f || head >= 0xe0)
		return ENT_OK; /* small numbers */
	if (head <= 0x8f)
		return scan_map(scan, head & 0x0f, level);
	if (head <= 0x9f)
		return scan_list(scan, head & 0x0f, level);
	if (head <= 0xbf) {
		scan->at = start;
		return scan_text(scan, &text);
	}
	return scan_tagged(scan, start, head, level);
}

int codec_scan(struct ent_bytes bytes, struct ent_error *err)
{
	struct scan scan = { .bytes = bytes.data, .len = bytes.len, .err = err };
	int rc;

	if (bytes.len > CODEC_BYTES_MAX)
		return ent_error_set(err, ENT_ECORRUPT,
				     "%zu bytes, at most %d", bytes.len,
				     CODEC_BYTES_MAX);
	rc = scan_value(&scan, 1);
	if (rc == ENT_OK && scan.at < scan.len)
		rc = corrupt(&scan, scan.at, "more bytes behind the value");
	return rc;
}
