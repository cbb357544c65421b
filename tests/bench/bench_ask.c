/*
 * bench_ask.c - folds, states on random days and what changed, from each peer in
 * turn and on the same draws; every answer is checked.
 */
#include <stdio.h>

#include "bench.h"

enum { DRAWS = 200, TURN = 20, ROUNDS = 5, IN_A_ROW = 3 };

/* Questions that one peer answers in a row, with the caches to itself. */
struct turn {
	struct question questions[TURN];
	struct answer expected[TURN];
};

static const double limit_s = 20; /* of one kind of question to one peer */

void bench_prepare(struct bench *bench)
{
	struct peer *sqlite = bench->peers[SQLITE];
	double took;

	progress("index for SQLite's questions");
	took = sqlite->prepare(sqlite);
	table_begin("ready for questions after the last append", MILLISECONDS,
		    false);
	table_value("SQLite, its index of cells", took);
	table_end("CREATE INDEX on (alliance, actor, day, phase, seq, until, "
		  "status) of facts on members, then ANALYZE; once. The others "
		  "need nothing.");
}

/* ---- all of it -------------------------------------------------------- */

enum way {
	BY_FOLD,
	BY_REPLAY,
	BY_SCAN,
	BY_COLUMNS,
	BY_WINDOW,
	BY_SEEKS,
	BY_ARG_MAX,
	BY_DUCKDB_WINDOW,
	WAYS
};

static const struct {
	const char *name;
	int peer;
} ways[WAYS] = {
	[BY_FOLD] = { "entente, folded without checkpoints", OURS },
	[BY_REPLAY] = { "entente, through checkpoints", OURS },
	[BY_SCAN] = { "raw LMDB, all bytes read once", RAW },
	[BY_COLUMNS] = { "SQLite, columns folded in C", SQLITE },
	[BY_WINDOW] = { "SQLite, a window in SQL", SQLITE },
	[BY_SEEKS] = { "SQLite, a seek for each cell", SQLITE },
	[BY_ARG_MAX] = { "DuckDB, arg_max", DUCKDB },
	[BY_DUCKDB_WINDOW] = { "DuckDB, a window", DUCKDB },
};

static double fold_once(struct bench *bench, enum way way,
			const struct question *all, struct answer *out)
{
	struct peer *peer = bench->peers[ways[way].peer];
	uint64_t sum;

	switch (way) {
	case BY_FOLD:
		return ours_fold(peer, all, out);
	case BY_SCAN:
		return raw_scan(peer, &sum);
	case BY_COLUMNS:
		return sqlite_fold_columns(peer, out);
	case BY_WINDOW:
		return sqlite_fold_window(peer, out);
	case BY_DUCKDB_WINDOW:
		return duckdb_fold_window(peer, out);
	default:
		return peer->ask(peer, all, out);
	}
}

void bench_fold(struct bench *bench)
{
	static struct answer expected, got;
	struct question all = { generate_last_day(), UINT64_MAX,
				ALL_ALLIANCES };
	struct samples times[WAYS] = { 0 };

	progress("folds of all");
	reference_ask(&all, &expected);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < WAYS; i++) {
			if (bench->peers[ways[i].peer]->skipped ||
			    !wants_more(&times[i], ROUNDS, limit_s))
				continue;
			samples_add(&times[i], fold_once(bench, (enum way)i,
							 &all, &got));
			if (i != BY_SCAN)
				reference_check(ways[i].name, &got, &expected,
						i <= BY_REPLAY);
		}
	}
	table_begin("the last day, all alliances", MILLISECONDS, false);
	for (int i = 0; i < WAYS; i++) {
		if (times[i].count)
			table_samples(ways[i].name, &times[i]);
		else
			table_skipped(ways[i].name,
				      bench->peers[ways[i].peer]->skipped);
		samples_release(&times[i]);
	}
	table_end("Medians of 5 rounds, fewer where they take over %.0f s. "
		  "entente gives the whole state, written out, with chairs, exercises, "
		  "signals, stance and certainty; the others the status of each "
		  "member alone. Warm caches.",
		  limit_s);
}

/* ---- as of ------------------------------------------------------------ */

static struct question draw(struct bench *bench, uint64_t *dice, bool newest)
{
	int32_t first = generate_first_day();
	uint64_t days = (uint64_t)(generate_last_day() - first) + 1;
	struct question question = {
		.at = first + (int32_t)generate_dice(dice, days),
		.known = 1 + generate_dice(dice, bench->count),
		.alliance = (int)generate_draw_alliance(dice),
	};

	if (newest)
		question.known = UINT64_MAX;
	return question;
}

/* The reference first, all of it: it sweeps the caches. */
static void draw_turn(struct bench *bench, struct turn *turn, uint64_t *dice,
		      bool newest)
{
	for (int i = 0; i < TURN; i++) {
		turn->questions[i] = draw(bench, dice, newest);
		reference_ask(&turn->questions[i], &turn->expected[i]);
	}
}

static void ask_turn(struct bench *bench, int which, const struct turn *turn,
		     struct samples *times)
{
	struct peer *peer = bench->peers[which];
	static struct answer got;

