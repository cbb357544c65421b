/*
 * sim_events.c - events that a seed and a number determine.
 */
#include "sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_SMALL = 4, BATCH_LARGE = 40, SUMMARY_MAX = 3000,
       REDACTIONS_PERCENT = 10, MARK_LEAST = 36 };

static struct dice dice_of(const struct sim *sim, unsigned event)
{
	struct dice dice = { sim->seed * 0x2545f4914f6cdd1du + event };

	dice_next(&dice);
	return dice;
}

static int add_summary(struct dice *dice, unsigned event, char *out, size_t room)
{
	long len = dice_percent(dice, 4) ? dice_between(dice, 500, SUMMARY_MAX)
					 : dice_between(dice, 0, 60);
	int at = snprintf(out, room, "\"summary\":\"%u ", event);

	for (long i = 0; i < len; i++)
		out[at++] = (char)('a' + dice_index(dice, 26));
	out[at++] = '"';
	out[at] = '\0';
	return at;
}

/* Every second event has an id of its own, and the others the one that follows
 * from what they say. */
static void write_event(const struct sim *sim, unsigned event, char *out)
{
	static const char *const types[] = { "member.joined", "member.applied",
					     "member.withdrew", "alliance.led",
					     "statement.made",
					     "member.frozen" };
	struct dice dice = dice_of(sim, event);
	char target[ENT_ID_TEXT_SIZE];
	int at = sprintf(out, "{\"type\":\"%s\",\"alliance\":\"A%ld\","
			      "\"actor\":\"X%ld\",\"date\":\"20%02ld-%02ld%s\","
			      "\"source\":{\"title\":\"T\"},",
			 types[dice_index(&dice, 6)], dice_between(&dice, 1, 3),
			 dice_between(&dice, 1, 9), dice_between(&dice, 10, 24),
			 dice_between(&dice, 1, 12),
			 dice_percent(&dice, 60) ? "-11" : "");

	if (event % 2)
		at += sprintf(out + at,
			      "\"id\":\"%08x-0000-4000-8000-%012x\",",
			      (unsigned)(sim->seed & 0xffffffffu), event);
	if (sim->targets[event]) {
		ent_id_text(&sim->ids[sim->targets[event]], target);
		at += sprintf(out + at, "\"corrects\":\"%s\",", target);
	}
	at += add_summary(&dice, event, out + at, SIM_TEXT_MAX - (size_t)at - 2);
	strcpy(out + at, "}");
}

bool sim_mark(const struct sim *sim, unsigned event, char out[SIM_MARK_SIZE])
{
	static char json[SIM_TEXT_MAX];
	const char *text;

	write_event(sim, event, json);
	text = strstr(json, "\"summary\":\"");
	if (!text || strlen(text) < MARK_LEAST)
		return false;
	snprintf(out, SIM_MARK_SIZE, "%s", text + strlen("\"summary\":\""));
	out[strcspn(out, "\"")] = '\0';
	return true;
}

/* A batch of the events that are stored; NULL: none, or what it is is no event of
 * the simulator's. */
static const struct sim_batch *choose_batch(struct sim *sim)
{
	const struct sim_batch *batch;

	if (sim->batches_count == 0)
		return NULL;
	batch = &sim->batches[dice_index(&sim->dice, sim->batches_count)];
	return batch->redacts ? NULL : batch;
}

/* What is stored for sure may be corrected. */
static unsigned choose_target(struct sim *sim)
{
	const struct sim_batch *batch;

	if (!dice_percent(&sim->dice, 8))
		return 0;
	batch = choose_batch(sim);
	return batch ? batch->first +
			       (unsigned)dice_index(&sim->dice, batch->count) :
		       0;
}

static bool make_event(struct sim *sim, unsigned event)
{
	char json[SIM_TEXT_MAX];
	struct ent_event *parsed = NULL;
	struct ent_error err;

	sim->targets[event] = choose_target(sim);
	write_event(sim, event, json);
	if (ent_event_parse(json, strlen(json), &parsed, &err) < 0) {
		sim_fail(sim, "an event of the simulator is none: %s", err.msg);
		return false;
	}
	sim->ids[event] = parsed->id;
	ent_event_free(parsed);
	return true;
}

struct sim_batch sim_make(struct sim *sim)
{
	struct sim_batch batch = { .first = sim->events + 1 };
	unsigned count = (unsigned)dice_between(&sim->dice, 1,
						dice_percent(&sim->dice, 3) ?
							BATCH_LARGE :
							BATCH_SMALL);

	if (batch.first + count >= SIM_EVENTS_MAX ||
	    sim->batches_count + 1 >= SIM_BATCHES_MAX)
		return batch;
	while (batch.count < count && make_event(sim, sim->events + 1)) {
		sim->events++;
		batch.count++;
	}
	return batch;
}

static struct sim_batch make_redaction(struct sim *sim)
{
	struct sim_batch batch = { .first = sim->events + 1 };
	const struct sim_batch *of = choose_batch(sim);
	unsigned at = of ? (unsigned)dice_index(&sim->dice, of->count) : 0;

	if (!of || sim->redacted[of->first + at] ||
	    batch.first + 1 >= SIM_EVENTS_MAX ||
	    sim->batches_count + 1 >= SIM_BATCHES_MAX)
		return batch;
	sim->events++;
	batch.count = 1;
	batch.redacts = of->first + at;
	batch.redacts_seq = of->seq + at;
	return batch;
}

struct sim_batch sim_make_any(struct sim *sim)
{
	struct sim_batch batch = { .count = 0 };

	if (dice_percent(&sim->dice, REDACTIONS_PERCENT))
		batch = make_redaction(sim);
	return batch.count ? batch : sim_make(sim);
}

void sim_keep(struct sim *sim, const struct sim_batch *batch)
{
	struct sim_batch *kept = &sim->batches[sim->batches_count++];

	*kept = *batch;
	kept->seq = sim->stored + 1;
	sim->stored += batch->count;
	if (batch->redacts) {
		sim->redacted[batch->redacts] = true;
		sim->counts.redactions++;
	}
}

struct ent_batch *sim_batch(struct sim *sim, const struct sim_batch *batch)
{
	struct ent_batch *out = NULL;
	char json[SIM_TEXT_MAX];
	struct ent_error err;

	if (ent_batch_new(&out, &err) < 0) {
		sim_fail(sim, "batch: %s", err.msg);
		return NULL;
	}
	for (unsigned i = 0; i < batch->count; i++) {
		write_event(sim, batch->first + i, json);
		if (ent_batch_add(out, json, strlen(json), NULL, &err) < 0)
			sim_fail(sim, "batch: %s", err.msg);
	}
	return out;
}
