/*
 * test_vocabulary.c - the types of events.
 */
#include "check.h"

#include "values/vocabulary.h"

static void contract_order(void **state)
{
	size_t count = 0;

	(void)state;
	while (ent_type_at(count))
		count++;
	assert_int_equal(count, TYPE_COUNT - 1);
	assert_string_equal(ent_type_at(0)->name, "alliance.founded");
	assert_string_equal(ent_type_at(6)->name, "member.joined");
	assert_string_equal(ent_type_at(count - 2)->name, "treaty.ratified");
	assert_string_equal(ent_type_at(count - 1)->name, "event.retracted");
	assert_null(ent_type_at(count));
	assert_null(ent_type_at(SIZE_MAX));
}

static void names_are_found(void **state)
{
	(void)state;
	for (int i = TYPE_RETRACTED; i < TYPE_COUNT; i++) {
		const struct vocabulary_row *row =
			vocabulary_row((enum event_type)i);
		enum event_type type = TYPE_USER;

		assert_int_equal(vocabulary_find(row->type.name, &type, NULL),
				 ENT_OK);
		assert_int_equal(type, i);
		assert_ptr_equal(ent_type_find(row->type.name), &row->type);
	}
	assert_null(ent_type_find("x.mine"));
	assert_null(ent_type_find("member.left"));
}

static void rows_of_the_contract(void **state)
{
	static const struct {
		enum event_type type;
		unsigned phase, needs;
		int weight;
		const char *cameo;
	} rows[] = {
		{ TYPE_ALLIANCE_FOUNDED, 0, NEEDS_ALLIANCE, 0, NULL },
		{ TYPE_ALLIANCE_RENAMED, 1, NEEDS_ALLIANCE | NEEDS_NAME, 0, NULL },
		{ TYPE_ALLIANCE_DISSOLVED, 2, NEEDS_ALLIANCE, 0, NULL },
		{ TYPE_MEMBER_JOINED, 0, NEEDS_ALLIANCE | NEEDS_ACTOR, 0, NULL },
		{ TYPE_MEMBER_EXPELLED, 2, NEEDS_ALLIANCE | NEEDS_ACTOR, 0, NULL },
		{ TYPE_EXERCISE_HELD, 1, NEEDS_ALLIANCE, 0, NULL },
		{ TYPE_EXERCISE_DECLINED, 1, NEEDS_ALLIANCE | NEEDS_ACTOR, 0,
		  NULL },
		{ TYPE_OBLIGATION_MET, 1, NEEDS_ACTOR, 83, "072" },
		{ TYPE_TROOPS_REFUSED, 1, NEEDS_ACTOR, -40, "1222" },
		{ TYPE_CONFLICT_ATTACKED, 1, NEEDS_ACTOR, -100, "190" },
		{ TYPE_STATEMENT_MADE, 1, NEEDS_ACTOR, 0, "010" },
		{ TYPE_RETRACTED, 1, NEEDS_RETRACTS, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct vocabulary_row *row = vocabulary_row(rows[i].type);

		assert_int_equal(row->type.phase, rows[i].phase);
		assert_int_equal(row->needs, rows[i].needs);
		assert_int_equal(row->type.weight, rows[i].weight);
		assert_int_equal(row->type.weighed, rows[i].cameo != NULL);
		if (rows[i].cameo)
			assert_string_equal(row->type.cameo, rows[i].cameo);
	}
}

static void own_types(void **state)
{
	static const char *const good[] = { "x.a", "x.my-own.type_2", "x.A.B" };
	static const char *const bad[] = { "x.", "x..a", "x.a.", "x.a b",
					   "x.\xc3\xa9" };
	enum event_type type = TYPE_COUNT;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		type = TYPE_COUNT;
		assert_int_equal(vocabulary_find(good[i], &type, NULL), ENT_OK);
		assert_int_equal(type, TYPE_USER);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		type = TYPE_COUNT;
		assert_int_equal(vocabulary_find(bad[i], &type, NULL),
				 ENT_EINPUT);
		assert_int_equal(type, TYPE_COUNT);
	}
}

static void unknown_types(void **state)
{
	enum event_type type = TYPE_COUNT;
	struct ent_error err;

	(void)state;
	check_failure(vocabulary_find("member.join", &type, &err), ENT_EINPUT,
		      &err, "there is no type \"member.join\"; did you mean "
			    "\"member.joined\"?");
	check_failure(vocabulary_find("qqq", &type, &err), ENT_EINPUT, &err,
		      "there is no type \"qqq\"; a type of your own starts with "
		      "\"x.\"");
	assert_int_equal(type, TYPE_COUNT);
}

static void statuses_and_classes(void **state)
{
	(void)state;
	assert_string_equal(vocabulary_status(TYPE_MEMBER_APPLIED), "applicant");
	assert_string_equal(vocabulary_status(TYPE_MEMBER_REACTIVATED), "member");
	assert_string_equal(vocabulary_status(TYPE_MEMBER_NOT_RENEWED), "lapsed");
	assert_null(vocabulary_status(TYPE_CHAIR_ASSUMED));
	assert_string_equal(ent_stance_class(0), "aligned");
	assert_string_equal(ent_stance_class(-1), "strained");
	assert_string_equal(ent_stance_class(-49), "strained");
	assert_string_equal(ent_stance_class(-50), "distancing");
	assert_string_equal(ent_stance_class(-99), "distancing");
	assert_string_equal(ent_stance_class(-100), "defiant");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contract_order),
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(rows_of_the_contract),
		cmocka_unit_test(own_types),
		cmocka_unit_test(unknown_types),
		cmocka_unit_test(statuses_and_classes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
