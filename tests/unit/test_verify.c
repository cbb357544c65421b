/*
 * test_verify.c - one thing changed behind the log's back, and what verify says.
 */
#include "logs.h"

#include <lmdb.h>

#include "log/columns.h"
#include "log/log.h"

enum { EVENTS = 5 };

/* 1 a founding, 2 and 3 joinings, 4 weighs by target, 5 takes 3 back. */
static int make_five(void **state)
{
	static const char *const events[] = {
		"'type':'alliance.founded','alliance':'A','date':'2000','data':{'lead':'RUS'}",
		"'type':'member.joined','alliance':'A','actor':'ARM','date':'2001'",
		"'type':'member.joined','alliance':'A','actor':'BLR','date':'2001'",
		"'type':'accusation.made','alliance':'A','actor':'ARM','target':'RUS','date':'2002'",
		"'type':'event.retracted','retracts':'#3','data':{'reason':'r'}",
		NULL
	};

	if (logs_make(state) != 0)
		return -1;
	logs_append_at(1000000, events);
	return 0;
}

static char findings[4096]; /* "SEQ what\n" each */

static void note(uint64_t seq, const char *what, void *arg)
{
	size_t len = strlen(findings);

	assert_ptr_equal(arg, findings);
	snprintf(findings + len, sizeof(findings) - len, "%d %s\n", (int)seq,
		 what);
}

static struct ent_verified verify(void)
{
	struct ent_verified out = { 0 };
	struct ent_error err;

	findings[0] = '\0';
	if (ent_log_verify(logs_log, note, NULL, findings, &out, &err) < 0)
		fail_msg("%s", err.msg);
	return out;
}

static void a_healthy_log_has_no_findings(void **state)
{
	struct ent_verified out = verify();
	struct ent_hash head;

	(void)state;
	assert_string_equal(findings, "");
	assert_int_equal(out.findings, 0);
	assert_int_equal(out.events, EVENTS);
	assert_int_equal(ent_log_head(logs_log, NULL, &head, NULL), ENT_OK);
	assert_memory_equal(&out.head, &head, sizeof(head));
}

static void an_empty_log_is_healthy(void **state)
{
	struct ent_verified out = verify();

	(void)state;
	assert_int_equal(out.findings, 0);
	assert_int_equal(out.events, 0);
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &out,
					NULL),
			 ENT_OK);
}

/* ---- changing things ---------------------------------------------------------- */

enum change { FLIP, DROP, ADD, CUT };

/* Where: the entry at that index of the table in order; negative: from its end.
 * FLIP inverts the lowest bit of value[at] (negative: from its end); ADD puts a copy of the entry under its key with the last
 * byte + 100; CUT takes the last byte of the value away. */
struct damage {
	const char *table;
	int index;
	enum change change;
	int at;
	const char *findings;
};

/* at, for the first byte of a text of the value. */
enum { AT_TEXT = 1 << 20, AT_DATE = AT_TEXT, AT_TYPE };

static const char *const marks[] = { "2001", "accusation.made" };

static void change_entry(MDB_txn *txn, MDB_dbi dbi, MDB_val key, MDB_val value,
			 const struct damage *d)
{
	static uint8_t k[512], v[1 << 20];
	size_t at = d->at < 0 ? value.mv_size - (size_t)-d->at : (size_t)d->at;

	assert_true(value.mv_size <= sizeof(v));
	memcpy(k, key.mv_data, key.mv_size);
	memcpy(v, value.mv_data, value.mv_size);
	key.mv_data = k;
	value.mv_data = v;
	if (d->at >= AT_TEXT) {
		const char *mark = marks[d->at - AT_TEXT];

		at = (size_t)((uint8_t *)memmem(v, value.mv_size, mark,
						strlen(mark)) - v);
	}
	if (d->change == DROP) {
		assert_int_equal(mdb_del(txn, dbi, &key, NULL), 0);
		return;
	}
	if (d->change == FLIP)
		v[at] ^= 1;
	else if (d->change == CUT)
		value.mv_size--;
	else
		k[key.mv_size - 1] = (uint8_t)(k[key.mv_size - 1] + 100);
	assert_int_equal(mdb_put(txn, dbi, &key, &value, 0), 0);
}

