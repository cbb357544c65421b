/*
 * test_import_atop.c - the whole member table of ATOP through its map and into a
 * log, then replayed on every day on which something changes, and compared with
 * the table of states and years that the same project made.
 *
 * It is run in the project's root; the tables are looked for in
 * $ENTENTE_SHARED/data, else in ../shared/data.
 */
#include "logs.h"

#include <fcntl.h>

#include "doors/csv.h"
#include "news/lexicon/lexicon.h"

enum { FIRST_YEAR = 1815, LAST_YEAR = 2018, YEARS = LAST_YEAR - FIRST_YEAR + 2,
       CODES_MAX = 6, STATES_MAX = 1000, MEMBERSHIPS_MAX = 4000, SHOWN_MAX = 10,
       ALLIANCES = 59 /* columns of the other table */ };

/* One state in one alliance, by ours. */
struct membership {
	char alliance[16];
	char actor[16];
	bool was[YEARS];    /* a member at some time of the year */
	bool listed[YEARS]; /* the other table says so */
};

/* A state of the other table: what ours may call it. */
struct state {
	bool seen;
	char codes[CODES_MAX][16];
	size_t codes_count;
};

static struct membership memberships[MEMBERSHIPS_MAX];
static size_t memberships_count;
static struct state states[STATES_MAX];
static int32_t days[3 * MEMBERSHIPS_MAX];
static size_t days_count;

static int open_table(const char *name)
{
	const char *shared = getenv("ENTENTE_SHARED");
	char path[1024];

	snprintf(path, sizeof(path), "%s/data/%s",
		 shared && *shared ? shared : "../shared", name);
	return open(path, O_RDONLY);
}

static int year_of(int32_t day)
{
	char text[ENT_DAY_TEXT_SIZE];

	ent_day_text(day, text);
	return (int)strtol(text, NULL, 10);
}

/* ---- the import -------------------------------------------------------- */

static struct membership *find(const char *alliance, const char *actor, bool make)
{
	struct membership *found;

	for (size_t i = 0; i < memberships_count; i++) {
		found = &memberships[i];
		if (strcmp(found->alliance, alliance) == 0 &&
		    strcmp(found->actor, actor) == 0)
			return found;
	}
	if (!make)
		return NULL;
	assert_true(memberships_count < MEMBERSHIPS_MAX);
	found = &memberships[memberships_count++];
	snprintf(found->alliance, sizeof(found->alliance), "%s", alliance);
	snprintf(found->actor, sizeof(found->actor), "%s", actor);
	return found;
}

static int take(const char *json, size_t len, const char *label, void *arg,
		struct ent_error *err)
{
	struct ent_event *event = NULL;
	int rc = ent_batch_add(arg, json, len, label, err);

	if (rc == ENT_OK)
		rc = ent_event_parse(json, len, &event, err);
	if (rc < 0)
		return rc;
	if (event->actor)
		find(event->alliance, event->actor, true);
	assert_true(days_count < COUNT(days));
	days[days_count++] = event->when.lo;
	assert_non_null(event->source.publisher);
	ent_event_free(event);
	return ENT_OK;
}

static void bad(const char *label, unsigned column, const char *why, void *arg)
{
	(void)arg;
	fail_msg("%s:%u: %s", label, column, why);
}

static void import(int fd)
{
	struct ent_append_options options = { .now_us = 1000, .no_sync = true };
	struct ent_batch *batch = NULL;
	struct ent_imported done = { 0 };
	struct ent_appended appended;
	struct ent_error err = { 0 };
	size_t len;
	const char *map = ent_import_map("atop", &len);

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	const struct ent_import to = { take, bad, batch };

	if (ent_import_csv(fd, "atop5_1m.csv", map, len, &to, &done, &err) < 0 ||
	    ent_log_append(logs_log, batch, &options, &appended, &err) < 0)
		fail_msg("%s", err.msg);
	ent_batch_free(batch);
	printf("%u rows are %u events: %zu memberships\n", (unsigned)done.rows,
	       (unsigned)done.events, memberships_count);
}

/* ---- by the log -------------------------------------------------------- */

/* The end of a day is the beginning of the next: who leaves on the first of
 * January was still in that year when it began. */
static void mark_day(int32_t day)
{
	struct ent_basis basis = { .at = day, .known = ENT_KNOWN_ALL };
	struct ent_state *state = logs_replay(&basis, NULL);
	const struct ent_value *alliances = ent_state_alliances(state);
	int year = year_of(day) - FIRST_YEAR, next = year_of(day + 1) - FIRST_YEAR;

	for (size_t i = 0; i < memberships_count; i++) {
		struct membership *one = &memberships[i];
		const struct ent_value *alliance =
			ent_value_get(alliances, one->alliance);

		if (!ent_value_get(ent_value_get(alliance, "members"), one->actor))
			continue;
		one->was[year] = true;
		one->was[next] = true;
	}
	ent_state_free(state);
}

static int compare_days(const void *a, const void *b)
{
	const int32_t *x = a;
	const int32_t *y = b;

	return (*x > *y) - (*x < *y);
}

