/*
 * test_verify_tables.c - one entry changed in each table, and what verify says.
 */
#include "verifying.h"

#include "log/columns.h"
#include "log/log.h"

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

/* ---- pages that claim more ---------------------------------------------------- */

enum { PAGE = 4096, PAGES_MAX = 64, LEAF = 2, HEAD = 16, FLAGS = 10, LOWER = 12 };

static uint16_t half(const uint8_t *at)
{
	uint16_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/* A leaf with one entry of this key. */
static bool has_only(const uint8_t *page, const uint8_t key[16])
{
	return half(page + FLAGS) == LEAF && half(page + LOWER) == HEAD + 2 &&
	       half(page + HEAD) <= PAGE - 8 - 16 &&
	       memcmp(page + half(page + HEAD) + 8, key, 16) == 0;
}

static void claim_a_second(const uint8_t key[16])
{
	static uint8_t image[PAGES_MAX * PAGE];
	char path[128];
	FILE *file;
	size_t size;
	unsigned found = 0;

	snprintf(path, sizeof(path), "%s/data.mdb", logs_dir);
	file = fopen(path, "r+b");
	assert_non_null(file);
	size = fread(image, 1, sizeof(image), file);
	for (uint8_t *page = image; page < image + size; page += PAGE)
		if (has_only(page, key)) {
			page[LOWER] += 2;
			found++;
		}
	rewind(file);
	assert_int_equal(fwrite(image, 1, size, file), size);
	fclose(file);
	assert_true(found > 0);
}

/* Each entry is still found by its key, and their number is right. */
static void pages_have_no_more_than_the_table(void **state)
{
	static const uint8_t fix[16] = { [7] = 3, [15] = 5 };

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	claim_a_second(fix);
	assert_int_equal(ent_log_open(logs_dir, NULL, &logs_log, NULL), ENT_OK);
	assert_int_equal(verify().findings, 1);
	assert_non_null(strstr(findings, "0 the table fixes cannot be walked: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIVE_TEST(changed_events),
		SETUP_TEST(make_six, time_never_goes_back),
		SETUP_TEST(make_seventy, changed_trees),
		FIVE_TEST(changed_ids),
		FIVE_TEST(changed_columns),
		FIVE_TEST(every_byte_of_columns_is_checked),
		FIVE_TEST(changed_fixes),
		FIVE_TEST(changed_codes),
		FIVE_TEST(pages_have_no_more_than_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
