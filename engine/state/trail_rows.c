/*
 * trail_rows.c - an index of rows, as checkpoints have one on disk: of this
 * basis alone, and of all days.
 */
#include "state/trail_rows.h"

#include <stdlib.h>

/* Groups that checkpoints do not have; their series is 0.  Of an alliance its
 * open starts, and the first row that has another start. */
static uint64_t group_shown(uint32_t alliance)
{
	return (uint64_t)'S' << 32 | alliance;
}

/* What an actor did that weighs. */
static uint64_t group_actor(uint32_t actor)
{
	return (uint64_t)'W' << 32 | actor;
}

/* ---- making it ---------------------------------------------------------- */

/* The row that comes next bears on the series. */
static int add_bearing(struct trail_rows *rows, uint64_t group, uint64_t series,
		       struct ent_error *err)
{
	int rc =
	    mem_grow(&rows->bearings, &rows->bearings_room,
		     rows->bearings_count + 1, sizeof(*rows->bearings), err);

	if (rc == ENT_OK)
		rows->bearings[rows->bearings_count++] = (struct bearing){
		    .group = group,
		    .series = series,
		    .row = (uint32_t)rows->count,
		};
	return rc;
}

/* Entries of lists but for exercises with a name stand on one row each. */
static bool is_alone(uint64_t series)
{
	enum series_kind kind = series_kind(series);

	return kind == SERIES_EXERCISES || kind == SERIES_COMMITMENTS ||
	       kind == SERIES_SIGNALS;
}

static int add_bearings(struct trail_rows *rows, const struct row *row,
			struct map *begun, struct ent_error *err)
{
	struct map_key alliance = { row->alliance, 0 };
	struct item items[ITEMS_OF_ROW_MAX];
	size_t count = series_of_row(row, items);
	bool first = row->alliance && !row_has_open_start(row) &&
		     !map_find(begun, alliance);
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		if (!is_alone(items[i].series))
			rc = add_bearing(rows, items[i].group, items[i].series,
					 err);
	if (rc == ENT_OK && row->actor && row_weighs(row))
		rc = add_bearing(rows, group_actor(row->actor), 0, err);
	if (rc == ENT_OK && row->alliance && (first || row_has_open_start(row)))
		rc = add_bearing(rows, group_shown(row->alliance), 0, err);
	return rc == ENT_OK && first ? map_add(begun, alliance, 0, err) : rc;
}

/* Every day on which an event can begin, end, become sure or leave a window. */
static int add_turns(struct trail_rows *rows, const struct row *row,
		     int32_t after, int32_t last, struct ent_error *err)
{
	const int64_t days[] = { row->lo,
				(int64_t)row->lo + 1,
				row->hi,
				(int64_t)row->hi + 1,
				(int64_t)row->until_lo + 1,
				(int64_t)row->until_hi + 1,
				(int64_t)row->lo + STANCE_DAYS };
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < sizeof(days) / sizeof(days[0]);
	     i++) {
		if (days[i] <= after || days[i] > last)
			continue;
		rc = mem_grow(&rows->turns, &rows->turns_room,
			      rows->turns_count + 1, sizeof(*rows->turns), err);
		if (rc == ENT_OK)
			rows->turns[rows->turns_count++] = (struct turn){
			    (int32_t)days[i], (uint32_t)rows->count};
	}
	return rc;
}

static int add_row(struct trail_rows *rows, const struct row *row,
		   int32_t after, int32_t last, struct map *begun,
		   struct ent_error *err)
{
	int rc = rows->count >= UINT32_MAX ? mem_error(err) : ENT_OK;

	if (rc == ENT_OK)
		rc = mem_grow(&rows->items, &rows->room, rows->count + 1,
			      sizeof(*rows->items), err);
	if (rc == ENT_OK)
		rc = add_bearings(rows, row, begun, err);
	if (rc == ENT_OK)
		rc = add_turns(rows, row, after, last, err);
	if (rc == ENT_OK)
		rows->items[rows->count++] = *row;
	return rc;
}

