/*
 * test_log_read.c - reading a log: single events, listings, figures.
 */
#include "logs.h"

/* Seven events: 1-4 members, 5 a chair, 6 a correction of 1, 7 a retraction of
 * 4; recorded in three steps. */
static int make_seven(void **state)
{
	static const char *const first[] = {
		"'type':'member.joined','alliance':'A','actor':'ARM','date':'2001'",
		"'type':'member.joined','alliance':'B','actor':'ARM','date':'2002-03'",
		"'type':'member.withdrew','alliance':'A','actor':'BLR','date':'../2003'",
		NULL
	};
	static const char *const second[] = {
		"'type':'statement.made','actor':'KAZ','date':'2004-01-01/..'",
		"'type':'chair.assumed','alliance':'A','actor':'ARM','date':'2005'",
		NULL
	};
	static const char *const third[] = {
		"'type':'member.joined','alliance':'A','actor':'ARM','date':'2001-05-05','corrects':'#1'",
		"'type':'event.retracted','retracts':'#4','data':{'reason':'r'}",
		NULL
	};

	if (logs_make(state) != 0)
		return -1;
	logs_append_at(1000, first);
	logs_append_at(2000, second);
	logs_append_at(2000, third);
	return 0;
}

static void an_empty_log_has_nothing(void **state)
{
	struct ent_event *event = NULL;
	struct ent_cursor *cursor = NULL;
	char hex[ENT_HASH_TEXT_SIZE];
	struct ent_hash root;
	uint64_t seq = 99;

	(void)state;
	assert_int_equal(ent_log_head(logs_log, &seq, &root, NULL), ENT_OK);
	assert_int_equal(seq, 0);
	ent_hash_text(&root, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_int_equal(ent_log_get(logs_log, 0, &event, NULL), ENT_END);
	assert_int_equal(ent_log_get(logs_log, 1, &event, NULL), ENT_END);
	assert_null(event);
	seq = 99;
	assert_int_equal(ent_log_known_at(logs_log, INT64_MAX, &seq, NULL),
			 ENT_OK);
	assert_int_equal(seq, 0);
	assert_int_equal(ent_log_read(logs_log, NULL, &cursor, NULL), ENT_OK);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_END);
	ent_cursor_close(cursor);
	ent_cursor_close(NULL);
}

