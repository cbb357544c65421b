/*
 * test_damage.c - entries of every table spoilt through the store's own door, by which
 * no page is broken: whoever verifies is told, and no call does worse than to say that
 * the log is damaged.
 *
 * What cannot be noticed by whom is not asked for here: answers may be wrong where an
 * index lies.  That is what verifying is for.
 */
#include "steps_ask.h"
#include "steps_write.h"

#include "log/log.h"

enum damage {
	SHORTER,    /* the value, by a byte */
	LONGER,     /* the value, by a byte */
	EMPTY,      /* the value */
	ALL_ONES,   /* the value */
	LAST_BYTE,  /* of the value, another one */
	GONE,       /* all of it */
	KEY_SHORTER,
	KEY_LONGER, /* both beside the right one, which is gone */
	KEY_OTHER,  /* its last byte is one more */
	DAMAGES
};

enum { BYTES_MAX = 1 << 20, TRIED = 3 };

struct entry {
	uint8_t key[512], value[BYTES_MAX];
	size_t key_len, len;
};

static struct entry entry;

/* Entry number index of the table, or the last; how many there are. */
static unsigned take(struct store_txn *txn, enum store_table table, unsigned index)
{
	static const struct ent_bytes start = { "", 1 };
	struct store_cursor *cursor = NULL;
	struct ent_bytes key, value;
	unsigned count = 0;
	int rc;

	assert_int_equal(store_cursor_open(txn, table, &cursor, NULL), ENT_OK);
	for (rc = store_cursor_seek(cursor, start, &key, &value, NULL); rc == ENT_OK;
	     rc = store_cursor_next(cursor, &key, &value, NULL)) {
		if (count++ > index)
			continue;
		assert_true(value.len < BYTES_MAX && key.len < sizeof(entry.key));
		memcpy(entry.key, key.data, entry.key_len = key.len);
		memcpy(entry.value, value.data, entry.len = value.len);
	}
	store_cursor_close(cursor);
	return count;
}

/* Spoil the entry in hand; false: that does nothing to it. */
static bool spoil(enum damage damage)
{
	switch (damage) {
	case SHORTER:
		return entry.len > 0 && entry.len--;
	case LONGER:
		entry.value[entry.len++] = 1;
		return true;
	case EMPTY:
		return entry.len > 0 && (entry.len = 0, true);
	case ALL_ONES:
		memset(entry.value, 0xff, entry.len);
		return entry.len > 0;
	case LAST_BYTE:
		return entry.len > 0 && (entry.value[entry.len - 1] ^= 0x15, true);
	case KEY_SHORTER:
		return entry.key_len-- > 1;
	case KEY_LONGER:
		entry.key[entry.key_len++] = 7;
		return true;
	case KEY_OTHER:
		entry.key[entry.key_len - 1]++;
		return true;
	default:
		return true;
	}
}

/* false: there is nothing to spoil in that way. */
static bool damage_log(enum store_table table, unsigned index, enum damage damage)
{
	struct store_txn *txn = NULL;
	bool done;

	assert_int_equal(store_begin_write(logs_log->store, true, &txn, NULL), ENT_OK);
	take(txn, table, index);
	/* The format's own entry says whether it is a log at all. */
	done = table != STORE_META || entry.key[0] == 'r';
	if (done)
		assert_int_equal(store_delete(txn, table,
					      (struct ent_bytes){ entry.key,
								  entry.key_len },
					      NULL), ENT_OK);
	done = done && spoil(damage);
	if (done && damage != GONE)
		store_replace(txn, table,
			      (struct ent_bytes){ entry.key, entry.key_len },
			      (struct ent_bytes){ entry.value, entry.len }, NULL);
	if (!done) {
		store_abort(txn);
		return false;
	}
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	return true;
}

static void check_noticed(const char *what)
{
	struct ent_verified verified = { .findings = 0 };
	struct ent_error err;
	int rc = ent_log_verify(logs_log, NULL, NULL, NULL, &verified, &err);

	if (rc != ENT_ECORRUPT && (rc != ENT_OK || verified.findings == 0))
		fail_msg("%s: verify: %d, no finding", what, rc);
}

static void check_step(const struct step *step, const char *what)
{
	struct ent_error err = { .msg = "" };
	int rc = step->run(&err);

	if (rc < 0 && (rc != err.code || err.msg[0] == '\0'))
		fail_msg("%s: %s: %d, but \"%s\"", what, step->name, rc, err.msg);
	if (rc < 0 && rc != ENT_ECORRUPT && rc != ENT_EINPUT &&
	    rc != ENT_ECONFLICT && rc != ENT_EPROOF)
		fail_msg("%s: %s: %d: %s", what, step->name, rc, err.msg);
}

/* What is written into a damaged log is taken back by a new copy. */
static void try_damage(enum store_table table, unsigned index, enum damage damage)
{
	char what[64];

	snprintf(what, sizeof(what), "table %d, entry %u, damage %d", table, index,
		 damage);
	steps_copy();
	steps_open();
	if (!damage_log(table, index, damage))
		goto out;
	check_noticed(what);
	for (size_t i = 0; i < COUNT(steps_ask); i++)
		check_step(&steps_ask[i], what);
	for (size_t i = 0; i < COUNT(steps_write); i++) {
		check_step(&steps_write[i], what);
		steps_close();
		steps_copy();
		steps_open();
		damage_log(table, index, damage);
	}
out:
	steps_close();
}

static unsigned count_entries(enum store_table table)
{
	struct store_txn *txn = NULL;
	unsigned count;

	steps_open();
	assert_int_equal(store_begin_read(logs_log->store, &txn, NULL), ENT_OK);
	count = take(txn, table, 0);
	store_abort(txn);
	steps_close();
	return count;
}

static void damage_is_noticed_and_survived(void **state)
{
	unsigned tables = 0;

	(void)state;
	steps.damaged = true;
	for (enum store_table table = 0; table < STORE_TABLES; table++) {
		unsigned count = count_entries(table);

		tables += count > 0;
		for (unsigned i = 0; i < TRIED && i < count; i++)
			for (enum damage damage = 0; damage < DAMAGES; damage++)
				try_damage(table, i * (count - 1) / (TRIED - 1), damage);
	}
	assert_int_equal(tables, STORE_TABLES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STEPS_TEST(damage_is_noticed_and_survived),
	};

	return cmocka_run_group_tests(tests, steps_make_base, steps_remove_base);
}
