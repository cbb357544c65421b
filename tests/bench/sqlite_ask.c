/*
 * sqlite_ask.c - the questions as SQL: one seek for each alliance and actor; and
 * the two ways to fold all events.
 */
#include <string.h>

#include "clock.h"
#include "sqlite_private.h"

/* The last fact of the cell (a, x) on day D as known at K. */
#define SEEK(a, x, D, K)                                                    \
	"(SELECT e.status FROM ev e WHERE e.alliance = " a                  \
	" AND e.actor = " x " AND e.status > 0 AND e.day <= " D             \
	" AND e.seq <= " K " AND e.until >= " D " AND NOT EXISTS"           \
	" (SELECT 1 FROM ev f WHERE f.fixes = e.seq AND f.fixes > 0"        \
	" AND f.seq <= " K ")"                                              \
	" ORDER BY e.day DESC, e.phase DESC, e.seq DESC LIMIT 1)"

enum { ASK_ONE, ASK_ALL, COMPARE_ONE, COMPARE_ALL };

static const char *const questions[SQLITE_STATEMENTS] = {
	[ASK_ONE] = "SELECT ?1, x.id, " SEEK("?1", "x.id", "?2", "?3")
		    " FROM actor x",
	[ASK_ALL] = "SELECT a.id, x.id, " SEEK("a.id", "x.id", "?2", "?3")
		    " FROM alliance a, actor x",
	[COMPARE_ONE] =
		"SELECT i, j, s, t FROM (SELECT ?1 i, x.id j,"
		SEEK("?1", "x.id", "?2", "?3") " s,"
		SEEK("?1", "x.id", "?4", "?5") " t FROM actor x)"
		" WHERE s IS NOT t",
	[COMPARE_ALL] =
		"SELECT i, j, s, t FROM (SELECT a.id i, x.id j,"
		SEEK("a.id", "x.id", "?2", "?3") " s,"
		SEEK("a.id", "x.id", "?4", "?5") " t"
		" FROM alliance a, actor x) WHERE s IS NOT t",
};

static sqlite3_stmt *statement(struct sqlite *sqlite, int which)
{
	if (!sqlite->statements[which])
		sqlite->statements[which] =
			sqlite_prepare(sqlite, questions[which]);
	return sqlite->statements[which];
}

static void bind(sqlite3_stmt *s, int at, const struct question *question)
{
	sqlite3_bind_int(s, at, question->at);
	sqlite3_bind_int64(s, at + 1,
			   question->known > INT64_MAX
				   ? INT64_MAX
				   : (sqlite3_int64)question->known);
}

static uint8_t *cell(sqlite3_stmt *s, struct answer *out)
{
	int alliance = sqlite3_column_int(s, 0);
	int actor = sqlite3_column_int(s, 1);

	if (alliance < 0 || alliance >= GENERATE_ALLIANCES || actor < 0 ||
	    actor >= GENERATE_ACTORS)
		die("SQLite: a cell that does not exist");
	return &out->cell[alliance][actor];
}

static void finish(struct sqlite *sqlite, sqlite3_stmt *s, int rc)
{
	if (rc != SQLITE_DONE)
		die("SQLite: %s", sqlite3_errmsg(sqlite->db));
	sqlite3_reset(s);
}

double sqlite_ask(struct peer *peer, const struct question *question,
		  struct answer *out)
{
	struct sqlite *sqlite = sqlite_of(peer);
	bool all = question->alliance == ALL_ALLIANCES;
	double start = now();
	sqlite3_stmt *s = statement(sqlite, all ? ASK_ALL : ASK_ONE);
	int rc;

	memset(out, 0, sizeof(*out));
	if (!all)
		sqlite3_bind_int(s, 1, question->alliance);
	bind(s, 2, question);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		*cell(s, out) = (uint8_t)sqlite3_column_int(s, 2);
	finish(sqlite, s, rc);
	return now() - start;
}