static void damage_log(const struct damage *d)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_cursor *cursor;
	MDB_dbi dbi;
	MDB_val key, value;

	ent_log_close(logs_log);
	logs_log = NULL;
	assert_int_equal(mdb_env_create(&env), 0);
	mdb_env_set_maxdbs(env, 16);
	assert_int_equal(mdb_env_open(env, logs_dir, 0, 0600), 0);
	assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
	assert_int_equal(mdb_dbi_open(txn, d->table, 0, &dbi), 0);
	assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
	assert_int_equal(mdb_cursor_get(cursor, &key, &value,
					d->index < 0 ? MDB_LAST : MDB_FIRST),
			 0);
	for (int i = d->index < 0 ? d->index + 1 : d->index; i != 0;
	     i += i < 0 ? 1 : -1)
		assert_int_equal(mdb_cursor_get(cursor, &key, &value,
						i < 0 ? MDB_PREV : MDB_NEXT),
				 0);
	change_entry(txn, dbi, key, value, d);
	mdb_cursor_close(cursor);
	assert_int_equal(mdb_txn_commit(txn), 0);
	mdb_env_close(env);
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
}

static void check_damage_of(int (*make)(void **state),
			    const struct damage *damage, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct ent_verified out;
		size_t lines = 0;

		if (i > 0) { /* the group's setup made the first */
			logs_remove_folder(NULL);
			assert_int_equal(make(NULL), 0);
		}
		damage_log(&damage[i]);
		out = verify();
		if (strcmp(findings, damage[i].findings) != 0)
			print_error("row %zu, table %s\n", i, damage[i].table);
		assert_string_equal(findings, damage[i].findings);
		for (const char *c = findings; *c; c++)
			lines += *c == '\n';
		assert_int_equal(out.findings, lines);
	}
}

static void check_damage(const struct damage *damage, size_t count)
{
	check_damage_of(make_five, damage, count);
}

#define NO_HASH(n) n " its bytes do not have the hash in the tree\n"
#define NO_COLUMNS(n) n " its columns are missing or wrong\n"
#define ALL_FIVE(what) what("1") what("2") what("3") what("4") what("5")

static void changed_events(void **state)
{
	static const struct damage rows[] = {
		{ "events", 0, FLIP, AT_DATE, NO_HASH("2") NO_COLUMNS("2") },
		{ "events", 0, FLIP, AT_TYPE,
		  NO_HASH("4")
		  "4 there is no type \"`ccusation.made\"; did you mean \"accusation.made\"?\n" },
		/* the fourth mark: the entries of a block begin at 12 */
		{ "events", 0, FLIP, 12 + 3 * 12 + 4, NO_HASH("4") },
		/* the last byte of the time of recording: now one us later */
		{ "events", 0, FLIP, 7, ALL_FIVE(NO_HASH) },
		{ "events", 0, CUT, 0,
		  "5 event 5 is at bytes 353 to 453 of 452\n"
		  "0 the table fixes has 1 entries, and 0 follow from the events\n"
		  "0 the table fixers has 1 entries, and 0 follow from the events\n" },
	};

	(void)state;
	check_damage(rows, COUNT(rows));
}

/* One more at the same time as the five. */
static int make_six(void **state)
{
	static const char *const events[] = { "'type':'x.a','date':'2000'",
					      NULL };

	if (make_five(state) != 0)
		return -1;
	logs_append_at(1000000, events);
	return 0;
}

static void time_never_goes_back(void **state)
{
	static const struct damage row = {
		"events", 0, FLIP, 7,
		ALL_FIVE(NO_HASH)
		"6 it was recorded before the event ahead of it\n"
	};

	(void)state;
	check_damage_of(make_six, &row, 1);
}

/* Two nodes of level 5 and one of level 6 are full. */
static int make_seventy(void **state)
{
	static const char *const events[] = { "'type':'x.a','date':'2000'",
					      NULL };

	if (logs_make(state) != 0)
		return -1;
	for (int i = 0; i < 70; i++)
		logs_append_at(1000000, events);
	return 0;
}

static void changed_trees(void **state)
{
	static const struct damage rows[] = {
		{ "tree", 0, FLIP, 0,
		  "32 the tree's node 5/0 is missing or wrong\n" },
		{ "tree", 1, FLIP, 31,
		  "64 the tree's node 5/1 is missing or wrong\n" },
		{ "tree", 1, DROP, 0,
		  "64 the tree's node 5/1 is missing or wrong\n"
		  "0 the table tree has 2 entries, and 3 follow from the events\n" },
		{ "tree", 2, CUT, 0,
		  "64 the tree's node 6/0 is missing or wrong\n" },
		{ "tree", 2, ADD, 0,
		  "0 the table tree has 4 entries, and 3 follow from the events\n" },
	};

	(void)state;
	check_damage_of(make_seventy, rows, COUNT(rows));
}

