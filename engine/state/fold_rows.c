/*
 * fold_rows.c - the one place that takes events from the log's indexes and hands
 * them to a fold.  The fold takes them in any order, so that another index only
 * means another way through here.
 */
#include "state/fold.h"

/* Ends the walk. */
static int hand_over(struct fold *fold, struct row_walk *rows,
		     struct ent_error *err)
{
	struct row row;
	int rc;

	do {
		rc = row_walk_next(rows, &row, err);
		if (rc == ENT_OK)
			rc = fold_row(fold, &row, err);
	} while (rc == ENT_OK);
	row_walk_end(rows);
	return rc == ENT_END ? ENT_OK : rc;
}

static int hand_alliance(struct fold *fold, uint32_t code,
			 struct ent_error *err)
{
	struct row_walk rows;
	int rc = row_walk_subject(fold->txn, ROW_ALLIANCE, code,
				  ENT_DAY_OPEN_START, fold->day, &rows, err);

	return rc < 0 ? rc : hand_over(fold, &rows, err);
}

/* What others did to a lead weighs in the stance too, and does not have to name
 * the alliance.  What names one that is asked about has come with it. */
static int hand_target(struct fold *fold, uint32_t target,
		       struct ent_error *err)
{
	struct row_walk rows;
	struct row row;
	int64_t from = (int64_t)fold->day - STANCE_DAYS + 1;
	int rc = row_walk_subject(fold->txn, ROW_TARGET, target, (int32_t)from,
				  fold->day, &rows, err);

	if (rc < 0)
		return rc;
	while ((rc = row_walk_next(&rows, &row, err)) == ENT_OK) {
		if (fold_alliance_of(fold, row.alliance))
			continue;
		rc = fold_row(fold, &row, err);
		if (rc < 0)
			break;
	}
	row_walk_end(&rows);
	return rc == ENT_END ? ENT_OK : rc;
}

static bool leads_before(const struct fold *fold, size_t i, uint32_t lead)
{
	while (i-- > 0)
		if (fold_lead(fold, fold->ask.codes[i]) == lead)
			return true;
	return false;
}

static int hand_asked(struct fold *fold, struct ent_error *err)
{
	const struct fold_ask *ask = &fold->ask;
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < ask->codes_count; i++)
		rc = hand_alliance(fold, ask->codes[i], err);
	for (size_t i = 0; rc == ENT_OK && i < ask->codes_count; i++) {
		uint32_t lead = fold_lead(fold, ask->codes[i]);

		if (lead && !leads_before(fold, i, lead))
			rc = hand_target(fold, lead, err);
	}
	return rc;
}

int fold_hand_rows(struct fold *fold, struct ent_error *err)
{
	struct row_walk rows;
	int rc;

	if (fold->ask.codes_count != SIZE_MAX)
		return hand_asked(fold, err);
	rc = row_walk_time(fold->txn, ENT_DAY_OPEN_START, fold->day, &rows,
			   err);
	return rc < 0 ? rc : hand_over(fold, &rows, err);
}
