/*
 * fuzz_codec.c - any bytes as a stored event: what the scan accepts decodes, and
 * packs to the same bytes; what it refuses is never given to msgpack-c.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz.h"

#include <string.h>

#include "doors/codec.h"

static void check_refused(struct ent_bytes bytes)
{
	struct ent_value value = { .kind = ENT_INT, .as.integer = 7 };
	struct arena arena = { 0 };

	FUZZ_CHECK(codec_unpack(bytes, &arena, &value, NULL) == ENT_ECORRUPT);
	FUZZ_CHECK(value.kind == ENT_INT && value.as.integer == 7);
	FUZZ_CHECK(!arena.blocks);
}

static void check_taken(struct ent_bytes bytes)
{
	static struct buf packed;
	struct arena arena = { 0 };
	struct ent_value value;

	FUZZ_CHECK(codec_unpack(bytes, &arena, &value, NULL) == ENT_OK);
	buf_clear(&packed);
	FUZZ_CHECK(codec_pack(&value, &packed, NULL) == ENT_OK);
	FUZZ_CHECK(packed.len == bytes.len);
	FUZZ_CHECK(memcmp(packed.data, bytes.data, bytes.len) == 0);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ent_bytes bytes = { data, size };
	struct ent_error err = { 0 };
	int rc = codec_scan(bytes, &err);

	FUZZ_CHECK(rc == ENT_OK || (rc == ENT_ECORRUPT && err.code == rc));
	if (rc == ENT_OK)
		check_taken(bytes);
	else
		check_refused(bytes);
	return 0;
}
