/*
 * row.c - what a fold needs of an event.
 */
#include "log/row.h"

int row_compare(const struct row *a, const struct row *b)
{
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	return 0;
}

static uint8_t founding_flags(const struct ent_event *event)
{
	unsigned flags = 0;

	if (event_data_text(event, "name"))
		flags |= ROW_HAS_NAME;
	if (event_data_text(event, "kind"))
		flags |= ROW_HAS_KIND;
	if (event_data_text(event, "lead"))
		flags |= ROW_HAS_LEAD;
	if (event_data_text(event, "predecessor"))
		flags |= ROW_HAS_PREDECESSOR;
	return (uint8_t)flags;
}

void row_of_event(const struct ent_event *event, enum event_type type,
		  struct row *out)
{
	*out = (struct row){
		.seq = event->seq,
		.lo = event->when.lo,
		.hi = event->when.hi,
		.until_lo = event->until ? event->held.lo : ENT_DAY_OPEN_END,
		.until_hi = event->until ? event->held.hi : ENT_DAY_OPEN_END,
		.published_hi = event_published_hi(event),
		.phase = (uint8_t)vocabulary_row(type)->type.phase,
		.type = (uint8_t)type,
		.modality = (uint8_t)event_modality(event),
	};
	if (type == TYPE_ALLIANCE_FOUNDED)
		out->flags = founding_flags(event);
}

bool row_has_open_start(const struct row *row)
{
	return row->lo == ENT_DAY_OPEN_START;
}

bool row_counts(const struct row *row, int32_t day)
{
	return row_has_open_start(row) ? row->hi <= day : row->lo <= day;
}

bool row_ran_out(const struct row *row, int32_t day)
{
	return row->until_hi < day;
}

bool row_weighs(const struct row *row)
{
	return vocabulary_row(row->type)->type.weighed &&
	       (row->modality == MODALITY_FACT ||
		row->modality == MODALITY_CLAIM);
}