double sqlite_compare(struct peer *peer, const struct question *from,
		      const struct question *to, struct answer *out)
{
	struct sqlite *sqlite = sqlite_of(peer);
	bool all = from->alliance == ALL_ALLIANCES;
	double start = now();
	sqlite3_stmt *s = statement(sqlite, all ? COMPARE_ALL : COMPARE_ONE);
	int rc;

	memset(out, 0, sizeof(*out));
	if (!all)
		sqlite3_bind_int(s, 1, from->alliance);
	bind(s, 2, from);
	bind(s, 4, to);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		*cell(s, out) = (uint8_t)(sqlite3_column_int(s, 2) << 4 |
					  sqlite3_column_int(s, 3));
	finish(sqlite, s, rc);
	return now() - start;
}

/* ---- all events ------------------------------------------------------- */

struct fold {
	int64_t last[GENERATE_ALLIANCES][GENERATE_ACTORS];
	uint8_t *fixed; /* a bit for each number */
	int64_t newest;
};

static void find_fixed(struct sqlite *sqlite, struct fold *fold)
{
	sqlite3_stmt *s = sqlite_prepare(sqlite, "SELECT max(seq) FROM ev");

	if (sqlite3_step(s) == SQLITE_ROW)
		fold->newest = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	fold->fixed = need((size_t)fold->newest / 8 + 1);
	s = sqlite_prepare(sqlite, "SELECT fixes FROM ev WHERE fixes > 0");
	while (sqlite3_step(s) == SQLITE_ROW) {
		int64_t seq = sqlite3_column_int64(s, 0);

		fold->fixed[seq / 8] |= (uint8_t)(1 << seq % 8);
	}
	sqlite3_finalize(s);
}

static void fold_row(struct fold *fold, sqlite3_stmt *s, int32_t at,
		     struct answer *out)
{
	int64_t seq = sqlite3_column_int64(s, 2);
	int day = sqlite3_column_int(s, 3), status = sqlite3_column_int(s, 5);
	int64_t place = ((int64_t)day + 1000000) * 4 + sqlite3_column_int(s, 4);
	uint8_t *held;
	int64_t *last;

	if (!status || day > at || sqlite3_column_int(s, 6) < at ||
	    fold->fixed[seq / 8] >> seq % 8 & 1)
		return;
	held = cell(s, out);
	last = &fold->last[0][0] + (held - &out->cell[0][0]);
	if (place < *last)
		return;
	*last = place;
	*held = (uint8_t)status;
}

double sqlite_fold_columns(struct peer *peer, struct answer *out)
{
	struct sqlite *sqlite = sqlite_of(peer);
	static struct fold fold;
	double start = now();
	sqlite3_stmt *s = sqlite_prepare(
		sqlite, "SELECT alliance, actor, seq, day, phase, status,"
			" until FROM ev ORDER BY seq");
	int rc;

	memset(&fold, 0, sizeof(fold));
	memset(out, 0, sizeof(*out));
	find_fixed(sqlite, &fold);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		fold_row(&fold, s, generate_last_day(), out);
	finish(sqlite, s, rc);
	sqlite3_finalize(s);
	free(fold.fixed);
	return now() - start;
}

double sqlite_fold_window(struct peer *peer, struct answer *out)
{
	struct sqlite *sqlite = sqlite_of(peer);
	double start = now();
	sqlite3_stmt *s = sqlite_prepare(
		sqlite,
		"SELECT alliance, actor, status FROM (SELECT alliance, actor,"
		" status, row_number() OVER (PARTITION BY alliance, actor"
		" ORDER BY day DESC, phase DESC, seq DESC) n FROM ev"
		" WHERE status > 0 AND day <= ?1 AND until >= ?1 AND seq NOT IN"
		" (SELECT fixes FROM ev WHERE fixes > 0)) WHERE n = 1");
	int rc;

	memset(out, 0, sizeof(*out));
	sqlite3_bind_int(s, 1, generate_last_day());
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		*cell(s, out) = (uint8_t)sqlite3_column_int(s, 2);
	finish(sqlite, s, rc);
	sqlite3_finalize(s);
	return now() - start;
}