static int by_series(const void *left, const void *right)
{
	const struct bearing *a = left, *b = right;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->series != b->series)
		return a->series < b->series ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static int by_day(const void *left, const void *right)
{
	const struct turn *a = left, *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

int trail_rows_make(struct store_txn *txn, const struct selection *selection,
		    int32_t after, int32_t last, struct trail_rows *out,
		    struct ent_error *err)
{
	struct row_walk walk = { 0 };
	struct map begun = { 0 };
	const struct row *row;
	int rc = row_walk_begin(txn, 0, ENT_DAY_OPEN_START, last, &walk, err);

	while (rc == ENT_OK && row_walk_next(&walk, &row))
		if (row->type != TYPE_USER && selection_alive(selection, row))
			rc = add_row(out, row, after, last, &begun, err);
	row_walk_end(&walk);
	map_release(&begun);
	if (rc < 0)
		return rc;
	out->steps = mem_new(out->count, sizeof(*out->steps));
	if (!out->steps)
		return mem_error(err);
	if (out->bearings_count > 0)
		qsort(out->bearings, out->bearings_count,
		      sizeof(*out->bearings), by_series);
	if (out->turns_count > 0)
		qsort(out->turns, out->turns_count, sizeof(*out->turns),
		      by_day);
	return ENT_OK;
}

void trail_rows_release(struct trail_rows *rows)
{
	mem_free(rows->items);
	mem_free(rows->steps);
	mem_free(rows->bearings);
	mem_free(rows->turns);
	mem_free(rows->taken);
	*rows = (struct trail_rows){ 0 };
}

void trail_rows_begin(struct trail_rows *rows, int32_t a, int32_t b)
{
	rows->step++;
	rows->earlier = a < b ? a : b;
	rows->later = a < b ? b : a;
	rows->taken_count = 0;
}

/* ---- taking ------------------------------------------------------------- */

/* The first bearing of the series, or behind it, whose row is not before lo. */
static size_t search(const struct trail_rows *rows, uint64_t group,
		     uint64_t series, int32_t lo)
{
	size_t from = 0, to = rows->bearings_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct bearing *at = &rows->bearings[middle];

		if (at->group != group	   ? at->group < group
		    : at->series != series ? at->series < series
					   : rows->items[at->row].lo < lo)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool trail_rows_in(const struct trail_rows *rows, const struct bearing *bearing,
		   uint64_t group, uint64_t series)
{
	return bearing < rows->bearings + rows->bearings_count &&
	       bearing->group == group && bearing->series == series &&
	       rows->items[bearing->row].lo <= rows->later;
}

struct bearing *trail_rows_series(const struct trail_rows *rows, uint64_t group,
				  uint64_t series)
{
	size_t at = search(rows, group, series, ENT_DAY_OPEN_START);

	return at < rows->bearings_count ? &rows->bearings[at] : NULL;
}

int take_row(struct trail_rows *rows, uint32_t row, struct ent_error *err)
{
	int rc;

	if (rows->steps[row] == rows->step)
		return ENT_OK;
	rc = mem_grow(&rows->taken, &rows->taken_room, rows->taken_count + 1,
		      sizeof(*rows->taken), err);
	if (rc < 0)
		return rc;
	rows->steps[row] = rows->step;
	rows->taken[rows->taken_count++] = rows->items[row];
	return ENT_OK;
}

int take_series(struct trail_rows *rows, uint64_t group, uint64_t series,
		struct ent_error *err)
{
	struct bearing *at = trail_rows_series(rows, group, series);
	int rc = ENT_OK;

	if (!at || at->step == rows->step)
		return ENT_OK;
	if (trail_rows_in(rows, at, group, series))
		at->step = rows->step;
	for (; rc == ENT_OK && trail_rows_in(rows, at, group, series); at++)
		rc = take_row(rows, at->row, err);
	return rc;
}

int take_members(struct trail_rows *rows, uint32_t alliance,
		 struct ent_error *err)
{
	uint64_t group = series_group(GROUP_ALLIANCE, alliance);
	size_t at = search(rows, group, series_key(SERIES_MEMBER, 0),
			   ENT_DAY_OPEN_START);
	int rc = ENT_OK;

	for (; rc == ENT_OK && at < rows->bearings_count; at++) {
		const struct bearing *bearing = &rows->bearings[at];

		if (bearing->group != group ||
		    series_kind(bearing->series) != SERIES_MEMBER)
			break;
		if (rows->items[bearing->row].lo <= rows->later)
			rc = take_row(rows, bearing->row, err);
	}
	return rc;
}

int take_shown(struct trail_rows *rows, uint32_t alliance,
	       struct ent_error *err)
{
	uint64_t group = group_shown(alliance);
	struct bearing *first = trail_rows_series(rows, group, 0), *end = first;

	if (!first || first->step == rows->step)
		return ENT_OK;
	while (trail_rows_in(rows, end, group, 0))
		end++;
	while (end > first)
		if (row_counts(&rows->items[(--end)->row], rows->earlier))
			return take_row(rows, end->row, err);
	return take_series(rows, group, 0, err);
}

int take_weights(struct trail_rows *rows, uint32_t actor, struct ent_error *err)
{
	uint64_t group = group_actor(actor);
	struct bearing *at =
	    rows->bearings +
	    search(rows, group, 0, rows->earlier - STANCE_DAYS + 1);
	int rc = ENT_OK;

	if (!trail_rows_in(rows, at, group, 0) || at->step == rows->step)
		return ENT_OK;
	at->step = rows->step;
	for (; rc == ENT_OK && trail_rows_in(rows, at, group, 0); at++)
		rc = take_row(rows, at->row, err);
	return rc;
}

int take_aimed(struct trail_rows *rows, uint32_t target, struct ent_error *err)
{
	uint64_t group = series_group(GROUP_TARGET, target);
	uint64_t series = series_key(SERIES_WEIGHED, 0);
	const struct bearing *at =
	    rows->bearings +
	    search(rows, group, series, rows->earlier - STANCE_DAYS + 1);
	int rc = ENT_OK;

	for (; rc == ENT_OK && trail_rows_in(rows, at, group, series); at++)
		rc = take_weights(rows, rows->items[at->row].actor, err);
	return rc;
}
