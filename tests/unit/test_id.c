/*
 * test_id.c - UUIDs.
 */
#include "check.h"

#include "doors/id.h"

static void texts_round_trip(void **state)
{
	static const char lower[] = "febf2a79-4b62-574d-bb6b-396376db1716";
	char text[ENT_ID_TEXT_SIZE];
	struct ent_id a, b;

	(void)state;
	assert_int_equal(ent_id_parse(lower, &a, NULL), ENT_OK);
	assert_int_equal(ent_id_parse("FEBF2A79-4B62-574D-BB6B-396376DB1716", &b,
				      NULL), ENT_OK);
	assert_true(ent_id_equal(&a, &b));
	assert_false(ent_id_is_nil(&a));
	ent_id_text(&b, text);
	assert_string_equal(text, lower);
	b.bytes[15] ^= 1;
	assert_false(ent_id_equal(&a, &b));
}

/* uuid5(uuid5(NAMESPACE_URL, "urn:entente:event"), body). */
static void derived_ids(void **state)
{
	char text[ENT_ID_TEXT_SIZE];
	struct ent_id id;

	(void)state;
	id_derive(TEXT_BYTES(""), &id);
	ent_id_text(&id, text);
	assert_string_equal(text, "febf2a79-4b62-574d-bb6b-396376db1716");
	id_derive(TEXT_BYTES("\x80"), &id);
	ent_id_text(&id, text);
	assert_string_equal(text, "9448b861-f79d-5868-a2f0-096acded2121");
}

static void bad_texts(void **state)
{
	static const struct {
		const char *text, *msg;
	} rows[] = {
		{ "", "\"\" is not a UUID" },
		{ "febf2a79", "\"febf2a79\" is not a UUID" },
		{ "febf2a79-4b62-574d-bb6b-396376db171g",
		  "\"febf2a79-4b62-574d-bb6b-396376db171g\" is not a UUID" },
		{ "febf2a79-4b62-574d-bb6b-396376db17161",
		  "\"febf2a79-4b62-574d-bb6b-396376db17161\" is not a UUID" },
		{ "00000000-0000-0000-0000-000000000000",
		  "the nil UUID is no event's id" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_id id = { { 5 } };
		struct ent_error err;

		check_failure(ent_id_parse(rows[i].text, &id, &err), ENT_EINPUT,
			      &err, rows[i].msg);
		assert_int_equal(id.bytes[0], 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_round_trip),
		cmocka_unit_test(derived_ids),
		cmocka_unit_test(bad_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
