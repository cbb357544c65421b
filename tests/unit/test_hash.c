/*
 * test_hash.c - SHA-256 against the vectors of FIPS 180-4's examples.
 */
#include "check.h"

#include <stdlib.h>

#include "doors/hash.h"

static void vectors(void **state)
{
	static const struct {
		const char *text, *hex;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039"
		  "a33ce45964ff2167f6ecedd419db06c1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_bytes part = { rows[i].text, strlen(rows[i].text) };
		char hex[ENT_HASH_TEXT_SIZE];
		struct ent_hash hash;

		assert_int_equal(hash_parts(&part, 1, &hash, NULL), ENT_OK);
		ent_hash_text(&hash, hex);
		assert_string_equal(hex, rows[i].hex);
	}
}

static void names(void **state)
{
	static const uint8_t abc[HASH_SHA1_BYTES] = {
		0xa9, 0x99, 0x3e, 0x36, 0x47, 0x06, 0x81, 0x6a, 0xba, 0x3e,
		0x25, 0x71, 0x78, 0x50, 0xc2, 0x6c, 0x9c, 0xd0, 0xd8, 0x9d
	};
	struct ent_bytes parts[] = { TEXT_BYTES("a"), TEXT_BYTES(""),
				     TEXT_BYTES("bc") };
	uint8_t hash[HASH_SHA1_BYTES];

	(void)state;
	for (int again = 0; again < 2; again++) {
		assert_int_equal(hash_sha1(parts, 3, hash, NULL), ENT_OK);
		assert_memory_equal(hash, abc, sizeof(abc));
	}
}

static void a_million_bytes_in_parts(void **state)
{
	struct ent_bytes parts[100];
	char hex[ENT_HASH_TEXT_SIZE];
	char *block = malloc(10000);
	struct ent_hash hash;

	(void)state;
	assert_non_null(block);
	memset(block, 'a', 10000);
	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i] = (struct ent_bytes){ block, 10000 };
	assert_int_equal(hash_parts(parts, COUNT(parts), &hash, NULL), ENT_OK);
	ent_hash_text(&hash, hex);
	assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
				 "f1809a48a497200e046d39ccc7112cd0");
	free(block);
}

static void no_part_is_the_empty_text(void **state)
{
	struct ent_bytes empty = { NULL, 0 };
	struct ent_hash a, b;

	(void)state;
	assert_int_equal(hash_parts(NULL, 0, &a, NULL), ENT_OK);
	assert_int_equal(hash_parts(&empty, 1, &b, NULL), ENT_OK);
	assert_memory_equal(a.bytes, b.bytes, sizeof(a.bytes));
	assert_int_equal(a.bytes[0], 0xe3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(names),
		cmocka_unit_test(a_million_bytes_in_parts),
		cmocka_unit_test(no_part_is_the_empty_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
