/*
 * test_borrowed.c - what is handed out is the caller's: it says the same when the log
 * is closed or its map has moved, and nobody may read that any more.
 *
 * LMDB's values are pointers into that map.  Unmapping is in our hands here: the
 * addresses stay taken, and whoever reads there is killed.
 */
#include "logs.h"

#include <sys/mman.h>

enum { SMALL_MAP = 256 << 10, TEXTS_SIZE = 1 << 16, MORE = 1500 };

static unsigned unmapped;

__attribute__((visibility("default"))) int munmap(void *at, size_t len)
{
	unmapped += len >= SMALL_MAP;
	return mprotect(at, len, PROT_NONE);
}

/* All that was handed out. */
static struct {
	struct ent_event *event, *listed;
	struct ent_cursor *cursor;
	struct ent_state *state;
	struct ent_why *why;
	struct ent_diff *diff;
	struct ent_standings *standings;
	struct ent_redaction *redactions;
	size_t redactions_count;
	uint64_t *fixes;
	size_t fixes_count;
	char *proof;
	size_t proof_len;
} had;

static void make_events(void)
{
	APPEND("'type':'alliance.founded','alliance':'A','date':'1992','data':"
	       "{'name':'A long name of an alliance','kind':'defence'}",
	       "'type':'member.joined','alliance':'A','actor':'ARM','date':'1994',"
	       "'summary':'It joined, as was to be expected.'",
	       "'type':'member.joined','alliance':'A','actor':'KAZ','date':'1995'",
	       "'type':'member.frozen','alliance':'A','actor':'ARM','date':'2024-02',"
	       "'coder':'somebody','data':{'note':['of','a','list']}",
	       "'type':'accusation.made','alliance':'A','actor':'ARM','target':'RUS',"
	       "'date':'2022','modality':'claim','attributed_to':'ARM'");
	APPEND("'type':'member.frozen','alliance':'A','actor':'ARM',"
	       "'date':'2024-02-23','corrects':'#4'",
	       "'type':'x.note','date':'2024','data':{'secret':'to be forgotten'}");
}

static void take_all(void)
{
	const struct ent_redact_options redact = { .now_us = 2000,
						   .reason = "a reason" };
	const struct ent_filter filter = { .alliance = "A" };
	struct ent_basis basis = logs_basis("2025"), before = logs_basis("1993");

	assert_int_equal(ent_log_redact(logs_log, 7, &redact,
					&(struct ent_appended){ 0 }, NULL),
			 ENT_OK);
	assert_int_equal(ent_log_get(logs_log, 4, &had.event, NULL), ENT_OK);
	assert_int_equal(ent_log_read(logs_log, &filter, &had.cursor, NULL),
			 ENT_OK);
	assert_int_equal(ent_cursor_next(had.cursor, &had.listed, NULL), ENT_OK);
	ent_cursor_close(had.cursor);
	assert_int_equal(ent_replay(logs_log, &basis, NULL, &had.state, NULL),
			 ENT_OK);
	assert_int_equal(ent_why(logs_log, &basis, "/A/members/ARM", &had.why,
				 NULL), ENT_OK);
	assert_int_equal(ent_diff(logs_log, &before, &basis, NULL, &had.diff,
				  NULL), ENT_OK);
	assert_int_equal(ent_standings(logs_log, &basis, "A", &had.standings,
				       NULL), ENT_OK);
	assert_int_equal(ent_log_redactions(logs_log, ENT_KNOWN_ALL,
					    &had.redactions,
					    &had.redactions_count, NULL),
			 ENT_OK);
	assert_int_equal(ent_log_fixes(logs_log, 4, &had.fixes,
				       &had.fixes_count, NULL), ENT_OK);
	assert_int_equal(ent_prove(logs_log, 2, "o", NULL, &had.proof,
				   &had.proof_len, NULL), ENT_OK);
}

/* ---- what it says ------------------------------------------------------------ */

struct texts {
	char bytes[TEXTS_SIZE];
	size_t len;
};

static void add(struct texts *texts, const char *text)
{
	size_t len = strlen(text);

	assert_true(texts->len + len + 1 < sizeof(texts->bytes));
	memcpy(texts->bytes + texts->len, text, len);
	texts->len += len;
	texts->bytes[texts->len++] = '\n';
}

static void add_owned(struct texts *texts, int rc, char *text)
{
	assert_int_equal(rc, ENT_OK);
	add(texts, text);
	ent_free(text);
}

static void add_event(struct texts *texts, const struct ent_event *event)
{
	char *json = NULL;
	size_t len;
	int rc = ent_event_json(event, &json, &len, NULL);

	add_owned(texts, rc, json);
	add(texts, event->type);
	add(texts, event->actor ? event->actor : "");
	add(texts, event->summary ? event->summary : "");
	add(texts, event->source.title ? event->source.title : "");
}

