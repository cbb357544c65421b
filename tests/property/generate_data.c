/*
 * generate_data.c - random JSON values, with the numbers that are easily lost.
 */
#include <stdio.h>

#include "generate.h"

static json_t *random_number(struct dice *dice)
{
	static const json_int_t whole[] = {
		0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769,
		65535, 65536, 2147483647, 2147483648, -2147483649, 4294967295,
		4294967296, 9007199254740993, INT64_MAX, INT64_MIN,
	};
	static const double real[] = { 0.5, -0.1, 1e-7, 1.5e300, 2.2250738585072014e-308,
				       0.30000000000000004, -123456.789 };

	if (dice_percent(dice, 70))
		return json_integer(
			whole[dice_index(dice, sizeof(whole) / sizeof(whole[0]))]);
	return json_real(real[dice_index(dice, sizeof(real) / sizeof(real[0]))]);
}

static json_t *random_text(struct dice *dice)
{
	static const char *const pieces[] = {
		"a", "/", "~", "\"", "\\", "\n", "\t", " ", "\xc3\xa9",
		"\xe2\x82\xac", "\xf0\x9f\x95\x8a", "<&>", "0", "null",
	};
	json_t *text = json_string("");
	size_t n = dice_index(dice, 12);

	if (dice_percent(dice, 5))
		n = 300; /* longer than a length of one byte can tell */
	for (size_t i = 0; i < n; i++) {
		json_t *longer = json_sprintf(
			"%s%s", json_string_value(text),
			pieces[dice_index(dice, sizeof(pieces) / sizeof(pieces[0]))]);

		json_decref(text);
		text = longer;
	}
	return text;
}

static json_t *random_list(struct dice *dice, unsigned levels)
{
	json_t *list = json_array();
	size_t n = dice_percent(dice, 10) ? 17 : dice_index(dice, 4);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, generate_data(dice, levels));
	return list;
}

static json_t *random_map(struct dice *dice, unsigned levels)
{
	json_t *map = json_object();
	size_t n = dice_percent(dice, 10) ? 17 : dice_index(dice, 4);
	char key[24];

	for (size_t i = 0; i < n; i++) {
		const char *begin = dice_percent(dice, 50) ? "k" : "\xc3\xa9/~";

		snprintf(key, sizeof(key), "%s%zu", begin, dice_index(dice, 40));
		json_object_set_new(map, key, generate_data(dice, levels));
	}
	return map;
}

json_t *generate_data(struct dice *dice, unsigned levels)
{
	switch (dice_index(dice, levels > 1 ? 7 : 5)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(dice_percent(dice, 50));
	case 2:
	case 3:
		return random_number(dice);
	case 4:
		return random_text(dice);
	case 5:
		return random_list(dice, levels - 1);
	default:
		return random_map(dice, levels - 1);
	}
}
