/*
 * row.c - from a generated line to bytes and columns.
 */
#include "row.h"

#include <string.h>

#include "clock.h"

/* In the order of their codes, with the type that sets each. */
static const struct {
	const char *status, *type;
} statuses[STATUSES] = {
	{ "applicant", "applied" },	 { "invited", "invited" },
	{ "member", "joined" },		 { "suspended", "suspended" },
	{ "frozen", "frozen" },		 { "member", "reactivated" },
	{ "leaving", "announced_withdrawal" },
	{ "withdrawn", "withdrew" },	 { "lapsed", "not_renewed" },
	{ "expelled", "expelled" },
};

uint8_t status_code(const char *name)
{
	for (uint8_t i = 0; name && i < STATUSES; i++)
		if (strcmp(statuses[i].status, name) == 0)
			return (uint8_t)(i + 1);
	return 0;
}

static uint8_t status_of(const struct ent_event *event)
{
	if (strncmp(event->type, "member.", 7) != 0 ||
	    strcmp(event->modality, "fact") != 0)
		return 0;
	for (size_t i = 0; i < STATUSES; i++)
		if (strcmp(statuses[i].type, event->type + 7) == 0)
			return status_code(statuses[i].status);
	return 0;
}

/* Its place in the vocabulary; one behind the last for types of one's own. */
static uint8_t type_of(const struct ent_event *event, uint8_t *out_phase)
{
	const struct ent_type *type;
	uint8_t i = 0;

	*out_phase = 1;
	for (; (type = ent_type_at(i)) != NULL; i++) {
		if (strcmp(type->name, event->type) == 0) {
			*out_phase = (uint8_t)type->phase;
			break;
		}
	}
	return i;
}

void chunk_init(struct chunk *chunk)
{
	*chunk = (struct chunk){ .rows = need(CHUNK * sizeof(struct row)) };
}

void chunk_release(struct chunk *chunk)
{
	free(chunk->rows);
	free(chunk->lines.data);
	free(chunk->bodies.data);
}

static void clear(struct chunk *chunk)
{
	chunk->count = 0;
	chunk->lines.len = 0;
	chunk->bodies.len = 0;
}

static void add(struct chunk *chunk, uint64_t seq,
		const struct generated *made)
{
	struct row *row = &chunk->rows[chunk->count++];
	struct ent_event *event = NULL;
	struct ent_error err;

	if (ent_event_parse(made->line, made->len, &event, &err) < 0)
		die("generated event %llu: %s: %s", (unsigned long long)seq,
		    err.msg, made->line);
	*row = (struct row){
		.seq = seq,
		.fixes = made->fixes,
		.id = event->id,
		.line_at = chunk->lines.len,
		.line_len = made->len,
		.body_at = chunk->bodies.len,
		.day = event->date ? event->when.lo : generate_last_day(),
		.until = event->until ? event->held.hi : ENT_DAY_OPEN_END,
		.alliance = (uint8_t)made->alliance,
		.actor = (uint8_t)made->actor,
		.status = status_of(event),
	};
	row->type = type_of(event, &row->phase);
	pool_add(&chunk->lines, made->line, made->len);
	pack_value(&chunk->bodies, event->body);
	row->body_len = chunk->bodies.len - row->body_at;
	ent_event_free(event);
}

void chunk_fill(struct chunk *chunk, struct generator *generator, size_t count)
{
	static struct generated made;

	clear(chunk);
	while (chunk->count < count) {
		generate_next(generator, &made);
		add(chunk, generator->next, &made);
	}
}

void chunk_fill_oldest(struct chunk *chunk, struct generator *generator)
{
	static struct generated made;

	clear(chunk);
	generate_oldest(generator, &made);
	add(chunk, generator->next, &made);
}
