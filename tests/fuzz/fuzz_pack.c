/*
 * fuzz_pack.c - any value: what packs is accepted by the scan and decodes to the
 * same value, and what does not is too deep or too large.  The bytes are a recipe.
 *
 * fuzz: -max_len=256
 */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "doors/codec.h"
#include "ground/utf8.h"
#include "values/value.h"

enum {
	LEVELS = CODEC_DEPTH_MAX + 3,
	LONG_TEXT = 33000, /* two of them are too much */
	LONG_LIST = 400,
	NODES = 8000
};

struct recipe {
	const uint8_t *at, *end;
	struct arena arena;
	size_t nodes;
	size_t bytes; /* of long texts */
};

static void build(struct recipe *recipe, int level, struct ent_value *out);

static uint64_t take(struct recipe *recipe, size_t bytes)
{
	uint64_t number = 0;

	while (bytes-- > 0 && recipe->at < recipe->end)
		number = number << 8 | *recipe->at++;
	return number;
}

/* A value may only have strict UTF-8 without NUL: others become ASCII. */
static char *build_text(struct recipe *recipe, size_t len)
{
	size_t rest = (size_t)(recipe->end - recipe->at);
	char *text;

	len = len < rest ? len : rest;
	text = arena_text(&recipe->arena, (const char *)recipe->at, len);
	FUZZ_CHECK(text);
	recipe->at += len;
	if (utf8_check(text, len) == len && strlen(text) == len)
		return text;
	for (size_t i = 0; i < len; i++)
		text[i] = (char)((text[i] & 0x3f) + '0');
	return text;
}

static void build_long_text(struct recipe *recipe, struct ent_value *out)
{
	size_t len = (size_t)take(recipe, 2) % LONG_TEXT;
	char *text;

	recipe->bytes += len;
	if (recipe->bytes > 3 * LONG_TEXT)
		return; /* more than enough */
	text = arena_alloc(&recipe->arena, len + 1);
	FUZZ_CHECK(text);
	memset(text, 'a', len);
	*out = value_borrowed(text);
}

/* A number that is an integer is one, and none is infinite. */
static void build_real(struct recipe *recipe, struct ent_value *out)
{
	uint64_t bits = take(recipe, 8);
	double real;

	memcpy(&real, &bits, sizeof(real));
	if (!isfinite(real) ||
	    (fabs(real) < 9.3e18 && fabs(trunc(real) - real) <= 0))
		real = 0.5;
	*out = (struct ent_value){ .kind = ENT_REAL, .as.real = real };
}

static void build_list(struct recipe *recipe, size_t count, int level,
		       struct ent_value *out)
{
	*out = value_list();
	for (size_t i = 0; i < count; i++) {
		struct ent_value item;

		build(recipe, level + 1, &item);
		FUZZ_CHECK(value_push(&recipe->arena, out, item, NULL) ==
			   ENT_OK);
	}
}

static void build_map(struct recipe *recipe, size_t count, int level,
		      struct ent_value *out)
{
	*out = value_map();
	for (size_t i = 0; i < count; i++) {
		char *key = build_text(recipe, (size_t)take(recipe, 1) % 40);
		struct ent_value value;

		build(recipe, level + 1, &value);
		FUZZ_CHECK(value_put(&recipe->arena, out, key, value, NULL) ==
			   ENT_OK);
	}
}

static void build(struct recipe *recipe, int level, struct ent_value *out)
{
	uint64_t what = recipe->at < recipe->end ? take(recipe, 1) : 0;
	size_t count = (size_t)what >> 3;

	*out = value_null();
	if (++recipe->nodes > NODES)
		return;
	if (level >= LEVELS && what % 8 >= 6)
		return;
	switch (what % 8) {
	case 1:
		*out = value_bool(count & 1);
		break;
	case 2:
		*out = value_int((int64_t)(take(recipe, 8) >> count * 2));
		break;
	case 3:
		*out = value_int(-(int64_t)(take(recipe, 8) >> (count * 2 + 1)));
		break;
	case 4:
		build_real(recipe, out);
		break;
	case 5:
		if (count == 31)
			build_long_text(recipe, out);
		else
			*out = value_borrowed(build_text(recipe, count * 10));
		break;
	case 6:
		build_list(recipe, count == 31 ? take(recipe, 2) % LONG_LIST : count, level,
			   out);
		break;
	case 7:
		build_map(recipe, count, level, out);
		break;
	default:
		break;
	}
}

static void check_packed(const struct ent_value *value, const struct buf *packed)
{
	struct ent_bytes bytes = { packed->data, packed->len };
	struct arena arena = { 0 };
	struct ent_value again;
	struct buf twice = { 0 };

	FUZZ_CHECK(codec_scan(bytes, NULL) == ENT_OK);
	FUZZ_CHECK(codec_unpack(bytes, &arena, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_value_equal(value, &again));
	FUZZ_CHECK(codec_pack(&again, &twice, NULL) == ENT_OK);
	FUZZ_CHECK(twice.len == packed->len &&
		   memcmp(twice.data, packed->data, twice.len) == 0);
	buf_release(&twice);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct recipe recipe = { .at = data, .end = data + size };
	static struct buf packed;
	struct ent_error err = { 0 };
	struct ent_value value;
	int rc;

	build(&recipe, 1, &value);
	buf_clear(&packed);
	rc = codec_pack(&value, &packed, &err);
	if (rc == ENT_OK) {
		check_packed(&value, &packed);
	} else {
		FUZZ_CHECK(rc == ENT_EINPUT && packed.len == 0);
		FUZZ_CHECK(value_depth(&value) > CODEC_DEPTH_MAX ||
			   strstr(err.msg, "bytes packed, at most"));
	}
	arena_release(&recipe.arena);
	return 0;
}
