/*
 * verifying.h - logs of a test, one thing in them changed behind their back, and what
 * verify then finds.
 */
#ifndef TESTS_VERIFYING_H
#define TESTS_VERIFYING_H

#include "logs.h"

#include <lmdb.h>

enum { EVENTS = 5 };

/* 1 a founding, 2 and 3 joinings, 4 weighs by target, 5 takes 3 back. */
static inline int make_five(void **state)
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

static inline void note(uint64_t seq, const char *what, void *arg)
{
	size_t len = strlen(findings);

	assert_ptr_equal(arg, findings);
	snprintf(findings + len, sizeof(findings) - len, "%d %s\n", (int)seq,
		 what);
}

static inline struct ent_verified verify(void)
{
	struct ent_verified out = { 0 };
	struct ent_error err;

	findings[0] = '\0';
	if (ent_log_verify(logs_log, note, NULL, findings, &out, &err) < 0)
		fail_msg("%s", err.msg);
	return out;
}

/* Two nodes of level 5 and one of level 6 are full. */
static inline int make_seventy(void **state)
{
	static const char *const events[] = { "'type':'x.a','date':'2000'",
					      NULL };

	if (logs_make(state) != 0)
		return -1;
	for (int i = 0; i < 70; i++)
		logs_append_at(1000000, events);
	return 0;
}

/* ---- changing things ---------------------------------------------------------- */

enum change { FLIP, DROP, ADD, CUT };

/* Where: the entry at that index of the table in order; negative: from its end.
 * FLIP inverts the lowest bit of value[at] (negative: from its end); ADD puts a copy of
 * the entry under its key with the last byte + 100; CUT takes the last byte of the value
 * away. */
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

static inline void change_entry(MDB_txn *txn, MDB_dbi dbi, MDB_val key,
				MDB_val value, const struct damage *d)
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

static inline void damage_log(const struct damage *d)
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

#define SETUP_TEST(make, f) \
	cmocka_unit_test_setup_teardown(f, make, logs_remove_folder)
#define FIVE_TEST(f) SETUP_TEST(make_five, f)

#endif
