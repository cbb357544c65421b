/*
 * test_basis.c - which events a basis has, at its edges, and spans of alive events
 * against plain lists.
 */
#include "logs.h"

#include "log/log.h"
#include "state/basis.h"

#include <stdlib.h>

enum { TRIALS = 2000, DEAD_MAX = 24, SEQS = 60, ASKED = 40 };

/* ---- days ------------------------------------------------------------------------ */

static void check_day(int32_t day, int expected)
{
	struct ent_basis basis = { .at = day, .known = ENT_KNOWN_ALL };
	struct ent_state *state = NULL;
	struct ent_error err;
	int rc = ent_replay(logs_log, &basis, NULL, &state, &err);
	char msg[64];

	if (expected == ENT_OK) {
		assert_int_equal(rc, ENT_OK);
		ent_state_free(state);
		return;
	}
	snprintf(msg, sizeof(msg), "day %ld is not in the years 0001 to 9999",
		 (long)day);
	check_failure(rc, expected, &err, msg);
	assert_null(state);
}

static void days_one_beyond_the_calendar_can_be_asked_about(void **state)
{
	int32_t first = logs_day("0001-01-01"), last = logs_day("9999-12-31");

	(void)state;
	check_day(first, ENT_OK);
	check_day(first - 1, ENT_OK);
	check_day(first - 2, ENT_EUSAGE);
	check_day(last, ENT_OK);
	check_day(last + 1, ENT_OK);
	check_day(last + 2, ENT_EUSAGE);
}

/* ---- of a log ---------------------------------------------------------------------- */

/* Five events: the second and the fourth are dead, by the third and the fifth. */
static void make_events(void)
{
	APPEND("'type':'member.joined','alliance':'AA','actor':'ARM','date':'2001'",
	       "'type':'member.joined','alliance':'AA','actor':'BLR','date':'2001'",
	       "'type':'member.joined','alliance':'AA','actor':'KAZ','date':'2001',"
	       "'corrects':'#2','source':{'title':'T','published':'2002'}",
	       "'type':'member.withdrew','alliance':'AA','actor':'ARM','date':'2002'",
	       "'type':'event.retracted','retracts':'#4','data':{'reason':'r'}");
}

/* known: which of the five are alive, as bits from the first. */
static void check_alive(struct store_txn *txn, uint64_t known, unsigned expected)
{
	struct ent_basis basis = logs_basis("2010");
	struct selection selection = { 0 };
	struct ent_error err;

	basis.known = known;
	assert_int_equal(selection_make(txn, &basis, &selection, &err), ENT_OK);
	for (uint64_t seq = 1; seq <= 5; seq++) {
		struct row row = { .seq = seq, .published_hi = ENT_DAY_OPEN_END };
		bool alive = expected >> (seq - 1) & 1;
		struct alive_span span = { 0 };
		struct fix fix = { 0 };

		assert_int_equal(selection_alive(&selection, &row), alive);
		assert_int_equal(selection_alive_by(&selection, &span, &row), alive);
		if (seq > known)
			continue;
		assert_int_equal(selection_killer(&selection, seq) == NULL, alive);
		assert_int_equal(selection_find_killer(txn, &selection, seq, &fix, &err),
				 alive ? ENT_END : ENT_OK);
		assert_int_equal(fix.by, alive ? 0 : seq + 1);
	}
	selection_release(&selection);
	assert_null(selection.dead_seqs);
}

static void the_dead_are_those_of_what_is_known(void **state)
{
	struct store_txn *txn = NULL;

	(void)state;
	make_events();
	assert_int_equal(store_begin_read(logs_log->store, &txn, NULL), ENT_OK);
	check_alive(txn, 0, 0);
	check_alive(txn, 1, 1);
	check_alive(txn, 2, 3);
	check_alive(txn, 3, 1 | 4);
	check_alive(txn, 4, 1 | 4 | 8);
	check_alive(txn, 5, 1 | 4 | 16);
	check_alive(txn, 99, 1 | 4 | 16);
	store_abort(txn);
}

/* An event that nobody published kills nobody in a published basis. */
static void the_dead_are_those_of_what_is_published(void **state)
{
	struct ent_basis basis = logs_basis("2010");
	struct selection selection = { 0 };
	struct store_txn *txn = NULL;

	(void)state;
	make_events();
	basis.has_published = true;
	basis.published = logs_day("2002");
	assert_int_equal(store_begin_read(logs_log->store, &txn, NULL), ENT_OK);
	assert_int_equal(selection_make(txn, &basis, &selection, NULL), ENT_OK);
	assert_int_equal(selection.dead_count, 1);
	assert_int_equal(selection.dead_seqs[0], 2);
	assert_int_equal(selection_killer(&selection, 2)->by, 3);
	assert_null(selection_killer(&selection, 4));
	selection_release(&selection);
	basis.published--;
	assert_int_equal(selection_make(txn, &basis, &selection, NULL), ENT_OK);
	assert_int_equal(selection.dead_count, 0);
	selection_release(&selection);
	store_abort(txn);
}

/* ---- spans --------------------------------------------------------------------------- */

static uint64_t dice_state;

static uint64_t dice(uint64_t sides)
{
	dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
	return (dice_state >> 33) % sides;
}

/* Ascending, each once. */
static size_t throw_dead(uint64_t dead[DEAD_MAX])
{
	size_t count = 0;

	for (uint64_t seq = 1; seq <= SEQS && count < DEAD_MAX; seq++)
		if (dice(3) == 0)
			dead[count++] = seq;
	return count;
}

static void check_span(const struct alive_span *span, const struct selection *s,
		       uint64_t seq, bool alive)
{
	uint64_t from = 0, to = UINT64_MAX;
	size_t next = 0;

	for (size_t i = s->dead_count; i-- > 0;)
		if (s->dead_seqs[i] >= seq)
			to = s->dead_seqs[i];
	for (; next < s->dead_count && s->dead_seqs[next] < seq; next++)
		from = s->dead_seqs[next] + 1;
	assert_int_equal(span->from, from);
	assert_int_equal(span->to, to);
	assert_int_equal(span->next, next);
	assert_int_equal(alive, to != seq);
}

/* Mostly ascending, as a fold asks; the span goes wherever it is wanted. */
static void spans_are_those_of_a_plain_list(void **state)
{
	(void)state;
	dice_state = 1;
	for (unsigned trial = 0; trial < TRIALS; trial++) {
		uint64_t dead[DEAD_MAX], seq = 1;
		struct selection s = { .dead_seqs = dead };
		struct alive_span span = { 0 };

		s.dead_count = dice(8) ? throw_dead(dead) : 0;
		for (unsigned i = 0; i < ASKED; i++) {
			seq = dice(4) ? seq + dice(3) : 1 + dice(SEQS + 5);
			check_span(&span, &s, seq, alive_span_move(&span, &s, seq));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(days_one_beyond_the_calendar_can_be_asked_about),
		LOG_TEST(the_dead_are_those_of_what_is_known),
		LOG_TEST(the_dead_are_those_of_what_is_published),
		cmocka_unit_test(spans_are_those_of_a_plain_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