	for (int i = 0; i < TURN && wants_more(times, DRAWS, limit_s); i++) {
		samples_add(times, peer->ask(peer, &turn->questions[i], &got));
		reference_check(peer->name, &got, &turn->expected[i],
				which == OURS);
	}
}

/* The same draws, by the short way to memberships. */
static void stand_turn(struct bench *bench, const struct turn *turn,
		       struct samples *times)
{
	static struct answer got;

	for (int i = 0; i < TURN && wants_more(times, DRAWS, limit_s); i++) {
		samples_add(times, ours_stand(bench->peers[OURS],
					      &turn->questions[i], &got));
		reference_check("entente, standings", &got, &turn->expected[i],
				true);
	}
}

static void print_peers(struct bench *bench, struct samples times[PEERS])
{
	for (int i = 0; i < PEERS; i++) {
		const struct peer *peer = bench->peers[i];

		if (!peer->ask)
			continue;
		if (peer->skipped)
			table_skipped(peer->name, peer->skipped);
		else
			table_samples(peer->name, &times[i]);
	}
}

static void as_of(struct bench *bench, bool newest)
{
	struct samples times[PEERS] = { 0 }, standings = { 0 };
	static struct turn turn;
	uint64_t dice = 7;

	progress(newest ? "states, newest known" : "states, any known");
	for (int drawn = 0; drawn < DRAWS; drawn += TURN) {
		draw_turn(bench, &turn, &dice, newest);
		stand_turn(bench, &turn, &standings);
		for (int i = 0; i < PEERS; i++)
			if (bench->peers[i]->ask && !bench->peers[i]->skipped)
				ask_turn(bench, i, &turn, &times[i]);
	}
	table_begin(newest ? "one alliance, any day, newest known"
			   : "one alliance, any day, any known",
		    MILLISECONDS, true);
	table_samples("entente, standings", &standings);
	print_peers(bench, times);
	samples_release(&standings);
	table_end("Standings: the memberships with their certainty, as numbers; "
		  "entente: the whole state, written out. Median and p99 of draws: entente %zu, SQLite %zu, DuckDB %zu "
		  "(200, fewer where they take over %.0f s), 20 in a row. "
		  "Alliances by Zipf, days of 1949 to 2025. SQLite seeks in an "
		  "index for each actor, DuckDB: arg_max.",
		  times[OURS].count, times[SQLITE].count, times[DUCKDB].count,
		  limit_s);
	for (int i = 0; i < PEERS; i++)
		samples_release(&times[i]);
}

void bench_as_of(struct bench *bench)
{
	as_of(bench, false);
	as_of(bench, true);
}

/* ---- what changed ----------------------------------------------------- */

static void compare_in_a_row(struct bench *bench, int which,
			     const struct question *from,
			     const struct question *to,
			     const struct answer *expected,
			     struct samples *times)
{
	struct peer *peer = bench->peers[which];
	static struct answer got;

	for (int i = 0; i < IN_A_ROW; i++) {
		if (!wants_more(times, ROUNDS * IN_A_ROW, limit_s))
			return;
		samples_add(times, peer->compare(peer, from, to, &got));
		reference_check(peer->name, &got, expected, which == OURS);
	}
}

static void compare_peers(struct bench *bench, const struct question *from,
			  const struct question *to,
			  struct samples times[PEERS])
{
	static struct answer expected;

	reference_compare(from, to, &expected);
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < PEERS; i++)
			if (bench->peers[i]->compare &&
			    !bench->peers[i]->skipped)
				compare_in_a_row(bench, i, from, to, &expected,
						 &times[i]);
}

static void diff(struct bench *bench, const char *title, int32_t days,
		 int alliance)
{
	int32_t day = ent_day(2000, 1, 1);
	struct question from = { day, UINT64_MAX, alliance };
	struct question to = { day + days, UINT64_MAX, alliance };
	struct samples times[PEERS] = { 0 };
	size_t changes;

	progress("%s", title);
	compare_peers(bench, &from, &to, times);
	changes = ours_changes();
	if (days == 0 && changes != 0)
		die("a day differs from itself by %zu changes", changes);
	table_begin(title, MILLISECONDS, false);
	print_peers(bench, times);
	table_end("From 2000-01-01, medians of 5 rounds of 3 in a row, fewer where "
		  "they take over %.0f s. entente: %zu changes of all kinds "
		  "with their causes; SQLite: two seeks for each cell; DuckDB: "
		  "two arg_max, a full join.",
		  limit_s, changes);
	for (int i = 0; i < PEERS; i++)
		samples_release(&times[i]);
}

void bench_diff(struct bench *bench)
{
	diff(bench, "changes of 30 days, one alliance", 30, 0);
	diff(bench, "changes of 30 days, all", 30, ALL_ALLIANCES);
	diff(bench, "changes of 10 years, one alliance", 3653, 0);
	diff(bench, "changes of 10 years, all", 3653, ALL_ALLIANCES);
	diff(bench, "a day against itself, one alliance", 0, 0);
	diff(bench, "a day against itself, all", 0, ALL_ALLIANCES);
}
