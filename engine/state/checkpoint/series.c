/*
 * series.c - sorting rows into series, and back.
 */
#include "state/checkpoint/series.h"

static struct item item_of(const struct row *row, uint64_t group,
			   uint64_t series)
{
	return (struct item){ .group = group,
			      .series = series,
			      .seq = row->seq,
			      .lo = row->lo,
			      .hi = row->hi,
			      .until_lo = row->until_lo,
			      .until_hi = row->until_hi,
			      .who = row->actor,
			      .type = row->type,
			      .modality = row->modality,
			      .flags = row->flags,
			      .phase = row->phase };
}

static uint64_t series_of_fact(const struct row *row)
{
	switch (vocabulary_row(row->type)->family) {
	case FAMILY_ALLIANCE:
		return series_key(SERIES_ATTRIBUTES, 0);
	case FAMILY_MEMBER:
		return series_key(SERIES_MEMBER, row->actor);
	case FAMILY_CHAIR:
		return series_key(SERIES_CHAIR, row->name);
	case FAMILY_EXERCISE:
		return row->name ? series_key(SERIES_EXERCISE, row->name) :
				   series_key(SERIES_EXERCISES, 0);
	case FAMILY_COMMITMENT:
		return series_key(SERIES_COMMITMENTS, 0);
	default:
		return series_key(SERIES_SIGNALS, 0);
	}
}

static size_t items_of_alliance(const struct row *row, struct item *out)
{
	uint64_t group = series_group(GROUP_ALLIANCE, row->alliance);
	bool fact = row->modality == MODALITY_FACT;

	out[0] = item_of(row, group,
			 fact ? series_of_fact(row) :
				series_key(SERIES_SIGNALS, 0));
	if (!fact || series_kind(out[0].series) != SERIES_ATTRIBUTES)
		return 1;
	if (row->type == TYPE_ALLIANCE_FOUNDED)
		out[0].who = row->name;
	if (row->type != TYPE_ALLIANCE_DISSOLVED)
		return 1;
	out[1] = item_of(row, group, series_key(SERIES_DISSOLVED, 0));
	return 2;
}

size_t series_of_row(const struct row *row, struct item out[ITEMS_OF_ROW_MAX])
{
	size_t count = 0;

	if (row->type == TYPE_USER || row->type == TYPE_RETRACTED)
		return 0;
	if (row->alliance)
		count = items_of_alliance(row, out);
	if (row->target && row_weighs(row)) {
		out[count] = item_of(row, series_group(GROUP_TARGET, row->target),
				     series_key(SERIES_WEIGHED, 0));
		out[count++].other = row->alliance;
	}
	return count;
}

static uint32_t name_of(const struct item *item)
{
	switch (series_kind(item->series)) {
	case SERIES_CHAIR:
	case SERIES_EXERCISE:
		return (uint32_t)item->series;
	case SERIES_ATTRIBUTES:
		return item->type == TYPE_ALLIANCE_FOUNDED ? item->who : 0;
	default:
		return 0;
	}
}

void series_row(const struct item *item, struct row *out)
{
	*out = (struct row){ .seq = item->seq,
			     .lo = item->lo,
			     .hi = item->hi,
			     .until_lo = item->until_lo,
			     .until_hi = item->until_hi,
			     .published_hi = ENT_DAY_OPEN_END,
			     .alliance = (uint32_t)item->group,
			     .actor = item->who,
			     .name = name_of(item),
			     .phase = item->phase,
			     .type = item->type,
			     .modality = item->modality,
			     .flags = item->flags };
}

int item_compare_place(const struct item *a, const struct item *b)
{
	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return a->seq < b->seq ? -1 : a->seq > b->seq;
}

int item_compare(const struct item *a, const struct item *b)
{
	int order;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->series != b->series)
		return a->series < b->series ? -1 : 1;
	order = item_compare_place(a, b);
	return order ? order : a->fixed - b->fixed;
}

bool item_is_vague(const struct item *item)
{
	return item->hi != item->lo || item->until_hi != ENT_DAY_OPEN_END ||
	       item->until_lo != ENT_DAY_OPEN_END;
}
