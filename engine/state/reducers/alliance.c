/*
 * alliance.c - an alliance is founded, named, led and dissolved.
 */
#include "state/fold.h"

static int found(struct fold *fold, const struct row *row,
		 struct ent_error *err)
{
	static const struct {
		unsigned flag;
		enum aspect aspect;
	} parts[] = {
		{ ROW_HAS_NAME, ASPECT_NAME },
		{ ROW_HAS_KIND, ASPECT_KIND },
		{ ROW_HAS_PREDECESSOR, ASPECT_PREDECESSOR },
	};
	int rc = fold_put(fold, row->alliance, ASPECT_STATUS, 0, row,
			  STATUS_ACTIVE, err);

	if (rc == ENT_OK)
		rc = fold_put(fold, row->alliance, ASPECT_FOUNDED, 0, row,
			      VALUE_SET, err);
	if (rc == ENT_OK && (row->flags & ROW_HAS_LEAD))
		rc = fold_put(fold, row->alliance, ASPECT_LEAD, 0, row,
			      row->name, err);
	for (size_t i = 0; rc == ENT_OK && i < sizeof(parts) / sizeof(parts[0]);
	     i++)
		if (row->flags & parts[i].flag)
			rc = fold_put(fold, row->alliance, parts[i].aspect, 0,
				      row, VALUE_SET, err);
	return rc;
}

/* Every membership that is current on the day ends with the alliance. */
static int dissolve(struct fold *fold, const struct row *row,
		    struct ent_error *err)
{
	uint32_t current = 0;
	int rc = fold_put(fold, row->alliance, ASPECT_STATUS, 0, row,
			  STATUS_DISSOLVED, err);

	for (unsigned s = 0; s < STATUS_COUNT; s++)
		if (status_is_current(s))
			current |= 1u << s;
	if (rc == ENT_OK)
		rc = slots_sweep(&fold->slots, row->alliance, ASPECT_MEMBER,
				 row, STATUS_DISSOLVED, current, err);
	return rc;
}

int reduce_alliance(struct fold *fold, const struct row *row,
		    struct ent_error *err)
{
	switch (row->type) {
	case TYPE_ALLIANCE_FOUNDED:
		return found(fold, row, err);
	case TYPE_ALLIANCE_RENAMED:
		return fold_put(fold, row->alliance, ASPECT_NAME, 0, row,
				VALUE_SET, err);
	case TYPE_ALLIANCE_LED:
		return fold_put(fold, row->alliance, ASPECT_LEAD, 0, row,
				row->actor, err);
	case TYPE_ALLIANCE_DISSOLVED:
		return dissolve(fold, row, err);
	default:
		return ENT_OK;
	}
}