static void changed_ids(void **state)
{
	static const struct damage rows[] = {
		{ "ids", 0, DROP, 0,
		  "3 its id is not in the index of ids\n"
		  "5 what it corrects or retracts is no event before it\n"
		  "0 there are 4 ids, and 5 follow from the events\n" },
		{ "ids", 0, ADD, 0,
		  "0 there are 6 ids, and 5 follow from the events\n" },
	};

	(void)state;
	check_damage(rows, COUNT(rows));
}

static void changed_columns(void **state)
{
	static const struct damage rows[] = {
		{ "columns", 0, DROP, 0, ALL_FIVE(NO_COLUMNS) },
		{ "columns", 0, CUT, 0, ALL_FIVE(NO_COLUMNS) },
		{ "columns", -1, ADD, 0,
		  "0 the table columns has 2 entries, and 1 follow from the events\n" },
	};

	(void)state;
	check_damage(rows, COUNT(rows));
}

static size_t length_of_columns(void)
{
	struct columns columns;
	struct store_txn *txn = NULL;
	struct ent_bytes key, value;
	struct store_cursor *cursor = NULL;

	assert_int_equal(store_begin_read(logs_log->store, &txn, NULL), ENT_OK);
	assert_int_equal(store_cursor_open(txn, STORE_COLUMNS, &cursor, NULL),
			 ENT_OK);
	assert_int_equal(store_cursor_last(cursor, &key, &value, NULL), ENT_OK);
	assert_int_equal(columns_read(1, value, &columns, NULL), ENT_OK);
	assert_int_equal(columns.count, EVENTS);
	store_cursor_close(cursor);
	store_abort(txn);
	return value.len;
}

static void every_byte_of_columns_is_checked(void **state)
{
	size_t len = length_of_columns();

	for (size_t at = 0; at < len; at++) {
		struct damage row = { "columns", 0, FLIP, (int)at, NULL };

		if (at > 0) {
			logs_remove_folder(state);
			assert_int_equal(make_five(state), 0);
		}
		damage_log(&row);
		assert_true(verify().findings > 0);
		assert_non_null(strstr(findings,
				       "its columns are missing or wrong\n"));
	}
}

static void changed_fixes(void **state)
{
	static const struct damage rows[] = {
		{ "fixes", 0, FLIP, 0,
		  "5 its entry in the index of fixes is missing or wrong\n" },
		{ "fixes", 0, FLIP, 4,
		  "5 its entry in the index of fixes is missing or wrong\n" },
		{ "fixes", 0, DROP, 0,
		  "5 its entry in the index of fixes is missing or wrong\n"
		  "0 the table fixes has 0 entries, and 1 follow from the events\n" },
		{ "fixes", 0, ADD, 0,
		  "0 the table fixes has 2 entries, and 1 follow from the events\n" },
	};

	(void)state;
	check_damage(rows, COUNT(rows));
}

/* Codes are given as they come: A 1, RUS 2, ARM 3, BLR 4. */
static void changed_codes(void **state)
{
	static const struct damage rows[] = {
		{ "texts", 3, FLIP, 0,
		  "3 the code of 'BLR' is another text\n" },
		{ "texts", 3, DROP, 0,
		  "3 the code of 'BLR' is another text\n"
		  "0 the table codes has 4 entries, and 3 follow from the events\n" },
		{ "codes", 2, DROP, 0,
		  "3 'BLR' has no code\n"
		  NO_COLUMNS("3")
		  "0 the table codes has 3 entries, and 4 follow from the events\n" },
		{ "codes", 2, ADD, 0,
		  "0 the table codes has 5 entries, and 4 follow from the events\n" },
	};

	(void)state;
	check_damage(rows, COUNT(rows));
}

static void missing_events_are_named(void **state)
{
	static const struct damage row = { "events", 2, DROP, 0, NULL };

	(void)state;
	damage_log(&row);
	assert_int_equal(verify().events, 70 - 1);
	assert_non_null(strstr(findings, "3 it is missing; 4 follows\n"));
}