static void known_at_is_the_last_recorded_by_then(void **state)
{
	static const struct {
		int64_t us;
		uint64_t seq;
	} rows[] = {
		{ INT64_MIN, 0 }, { 0, 0 }, { 999, 0 }, { 1000, 3 },
		{ 1999, 3 }, { 2000, 7 }, { 2001, 7 }, { INT64_MAX, 7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t seq = 99;

		assert_int_equal(ent_log_known_at(logs_log, rows[i].us, &seq,
						  NULL), ENT_OK);
		assert_int_equal(seq, rows[i].seq);
	}
}

static void an_event_is_read_as_it_was_written(void **state)
{
	struct ent_event *event = NULL;
	struct ent_hash leaf;

	(void)state;
	assert_int_equal(ent_log_get(logs_log, 6, &event, NULL), ENT_OK);
	assert_int_equal(event->seq, 6);
	assert_int_equal(event->recorded_us, 2000);
	assert_string_equal(event->type, "member.joined");
	assert_string_equal(event->alliance, "A");
	assert_string_equal(event->actor, "ARM");
	assert_null(event->target);
	assert_string_equal(event->date, "2001-05-05");
	assert_string_equal(event->modality, "fact");
	assert_int_equal(event->id.bytes[15], 6);
	assert_int_equal(event->corrects.bytes[15], 1);
	assert_true(ent_id_is_nil(&event->retracts));
	assert_string_equal(event->source.title, "T");
	assert_int_equal(event->when.lo, ent_day(2001, 5, 5));
	check_value(event->body,
		    "{'actor':'ARM','alliance':'A','corrects':'#1','date':'2001-05-05','source':{'title':'T'},'type':'member.joined'}");
	leaf = event->hash;
	ent_event_free(event);
	ent_log_get(logs_log, 5, &event, NULL);
	assert_memory_not_equal(&leaf, &event->hash, sizeof(leaf));
	ent_event_free(event);
	ent_event_free(NULL);
}

static void an_id_is_found(void **state)
{
	struct ent_id id;
	uint64_t seq = 99;

	(void)state;
	ent_id_parse(logs_json("#5"), &id, NULL);
	assert_int_equal(ent_log_find(logs_log, &id, &seq, NULL), ENT_OK);
	assert_int_equal(seq, 5);
	ent_id_parse(logs_json("#50"), &id, NULL);
	assert_int_equal(ent_log_find(logs_log, &id, &seq, NULL), ENT_END);
	assert_int_equal(seq, 5);
}

static void fixes_are_listed(void **state)
{
	static const struct {
		uint64_t seq, by;
	} rows[] = { { 1, 6 }, { 4, 7 }, { 2, 0 }, { 6, 0 }, { 99, 0 },
		     { 0, 0 } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t *list = NULL;
		size_t count = 99;

		assert_int_equal(ent_log_fixes(logs_log, rows[i].seq, &list,
					       &count, NULL), ENT_OK);
		assert_int_equal(count, rows[i].by ? 1 : 0);
		if (rows[i].by)
			assert_int_equal(list[0], rows[i].by);
		else
			assert_null(list);
		ent_free(list);
	}
}

/* The numbers that a cursor gives, as text. */
static void check_rest(struct ent_cursor *cursor, const char *wanted)
{
	struct ent_event *event = NULL;
	char got[64] = "";
	int rc;

	while ((rc = ent_cursor_next(cursor, &event, NULL)) == ENT_OK) {
		sprintf(got + strlen(got), "%d", (int)event->seq);
		ent_event_free(event);
	}
	assert_int_equal(rc, ENT_END);
	assert_int_equal(ent_cursor_next(cursor, &event, NULL), ENT_END);
	assert_string_equal(got, wanted);
	ent_cursor_close(cursor);
}

static struct ent_cursor *read_log(const struct ent_filter *filter)
{
	struct ent_cursor *cursor = NULL;

	assert_int_equal(ent_log_read(logs_log, filter, &cursor, NULL), ENT_OK);
	return cursor;
}

static void every_filter_filters(void **state)
{
	static const struct {
		struct ent_filter filter;
		const char *wanted;
	} rows[] = {
		{ { 0 }, "1234567" },
		{ { .reverse = true }, "7654321" },
		{ { .alliance = "A" }, "1356" },
		{ { .alliance = "B" }, "2" },
		{ { .alliance = "C" }, "" },
		{ { .actor = "ARM" }, "1256" },
		{ { .actor = "ARM", .alliance = "A", .reverse = true }, "651" },
		{ { .type = "member.joined" }, "126" },
		{ { .type = "member." }, "1236" },
		{ { .type = "member" }, "" },
		{ { .type = "chair." }, "5" },
		{ { .type = "event.retracted" }, "7" },
		{ { .known = 3 }, "123" },
		{ { .known = 3, .reverse = true }, "321" },
		{ { .known = 700 }, "1234567" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_rest(read_log(&rows[i].filter), rows[i].wanted);
	check_rest(read_log(NULL), "1234567");
}

/* Listed is what may have happened between the days; what has no date is not. */
static void days_filter_by_what_is_possible(void **state)
{
	static const struct {
		const char *from, *to, *wanted;
	} rows[] = {
		{ NULL, "2000-12-31", "3" },
		{ NULL, "2001-01-01", "13" },
		{ NULL, "2001-05-05", "136" },
		{ "2001-12-31", NULL, "12345" },
		{ "2002-01-01", NULL, "2345" },
		{ "2002-03-31", "2002-03-31", "23" },
		{ "2002-04-01", "2003-12-31", "3" },
		{ "2004-01-01", "2004-12-31", "4" },
		{ "2006-01-01", NULL, "4" },
		{ "0001-01-01", "9999-12-31", "123456" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_filter filter = { .has_from = rows[i].from,
					     .has_to = rows[i].to };

		if (rows[i].from)
			filter.from = logs_day(rows[i].from);
		if (rows[i].to)
			filter.to = logs_day(rows[i].to);
		check_rest(read_log(&filter), rows[i].wanted);
	}
}

static void a_cursor_does_not_see_later_events(void **state)
{
	struct ent_filter backwards = { .reverse = true };
	struct ent_cursor *forth = read_log(NULL), *back = read_log(&backwards);
	struct ent_event *event = NULL;

	(void)state;
	assert_int_equal(ent_cursor_next(forth, &event, NULL), ENT_OK);
	ent_event_free(event);
	APPEND("'type':'statement.made','actor':'KAZ','date':'2010'");
	check_rest(forth, "234567");
	check_rest(back, "7654321");
	check_rest(read_log(NULL), "12345678");
}

static void a_filter_is_copied(void **state)
{
	char alliance[] = "B", actor[] = "ARM", type[] = "member.";
	struct ent_filter filter = { .alliance = alliance,
				     .actor = actor,
				     .type = type };
	struct ent_cursor *cursor = read_log(&filter);

	(void)state;
	alliance[0] = actor[0] = type[0] = 'Z';
	check_rest(cursor, "2");
}

static void figures_are_those_of_the_log(void **state)
{
	struct ent_stat stat = { 0 };

	(void)state;
	assert_int_equal(ent_log_stat(logs_log, &stat, NULL), ENT_OK);
	assert_int_equal(stat.events, 7);
	assert_int_equal(stat.alive, 5); /* 1 is corrected, 4 is retracted */
	assert_int_equal(stat.alliances, 2);
	assert_int_equal(stat.actors, 3);
	assert_int_equal(stat.first_recorded_us, 1000);
	assert_int_equal(stat.last_recorded_us, 2000);
	assert_int_equal(stat.first_day, ent_day(2001, 1, 1));
	assert_int_equal(stat.last_day, ent_day(2005, 1, 1));
	assert_true(stat.file_bytes > 20000);
	assert_in_range(stat.event_bytes, 7 * 50, 7 * 200);
	assert_int_equal(stat.format, ENT_FORMAT_VERSION);
	assert_int_equal(stat.readers, 1);
	assert_int_equal(stat.oldest_reader, 0);
}

static void figures_of_an_empty_log_are_zeros(void **state)
{
	struct ent_stat stat = { .events = 99, .first_day = 99 };

	(void)state;
	assert_int_equal(ent_log_stat(logs_log, &stat, NULL), ENT_OK);
	assert_int_equal(stat.events, 0);
	assert_int_equal(stat.alive, 0);
	assert_int_equal(stat.alliances, 0);
	assert_int_equal(stat.actors, 0);
	assert_int_equal(stat.first_recorded_us, 0);
	assert_int_equal(stat.last_recorded_us, 0);
	assert_int_equal(stat.first_day, 0);
	assert_int_equal(stat.last_day, -1);
	assert_int_equal(stat.event_bytes, 0);
	assert_int_equal(stat.format, ENT_FORMAT_VERSION);
}

static void figures_before_1970(void **state)
{
	struct ent_stat stat = { 0 };

	(void)state;
	APPEND("'type':'statement.made','actor':'KAZ','date':'1949-04-04'",
	       "'type':'statement.made','actor':'KAZ','date':'1960-01-01'");
	assert_int_equal(ent_log_stat(logs_log, &stat, NULL), ENT_OK);
	assert_int_equal(stat.first_day, ent_day(1949, 4, 4));
	assert_int_equal(stat.last_day, ent_day(1960, 1, 1));
}

#define SEVEN_TEST(f) \
	cmocka_unit_test_setup_teardown(f, make_seven, logs_remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(an_empty_log_has_nothing),
		SEVEN_TEST(known_at_is_the_last_recorded_by_then),
		SEVEN_TEST(an_event_is_read_as_it_was_written),
		SEVEN_TEST(an_id_is_found),
		SEVEN_TEST(fixes_are_listed),
		SEVEN_TEST(every_filter_filters),
		SEVEN_TEST(days_filter_by_what_is_possible),
		SEVEN_TEST(a_cursor_does_not_see_later_events),
		SEVEN_TEST(a_filter_is_copied),
		SEVEN_TEST(figures_are_those_of_the_log),
		LOG_TEST(figures_of_an_empty_log_are_zeros),
		LOG_TEST(figures_before_1970),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
