/*
 * test_codec.c - canonical bytes there and back, and hostile bytes.
 */
#include "check.h"

#include <stdlib.h>

#include "doors/codec.h"
#include "doors/json.h"
#include "values/value.h"

static void check_packed(const char *json, struct ent_bytes wanted)
{
	struct arena arena = { 0 };
	struct buf packed = { 0 };
	struct ent_value value, back;
	struct ent_error err = { 0 };

	if (json_read(json, strlen(json), &arena, &value, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	assert_int_equal(codec_pack(&value, &packed, NULL), ENT_OK);
	assert_int_equal(packed.len, wanted.len);
	assert_memory_equal(packed.data, wanted.data, wanted.len);
	if (codec_unpack(wanted, &arena, &back, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
	assert_true(ent_value_equal(&value, &back));
	buf_release(&packed);
	arena_release(&arena);
}

static void known_bytes(void **state)
{
	(void)state;
	check_packed("null", TEXT_BYTES("\xc0"));
	check_packed("[true,false]", TEXT_BYTES("\x92\xc3\xc2"));
	check_packed("[0,127,128,255,256,65535,65536,4294967295,4294967296]",
		     TEXT_BYTES("\x99\x00\x7f\xcc\x80\xcc\xff\xcd\x01\x00"
				"\xcd\xff\xff\xce\x00\x01\x00\x00"
				"\xce\xff\xff\xff\xff"
				"\xcf\x00\x00\x00\x01\x00\x00\x00\x00"));
	check_packed("[-1,-32,-33,-128,-129,-32768,-32769]",
		     TEXT_BYTES("\x97\xff\xe0\xd0\xdf\xd0\x80\xd1\xff\x7f"
				"\xd1\x80\x00\xd2\xff\xff\x7f\xff"));
	check_packed("[-2147483648,-2147483649]",
		     TEXT_BYTES("\x92\xd2\x80\x00\x00\x00"
				"\xd3\xff\xff\xff\xff\x7f\xff\xff\xff"));
	check_packed("[9223372036854775807,-9223372036854775808]",
		     TEXT_BYTES("\x92\xcf\x7f\xff\xff\xff\xff\xff\xff\xff"
				"\xd3\x80\x00\x00\x00\x00\x00\x00\x00"));
	check_packed("[1.5,1.0]",
		     TEXT_BYTES("\x92\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00\x01"));
	check_packed("{\"b\":\"x\",\"a\":{},\"\":[]}",
		     TEXT_BYTES("\x83\xa0\x90\xa1" "a\x80\xa1" "b\xa1x"));
}

/* Lengths around the borders between the forms. */
static void lengths_round_trip(void **state)
{
	static const size_t lengths[] = { 0, 15, 16, 31, 32, 255, 256, 65000 };
	struct arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct ent_value list = value_list(), text, back;
		struct buf packed = { 0 };
		char *bytes = arena_alloc(&arena, lengths[i] + 1);

		memset(bytes, 'x', lengths[i]);
		text = value_borrowed(bytes);
		assert_int_equal(codec_pack(&text, &packed, NULL), ENT_OK);
		assert_int_equal(codec_unpack((struct ent_bytes){ packed.data,
					      packed.len }, &arena, &back, NULL),
				 ENT_OK);
		assert_true(ent_value_equal(&text, &back));
		buf_clear(&packed);
		for (size_t j = 0; j < lengths[i]; j++)
			value_push(&arena, &list, value_int(1), NULL);
		assert_int_equal(codec_pack(&list, &packed, NULL), ENT_OK);
		assert_int_equal(codec_unpack((struct ent_bytes){ packed.data,
					      packed.len }, &arena, &back, NULL),
				 ENT_OK);
		assert_true(ent_value_equal(&list, &back));
		buf_release(&packed);
	}
	arena_release(&arena);
}

static void too_large_leaves_the_buffer(void **state)
{
	struct buf packed = { 0 };
	struct ent_error err;
	struct ent_value text;
	char *bytes = malloc(70000);

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', 69995);
	bytes[69995] = '\0';
	text = value_borrowed(bytes);
	buf_text(&packed, "before");
	check_failure(codec_pack(&text, &packed, &err), ENT_EINPUT, &err,
		      "event has 70000 bytes packed, at most 65536");
	assert_int_equal(packed.len, 6);
	assert_string_equal(packed.data, "before");
	buf_release(&packed);
	free(bytes);
}

static void too_deep(void **state)
{
	struct ent_value levels[CODEC_DEPTH_MAX + 1];
	struct buf packed = { 0 };
	struct ent_error err;

	(void)state;
	levels[0] = value_list();
	for (size_t i = 1; i < COUNT(levels); i++) {
		levels[i] = value_list();
		levels[i].len = 1;
		levels[i].as.items = &levels[i - 1];
	}
	assert_int_equal(codec_pack(&levels[CODEC_DEPTH_MAX - 1], &packed, NULL),
			 ENT_OK);
	assert_int_equal(codec_scan((struct ent_bytes){ packed.data,
				    packed.len }, NULL), ENT_OK);
	check_failure(codec_pack(&levels[CODEC_DEPTH_MAX], &packed, &err),
		      ENT_EINPUT, &err, "event has 21 levels, at most 20");
	assert_int_equal(packed.len, CODEC_DEPTH_MAX);
	buf_release(&packed);
}

static void hostile_bytes(void **state)
{
	static const struct {
		struct ent_bytes bytes;
		const char *msg;
	} rows[] = {
#define ROW(text, msg) { { text, sizeof(text) - 1 }, msg }
		ROW("", "byte 0: cut short"),
		ROW("\x91", "byte 1: cut short"),
		ROW("\x01\x02", "byte 1: more bytes behind the value"),
		ROW("\xdd\xff\xff\xff\xff", "byte 0: longer than the bytes there "
					    "are"),
		ROW("\xdf\xff\xff\xff\xff", "byte 0: longer than the bytes there "
					    "are"),
		ROW("\xdb\xff\xff\xff\xff", "byte 0: longer than the bytes there "
					    "are"),
		ROW("\xa3" "ab", "byte 0: longer than the bytes there are"),
		ROW("\xdc\x00", "byte 2: cut short"),
		ROW("\xc1", "byte 0: a MessagePack type that is not allowed"),
		ROW("\xc4\x00", "byte 0: a MessagePack type that is not allowed"),
		ROW("\xd4\x00\x00", "byte 0: a MessagePack type that is not "
				    "allowed"),
		ROW("\xca\x3f\xc0\x00\x00", "byte 0: a MessagePack type that is "
					    "not allowed"),
		ROW("\xcc\x7f", "byte 0: the number has a shorter form"),
		ROW("\xcd\x00\xff", "byte 0: the number has a shorter form"),
		ROW("\xce\x00\x00\xff\xff", "byte 0: the number has a shorter "
					    "form"),
		ROW("\xcf\x00\x00\x00\x00\xff\xff\xff\xff",
		    "byte 0: the number has a shorter form"),
		ROW("\xcf\x80\x00\x00\x00\x00\x00\x00\x00",
		    "byte 0: the number is beyond 63 bits"),
		ROW("\xd0\xe0", "byte 0: the number has a shorter form"),
		ROW("\xd0\x05", "byte 0: the number has an unsigned form"),
		ROW("\xd1\xff\x80", "byte 0: the number has a shorter form"),
		ROW("\xd2\xff\xff\x80\x00", "byte 0: the number has a shorter "
					    "form"),
		ROW("\xd3\xff\xff\xff\xff\x80\x00\x00\x00",
		    "byte 0: the number has a shorter form"),
		ROW("\xd3\x00\x00\x00\x00\x00\x00\x00\x01",
		    "byte 0: the number has an unsigned form"),
		ROW("\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00",
		    "byte 0: the number has an integer form"),
		ROW("\xcb\x80\x00\x00\x00\x00\x00\x00\x00",
		    "byte 0: the number has an integer form"),
		ROW("\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00",
		    "byte 0: the number is not finite"),
		ROW("\xcb\xff\xf0\x00\x00\x00\x00\x00\x00",
		    "byte 0: the number is not finite"),
		ROW("\xd9\x03" "abc", "byte 0: the length has a shorter form"),
		ROW("\xdc\x00\x01\x01", "byte 0: the length has a shorter form"),
		ROW("\xde\x00\x01\xa1" "a\x01", "byte 0: the length has a shorter "
						"form"),
		ROW("\xa2\xc3(", "byte 0: the text is not UTF-8"),
		ROW("\xa2" "a\0", "byte 0: the text has a NUL"),
		ROW("\x82\xa1" "a\x01\xa1" "a\x02", "byte 4: the keys do not "
						    "ascend"),
		ROW("\x82\xa1" "b\x01\xa1" "a\x02", "byte 4: the keys do not "
						    "ascend"),
		ROW("\x82\xa2" "aa\x01\xa1" "a\x02", "byte 5: the keys do not "
						     "ascend"),
		ROW("\x81\x01\x01", "byte 1: a key that is no text"),
		ROW("\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91\x91"
		    "\x91\x91\x91\x91\x91\x91\x91\x91\x01",
		    "byte 20: too many levels"),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_value value = value_int(42);
		struct arena arena = { 0 };
		struct ent_error err = { 0 };

		check_failure(codec_scan(rows[i].bytes, &err), ENT_ECORRUPT, &err,
			      rows[i].msg);
		assert_int_equal(codec_unpack(rows[i].bytes, &arena, &value,
					      NULL), ENT_ECORRUPT);
		assert_int_equal(value.as.integer, 42);
		assert_null(arena.blocks);
	}
}

/* Whatever passes the scan must pack to the same bytes again. */
static void scanned_is_canonical(void **state)
{
	uint64_t dice = 12345;
	unsigned accepted = 0;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		uint8_t bytes[12];
		struct ent_bytes all = { bytes, 0 };
		struct arena arena = { 0 };
		struct buf packed = { 0 };
		struct ent_value value;

		for (size_t j = 0; j < sizeof(bytes); j++) {
			dice = dice * UINT64_C(6364136223846793005) + 1;
			bytes[j] = (uint8_t)(dice >> 56);
		}
		all.len = 1 + (dice >> 40) % sizeof(bytes);
		if (i % 2) /* often start as a list or a map */
			bytes[0] = (uint8_t)(0x80 | (bytes[0] & 0x13));
		if (codec_unpack(all, &arena, &value, NULL) == ENT_OK) {
			accepted++;
			assert_int_equal(codec_pack(&value, &packed, NULL),
					 ENT_OK);
			assert_int_equal(packed.len, all.len);
			assert_memory_equal(packed.data, bytes, all.len);
		}
		buf_release(&packed);
		arena_release(&arena);
	}
	assert_true(accepted > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_bytes),
		cmocka_unit_test(lengths_round_trip),
		cmocka_unit_test(too_large_leaves_the_buffer),
		cmocka_unit_test(too_deep),
		cmocka_unit_test(hostile_bytes),
		cmocka_unit_test(scanned_is_canonical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
