/*
 * reference.c - the same answers by a loop over plain arrays, to check all others.
 */
#include <string.h>

#include "clock.h"
#include "peer.h"

struct fact {
	uint64_t seq;
	int32_t day, until;
	uint8_t actor, phase, status;
};

static struct {
	struct fact *facts;
	size_t count, room;
} alliances[GENERATE_ALLIANCES];

static uint32_t *fixed_by; /* by number; 0 where nothing fixes it */
static uint64_t fixed_room;

void reference_begin(uint64_t count)
{
	fixed_room = count + 10 * CHUNK;
	if (fixed_room > UINT32_MAX)
		die("more than %u events", UINT32_MAX);
	fixed_by = need(fixed_room * sizeof(*fixed_by));
}

void reference_end(void)
{
	free(fixed_by);
	fixed_by = NULL;
	for (size_t i = 0; i < GENERATE_ALLIANCES; i++)
		free(alliances[i].facts);
	memset(alliances, 0, sizeof(alliances));
}

static void add(const struct row *row)
{
	struct fact *grown = alliances[row->alliance].facts;
	size_t count = alliances[row->alliance].count;
	size_t room = alliances[row->alliance].room;

	if (count == room) {
		room = room ? 2 * room : 1024;
		grown = realloc(grown, room * sizeof(*grown));
		if (!grown)
			die("out of memory");
		alliances[row->alliance].facts = grown;
		alliances[row->alliance].room = room;
	}
	grown[count] = (struct fact){ row->seq, row->day, row->until,
				      row->actor, row->phase, row->status };
	alliances[row->alliance].count++;
}

void reference_add(const struct chunk *chunk)
{
	for (size_t i = 0; i < chunk->count; i++) {
		const struct row *row = &chunk->rows[i];

		if (row->seq >= fixed_room)
			die("the reference has no room for event %llu",
			    (unsigned long long)row->seq);
		if (row->fixes)
			fixed_by[row->fixes] = (uint32_t)row->seq;
		if (row->status)
			add(row);
	}
}

static bool counts(const struct fact *fact, const struct question *question)
{
	uint32_t by = fixed_by[fact->seq];

	return fact->seq <= question->known && fact->day <= question->at &&
	       fact->until >= question->at && !(by && by <= question->known);
}

static bool is_later(const struct fact *a, const struct fact *b)
{
	if (!b || a->day != b->day)
		return !b || a->day > b->day;
	if (a->phase != b->phase)
		return a->phase > b->phase;
	return a->seq > b->seq;
}

static void ask_one(unsigned alliance, const struct question *question,
		    uint8_t *cells)
{
	const struct fact *last[GENERATE_ACTORS] = { NULL };
	const struct fact *facts = alliances[alliance].facts;

	for (size_t i = 0; i < alliances[alliance].count; i++)
		if (counts(&facts[i], question) &&
		    is_later(&facts[i], last[facts[i].actor]))
			last[facts[i].actor] = &facts[i];
	for (size_t i = 0; i < GENERATE_ACTORS; i++)
		cells[i] = last[i] ? last[i]->status : 0;
}

void reference_ask(const struct question *question, struct answer *out)
{
	memset(out, 0, sizeof(*out));
	for (unsigned i = 0; i < GENERATE_ALLIANCES; i++)
		if (question->alliance == ALL_ALLIANCES ||
		    question->alliance == (int)i)
			ask_one(i, question, out->cell[i]);
}

void reference_compare(const struct question *from, const struct question *to,
		       struct answer *out)
{
	static struct answer a, b;

	reference_ask(from, &a);
	reference_ask(to, &b);
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < GENERATE_ALLIANCES; i++)
		for (size_t j = 0; j < GENERATE_ACTORS; j++)
			if (a.cell[i][j] != b.cell[i][j])
				out->cell[i][j] = (uint8_t)(a.cell[i][j] << 4 |
							    b.cell[i][j]);
}

void reference_check(const char *who, const struct answer *got,
		     const struct answer *expected, bool lasting)
{
	unsigned count = lasting ? GENERATE_LASTING : GENERATE_ALLIANCES;

	for (unsigned i = 0; i < count; i++) {
		for (unsigned j = 0; j < GENERATE_ACTORS; j++) {
			if (got->cell[i][j] == expected->cell[i][j])
				continue;
			die("%s answers %u for alliance %u, actor %u; "
			    "it is %u",
			    who, got->cell[i][j], i, j, expected->cell[i][j]);
		}
	}
}