static void a_changed_body_is_never_shown(void **state)
{
	static const struct damage row = { "events", 0, FLIP, AT_DATE, NULL };
	struct ent_event *event = NULL;
	struct ent_state *state_out = NULL;
	struct ent_basis basis = logs_basis("2010");
	struct ent_cursor *cursor = NULL;
	struct ent_error err;

	(void)state;
	damage_log(&row);
	check_failure(ent_log_get(logs_log, 2, &event, &err), ENT_ECORRUPT,
		      &err, "event 2: its bytes do not have the hash in the tree");
	assert_null(event);
	check_failure(ent_replay(logs_log, &basis, NULL, &state_out, &err),
		      ENT_ECORRUPT, &err,
		      "event 2: its bytes do not have the hash in the tree");
	assert_null(state_out);
	assert_int_equal(ent_log_read(logs_log, NULL, &cursor, NULL), ENT_OK);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_OK);
	ent_event_free(event);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_ECORRUPT);
	ent_cursor_close(cursor);
	assert_int_equal(ent_log_get(logs_log, 1, &event, NULL), ENT_OK);
	ent_event_free(event);
}

/* ---- progress ----------------------------------------------------------------- */

enum { MANY = 9000 };

static int make_many(void **state)
{
	struct ent_batch *batch = NULL;

	if (logs_make(state) != 0 || ent_batch_new(&batch, NULL) < 0)
		return -1;
	for (int i = 0; i < MANY; i++)
		logs_draft(batch, "'type':'x.note','date':'2000'", NULL);
	assert_int_equal(ent_log_append(logs_log, batch, NULL,
					&(struct ent_appended){ 0 }, NULL),
			 ENT_OK);
	ent_batch_free(batch);
	return 0;
}

/* Whatever bit of the ids is another, it is found. */
static void changed_id_runs(void **state)
{
	for (int at = 0; at < 24; at++) {
		struct damage row = { "id_runs", 0, FLIP, at < 20 ? at : -at,
				      NULL };

		if (at > 0) {
			logs_remove_folder(state);
			assert_int_equal(make_many(state), 0);
		}
		if (at == 6 || at == 7)
			continue; /* nothing is in there */
		damage_log(&row);
		assert_true(verify().findings > 0);
	}
}

struct calls {
	int count, stop_at; /* the call that asks to stop; 0: none */
	uint64_t done;
};

static int count_call(uint64_t done, uint64_t total, void *arg)
{
	struct calls *calls = arg;

	assert_int_equal(total, MANY);
	assert_true(done > calls->done && done <= total);
	calls->done = done;
	return ++calls->count == calls->stop_at;
}

static void progress_is_told(void **state)
{
	struct calls calls = { 0 };
	struct ent_verified out = { 0 };

	(void)state;
	assert_int_equal(ent_log_verify(logs_log, NULL, count_call, &calls,
					&out, NULL),
			 ENT_OK);
	assert_int_equal(calls.count, 2);
	assert_int_equal(calls.done, 8192);
	assert_int_equal(out.events, MANY);
}

static void progress_can_stop(void **state)
{
	struct ent_verified out = { .events = 77 };
	struct ent_error err;

	(void)state;
	for (int at = 1; at <= 2; at++) {
		struct calls calls = { .stop_at = at };
		char msg[64];

		snprintf(msg, sizeof(msg), "stopped after %d of 9000 events",
			 at * 4096);
		check_failure(ent_log_verify(logs_log, NULL, count_call, &calls,
					     &out, &err),
			      ENT_ESTOPPED, &err, msg);
		assert_int_equal(calls.count, at);
		assert_int_equal(out.events, 77);
	}
	/* The log is as usable as before. */
	assert_int_equal(ent_log_verify(logs_log, NULL, NULL, NULL, &out, NULL),
			 ENT_OK);
	assert_int_equal(out.events, MANY);
}

#define SETUP_TEST(make, f) \
	cmocka_unit_test_setup_teardown(f, make, logs_remove_folder)
#define FIVE_TEST(f) SETUP_TEST(make_five, f)
#define MANY_TEST(f) SETUP_TEST(make_many, f)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIVE_TEST(a_healthy_log_has_no_findings),
		LOG_TEST(an_empty_log_is_healthy),
		FIVE_TEST(changed_events),
		SETUP_TEST(make_six, time_never_goes_back),
		SETUP_TEST(make_seventy, changed_trees),
		FIVE_TEST(changed_ids),
		FIVE_TEST(changed_columns),
		FIVE_TEST(every_byte_of_columns_is_checked),
		FIVE_TEST(changed_fixes),
		FIVE_TEST(changed_codes),
		SETUP_TEST(make_seventy, missing_events_are_named),
		FIVE_TEST(a_changed_body_is_never_shown),
		MANY_TEST(changed_id_runs),
		MANY_TEST(progress_is_told),
		MANY_TEST(progress_can_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
