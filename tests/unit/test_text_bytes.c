/*
 * test_text_bytes.c - base64 and hex: the vectors of RFC 4648, and that bytes have
 * one text.
 */
#include "check.h"

#include "ground/text_bytes.h"

static void vectors(void **state)
{
	static const struct {
		const char *bytes, *base64, *hex;
	} rows[] = {
		{ "", "", "" },
		{ "f", "Zg==", "66" },
		{ "fo", "Zm8=", "666f" },
		{ "foo", "Zm9v", "666f6f" },
		{ "foob", "Zm9vYg==", "666f6f62" },
		{ "fooba", "Zm9vYmE=", "666f6f6261" },
		{ "foobar", "Zm9vYmFy", "666f6f626172" },
		{ "\xff\xfe\xfb", "//77", "fffefb" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t len = strlen(rows[i].bytes), got = 99;
		struct buf text = { 0 };
		uint8_t back[8];
		char fixed[16] = "";

		base64_add(&text, rows[i].bytes, len);
		buf_byte(&text, ' ');
		hex_add(&text, rows[i].bytes, len);
		snprintf(fixed, sizeof(fixed), "%s", rows[i].base64);
		assert_int_equal(text.len, strlen(rows[i].base64) + 1 + 2 * len);
		assert_memory_equal(text.data, rows[i].base64, strlen(fixed));
		assert_string_equal(text.data + strlen(fixed) + 1, rows[i].hex);
		assert_int_equal(base64_put(rows[i].bytes, len, fixed),
				 strlen(rows[i].base64));
		assert_memory_equal(fixed, rows[i].base64,
				    strlen(rows[i].base64));

		assert_true(base64_read(rows[i].base64, strlen(rows[i].base64),
					back, len, &got));
		assert_int_equal(got, len);
		assert_memory_equal(back, rows[i].bytes, len);
		assert_true(hex_read(rows[i].hex, 2 * len, back, len, &got));
		assert_int_equal(got, len);
		assert_memory_equal(back, rows[i].bytes, len);
		buf_release(&text);
	}
}

/* Each of a text's letters by every byte: what is read has no other text. */
static void bytes_have_one_text(void **state)
{
	static const char *const texts[] = { "Zg==", "Zm8=", "Zm9v", "Zm9vYg==" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t len = strlen(texts[i]), got = 0;
		char text[16];
		uint8_t back[8];

		for (size_t at = 0; at < len; at++)
			for (int byte = 0; byte < 256; byte++) {
				char again[16] = "";

				memcpy(text, texts[i], len);
				text[at] = (char)byte;
				if (!base64_read(text, len, back, 8, &got))
					continue;
				assert_int_equal(base64_put(back, got, again),
						 len);
				assert_memory_equal(again, text, len);
			}
	}
}

static void refused(void **state)
{
	static const char *const base64[] = {
		"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==",
		"Zm-v", "Zm_v", " Zm9", "Zm9v\n", "=m9v",
	};
	static const char *const hex[] = { "6", "6G", "6F", " 6", "0x" };
	uint8_t back[8];
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(base64); i++)
		if (base64_read(base64[i], strlen(base64[i]), back, 8, &len))
			fail_msg("%s was read", base64[i]);
	for (size_t i = 0; i < COUNT(hex); i++)
		if (hex_read(hex[i], 2, back, 8, &len))
			fail_msg("%s was read", hex[i]);
	assert_false(base64_read("Zm9v", 4, back, 2, &len));
	assert_false(hex_read("666f", 4, back, 1, &len));
	memset(back, 7, sizeof(back));
	assert_false(hex_read_whole("666f", 4, back, 1));
	assert_false(hex_read_whole("666f", 4, back, 3));
	assert_false(hex_read_whole("666F", 4, back, 2));
	assert_int_equal(back[0], 7);
	assert_true(hex_read_whole("666f", 4, back, 2));
	assert_memory_equal(back, "fo", 2);
	assert_false(base64_read("\0\0\0\0", 4, back, 8, &len));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(bytes_have_one_text),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