static void mark_days(void)
{
	for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
		days[days_count++] = ent_day(year, 12, 31);
	qsort(days, days_count, sizeof(*days), compare_days);
	for (size_t i = 0; i < days_count; i++)
		if (i == 0 || days[i] != days[i - 1])
			mark_day(days[i]);
}

/* ---- by the other table ------------------------------------------------ */

static void learn_codes(struct state *state, const struct lexicon *lexicon,
			int number)
{
	state->seen = true;
	for (int year = FIRST_YEAR; year <= LAST_YEAR + 1; year++) {
		const char *code = lexicon_cow(lexicon, number,
					       year > LAST_YEAR ? 9999 : year);
		char own[16];
		bool known = false;

		snprintf(own, sizeof(own), "COW-%d", number);
		code = code ? code : own;
		for (size_t i = 0; i < state->codes_count; i++)
			known = known || strcmp(state->codes[i], code) == 0;
		if (known)
			continue;
		assert_true(state->codes_count < CODES_MAX);
		strcpy(state->codes[state->codes_count++], code);
	}
}

/* Was it a member in that year, under any of its codes? */
static bool mark_listed(const struct state *state, const char *alliance, int year)
{
	bool was = false;

	for (size_t i = 0; i < state->codes_count; i++) {
		struct membership *one = find(alliance, state->codes[i], false);

		if (!one)
			continue;
		one->listed[year - FIRST_YEAR] = true;
		was = was || one->was[year - FIRST_YEAR];
	}
	return was;
}

static size_t column(const struct row_fields *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (strcmp(row->texts[i], name) == 0)
			return i;
	fail_msg("no column %s", name);
	return 0;
}

static void show(unsigned wrong, const char *actor, const char *alliance, int year,
		 const char *what)
{
	if (wrong <= SHOWN_MAX)
		printf("%s in %s in %d: %s\n", actor, alliance, year, what);
}

/* How many state-years it lists, and how many of them ours has not. */
static unsigned read_listed(int fd, const struct lexicon *lexicon,
			    unsigned *out_wrong)
{
	struct rows *rows = NULL;
	struct row_fields row;
	unsigned listed = 0;
	size_t first;

	*out_wrong = 0;
	assert_int_equal(rows_open(fd, ',', true, &rows, NULL), ENT_OK);
	assert_int_equal(rows_next(rows, &row, NULL), ENT_OK);
	assert_int_equal(column(&row, "state"), 0);
	assert_int_equal(column(&row, "year"), 1);
	first = column(&row, "atopid1");
	assert_int_equal(column(&row, "atopid59"), first + ALLIANCES - 1);
	while (rows_next(rows, &row, NULL) == ENT_OK) {
		int number = (int)strtol(row.texts[0], NULL, 10);
		int year = (int)strtol(row.texts[1], NULL, 10);

		assert_true(number > 0 && number < STATES_MAX);
		if (!states[number].seen)
			learn_codes(&states[number], lexicon, number);
		for (size_t i = first; i < first + ALLIANCES; i++) {
			char alliance[32];
			long id = strtol(row.texts[i], NULL, 10);

			if (id <= 0)
				continue;
			snprintf(alliance, sizeof(alliance), "ATOP-%ld", id);
			listed++;
			if (!mark_listed(&states[number], alliance, year))
				show(++*out_wrong, states[number].codes[0],
				     alliance, year, "only listed");
		}
	}
	rows_close(rows);
	return listed;
}

static bool is_listed_state(const char *actor)
{
	for (size_t i = 0; i < STATES_MAX; i++)
		for (size_t k = 0; k < states[i].codes_count; k++)
			if (strcmp(states[i].codes[k], actor) == 0)
				return true;
	return false;
}

/* Of the years that ours has, how many it does not list. */
static unsigned compare(unsigned *out_left_out)
{
	unsigned wrong = 0;

	*out_left_out = 0;
	for (size_t i = 0; i < memberships_count; i++) {
		const struct membership *one = &memberships[i];

		for (int y = 0; y + 1 < YEARS; y++) {
			if (!one->was[y] || one->listed[y])
				continue;
			if (!is_listed_state(one->actor)) {
				++*out_left_out;
				continue;
			}
			show(++wrong, one->actor, one->alliance, FIRST_YEAR + y,
			     "not listed");
		}
	}
	return wrong;
}

static void memberships_agree(void **state)
{
	int members = open_table("atop5_1m.csv");
	int years = open_table("atop5_1sy.csv");
	struct lexicon *lexicon = NULL;
	unsigned listed, only_listed, not_listed, left_out;

	(void)state;
	if (members < 0 || years < 0) {
		printf("the tables of ATOP are not there\n");
		skip();
	}
	import(members);
	assert_int_equal(lexicon_open(&lexicon, NULL), ENT_OK);
	mark_days();
	listed = read_listed(years, lexicon, &only_listed);
	not_listed = compare(&left_out);
	printf("%u state-years listed: %u that ours has not, %u that only ours has "
	       "(%u of states that the table does not have left out)\n", listed,
	       only_listed, not_listed, left_out);
	assert_int_equal(only_listed, 0);
	assert_int_equal(not_listed, 0);
	lexicon_close(lexicon);
	close(members);
	close(years);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(memberships_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
