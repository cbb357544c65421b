/*
 * test_redacted.c - events without content, as an export has them: what of them a
 * batch takes.
 */
#include "logs.h"

#define HEX16 "0123456789abcdef"
#define HEAD "{'type':'event.redacted','id':'#1',"
#define NEEDS \
	"event.redacted needs data.body, 64 digits of lower-case hex, and no other data"

static int add(const char *text, struct ent_error *err)
{
	const char *json = logs_json(text);
	struct ent_batch *batch = NULL;
	int rc;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	rc = ent_batch_add(batch, json, strlen(json), NULL, err);
	assert_int_equal(ent_batch_count(batch), rc == ENT_OK);
	ent_batch_free(batch);
	return rc;
}

static void what_is_whole_is_taken(void **state)
{
	static const char *const texts[] = {
		HEAD "'data':{'body':'" HEX16 HEX16 HEX16 HEX16 "'}}",
		HEAD "'data':{'body':'" HEX16 HEX16 HEX16 HEX16 "'},'seq':7,"
		"'hash':'h','recorded':'r'}",
	};
	struct ent_error err;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (add(texts[i], &err) < 0)
			fail_msg("%s: %s", texts[i], err.msg);
}

static void what_is_not_is_refused(void **state)
{
	static const struct {
		const char *text, *msg;
	} rows[] = {
		{ HEAD "'data':{'body':'00'}}", NEEDS },
		{ HEAD "'data':{'body':'" HEX16 HEX16 HEX16 "0123456789abcdeF'}}",
		  NEEDS },
		{ HEAD "'data':{'body':'" HEX16 HEX16 HEX16 "g123456789abcdef'}}",
		  NEEDS },
		{ HEAD "'data':{'body':'" HEX16 HEX16 HEX16 HEX16 "0'}}", NEEDS },
		{ HEAD "'data':{'body':'" HEX16 HEX16 HEX16 HEX16 "','a':1}}", NEEDS },
		{ HEAD "'data':{'body':7}}", NEEDS },
		{ HEAD "'data':{'a':'b'}}", NEEDS },
		{ HEAD "'data':['body']}", NEEDS },
		{ HEAD "'data':'body'}", NEEDS },
		{ "{'type':'event.redacted','id':'#1'}", NEEDS },
		{ "{'type':'event.redacted','data':{'body':'" HEX16 HEX16 HEX16 HEX16
		  "'}}", "event.redacted needs an id" },
		{ HEAD "'date':'2001'}", "event.redacted has no member date" },
		{ "{'type':'event.redacted','id':'#','data':{'body':'" HEX16 HEX16 HEX16
		  HEX16 "'}}", "\"#\" is not a UUID" },
	};
	struct ent_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = add(rows[i].text, &err);

		if (rc != ENT_EINPUT || strcmp(err.msg, rows[i].msg) != 0)
			fail_msg("row %zu: %d: %s", i, rc, rc < 0 ? err.msg : "(taken)");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_whole_is_taken),
		cmocka_unit_test(what_is_not_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