static void add_value(struct texts *texts, const struct ent_value *value)
{
	char *json = NULL;
	int rc = ent_value_json(value, ENT_JSON_CANONICAL, &json, NULL, NULL);

	add_owned(texts, rc, json);
}

static void add_why(struct texts *texts)
{
	add_value(texts, ent_why_value(had.why));
	for (size_t i = 0; i < ent_why_count(had.why); i++)
		if (ent_why_get(had.why, i).event)
			add_event(texts, ent_why_get(had.why, i).event);
}

static void add_diff(struct texts *texts)
{
	char *json = NULL;
	size_t len;
	int rc = ent_diff_json(had.diff, &json, &len, NULL);

	add_owned(texts, rc, json);
	for (size_t i = 0; i < ent_diff_count(had.diff); i++) {
		const struct ent_change *change = ent_diff_get(had.diff, i);

		add(texts, change->path);
		for (size_t c = 0; c < change->causes_count; c++)
			add_event(texts, change->causes[c]);
	}
}

static void add_standings(struct texts *texts)
{
	for (size_t i = 0; i < ent_standings_count(had.standings); i++) {
		add(texts, ent_standings_get(had.standings, i)->actor);
		add(texts, ent_standings_get(had.standings, i)->status);
	}
}

static void add_lists(struct texts *texts)
{
	char numbers[64];

	snprintf(numbers, sizeof(numbers), "%zu %zu %d %d",
		 had.redactions_count, had.fixes_count,
		 (int)had.redactions[0].seq, (int)had.fixes[0]);
	add(texts, numbers);
	add(texts, had.proof);
}

static void read_all(struct texts *texts)
{
	char *json = NULL;
	size_t len;
	int rc = ent_state_json(had.state, &json, &len, NULL);

	texts->len = 0;
	add_event(texts, had.event);
	add_event(texts, had.listed);
	add_owned(texts, rc, json);
	add_value(texts, ent_state_alliances(had.state));
	add_value(texts, ent_state_slots(had.state));
	add_why(texts);
	add_diff(texts);
	add_lists(texts);
	if (logs_log) /* standings have names of its */
		add_standings(texts);
}

static void free_all(void)
{
	ent_event_free(had.event);
	ent_event_free(had.listed);
	ent_state_free(had.state);
	ent_why_free(had.why);
	ent_diff_free(had.diff);
	ent_free(had.redactions);
	ent_free(had.fixes);
	ent_free(had.proof);
}

static struct texts before, after;

static void check_same(void)
{
	assert_true(unmapped > 0);
	read_all(&after);
	assert_in_range(after.len, 1, before.len);
	assert_memory_equal(before.bytes, after.bytes, after.len);
}

/* checkpoints: also through those. */
static void check_closed(bool checkpoints)
{
	make_events();
	if (checkpoints)
		assert_int_equal(ent_checkpoint_build(logs_log, 1, NULL), ENT_OK);
	take_all();
	read_all(&before);
	unmapped = 0;
	ent_standings_free(had.standings);
	ent_log_close(logs_log);
	logs_log = NULL;
	check_same();
	free_all();
}

static void what_is_handed_out_is_the_callers(void **state)
{
	(void)state;
	check_closed(false);
}

static void also_what_checkpoints_gave(void **state)
{
	(void)state;
	check_closed(true);
}

static int make_small(void **state)
{
	const struct ent_log_options options = { .create = true,
						 .map_bytes = SMALL_MAP };

	if (logs_make_folder(state) != 0)
		return -1;
	return ent_log_open(logs_dir, &options, &logs_log, NULL);
}

/* As it does where the log outgrows it. */
static void the_map_may_move(void **state)
{
	static const char more[] =
		"'type':'x.note','date':'2024','summary':'So that it grows, and grows, and grows.'";
	const struct ent_append_options options = { .now_us = 3000,
						    .no_sync = true };
	struct ent_batch *batch = NULL;
	struct ent_appended done;

	(void)state;
	make_events();
	take_all();
	read_all(&before);
	unmapped = 0;
	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (int i = 0; i < MORE; i++)
		logs_draft(batch, more, NULL);
	assert_int_equal(ent_log_append(logs_log, batch, &options, &done, NULL),
			 ENT_OK);
	ent_batch_free(batch);
	check_same();
	assert_int_equal(after.len, before.len);
	ent_standings_free(had.standings);
	free_all();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(what_is_handed_out_is_the_callers),
		LOG_TEST(also_what_checkpoints_gave),
		cmocka_unit_test_setup_teardown(the_map_may_move, make_small,
						logs_remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
