/*
 * tallies.c - counting weights without keeping them.
 */
#include "state/tallies.h"

#include "ground/mem.h"

static inline uint64_t hash_of(enum tally_kind kind, uint32_t about,
			       uint32_t actor)
{
	return positions_hash((uint64_t)kind << 32 | about, actor);
}

static uint64_t hash_tally(const void *items, size_t position)
{
	const struct tally *tally = (const struct tally *)items + position;

	return hash_of(tally->kind, tally->about, tally->actor);
}

static struct tally *find(const struct tallies *tallies, enum tally_kind kind,
			  uint32_t about, uint32_t actor)
{
	const struct positions *index = &tallies->index;
	size_t place;

	if (index->room == 0)
		return NULL;
	for (place = positions_home(index, hash_of(kind, about, actor));
	     index->at[place]; place = positions_next(index, place)) {
		struct tally *tally = &tallies->items[index->at[place] - 1];

		if (tally->actor == actor && tally->about == about &&
		    tally->kind == kind)
			return tally;
	}
	return NULL;
}

static int count(struct tallies *tallies, enum tally_kind kind, uint32_t about,
		 uint32_t actor, uint8_t type, struct ent_error *err)
{
	struct tally *tally = find(tallies, kind, about, actor);
	int rc;

	if (tally) {
		tally->counts[type]++;
		return ENT_OK;
	}
	rc = mem_grow(&tallies->items, &tallies->room, tallies->count + 1,
		      sizeof(*tallies->items), err);
	if (rc == ENT_OK)
		rc = positions_add(&tallies->index,
				   hash_of(kind, about, actor), hash_tally,
				   tallies->items, err);
	if (rc < 0)
		return rc;
	tally = &tallies->items[tallies->count++];
	*tally = (struct tally){ .kind = kind, .about = about, .actor = actor };
	tally->counts[type] = 1;
	return ENT_OK;
}

static int note_twofold(struct tallies *tallies, const struct weight *weight,
			struct ent_error *err)
{
	int rc = mem_grow(&tallies->twofold, &tallies->twofold_room,
			  tallies->twofold_count + 1,
			  sizeof(*tallies->twofold), err);

	if (rc == ENT_OK)
		tallies->twofold[tallies->twofold_count++] = *weight;
	return rc;
}

int tallies_add(struct tallies *tallies, const struct weight *weight,
		struct ent_error *err)
{
	int rc = ENT_OK;

	if (weight->alliance)
		rc = count(tallies, TALLY_NAMED, weight->alliance,
			   weight->actor, weight->type, err);
	if (rc == ENT_OK && weight->target)
		rc = count(tallies, TALLY_TARGETED, weight->target,
			   weight->actor, weight->type, err);
	if (rc == ENT_OK && weight->alliance && weight->target)
		rc = note_twofold(tallies, weight, err);
	return rc;
}

void tallies_release(struct tallies *tallies)
{
	mem_free(tallies->items);
	mem_free(tallies->twofold);
	positions_release(&tallies->index);
	*tallies = (struct tallies){ 0 };
}
