/*
 * sim_check.c - what the log holds, against what the model says that it must.
 */
#include "sim.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void sim_check_head(struct sim *sim)
{
	struct ent_hash root;
	struct ent_error err;
	uint64_t last = 0;

	if (!sim->log || sim->failure[0])
		return;
	if (ent_log_head(sim->log, &last, &root, &err) < 0) {
		sim_fail(sim, "head: %s", err.msg);
		return;
	}
	/* A log that has a commit in doubt is opened again first. */
	if (sim->has_doubt)
		return;
	if (last != sim->stored)
		sim_fail(sim, "%" PRIu64 " events are stored, and %" PRIu64
			 " were acknowledged", last, sim->stored);
	else if (sim->has_root && sim->root_of == last &&
		 memcmp(&root, &sim->root, sizeof(root)) != 0)
		sim_fail(sim, "the root is not the one that was told");
	sim->root = root;
	sim->root_of = last;
	sim->has_root = true;
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	sim_fail(arg, "verify: event %" PRIu64 ": %s", seq, what);
}

/* One of its events; verify has looked at the index of all. */
static void check_batch(struct sim *sim, const struct sim_batch *batch)
{
	struct ent_error err;
	unsigned at = (unsigned)dice_index(&sim->dice, batch->count);
	uint64_t there = 0;
	int rc;

	if (batch->redacts || sim->failure[0])
		return;
	rc = ent_log_find(sim->log, &sim->ids[batch->first + at], &there, &err);
	if (rc < 0)
		sim_fail(sim, "find: %s", err.msg);
	else if (rc == ENT_END || there != batch->seq + at)
		sim_fail(sim, "event %u is stored as %" PRIu64 ", not as %"
			 PRIu64, batch->first + at, there, batch->seq + at);
}

/* The batch in doubt is there whole, or not at all. */
static void settle(struct sim *sim, uint64_t last)
{
	if (sim->has_doubt && last == sim->stored + sim->doubt.count)
		sim_keep(sim, &sim->doubt);
	sim->has_doubt = false;
	if (last != sim->stored)
		sim_fail(sim, "%" PRIu64 " events are stored, and %" PRIu64
			 " were acknowledged", last, sim->stored);
}

/* The root binds all that events say and their numbers: what is behind it is the
 * batch that was in doubt. */
static void check_root(struct sim *sim)
{
	struct ent_hash root;
	struct ent_error err;

	if (!sim->has_root || sim->failure[0])
		return;
	if (ent_log_root(sim->log, sim->root_of, &root, &err) < 0)
		sim_fail(sim, "root: %s", err.msg);
	else if (memcmp(&root, &sim->root, sizeof(root)) != 0)
		sim_fail(sim, "the first %" PRIu64
			 " events are not those that were told", sim->root_of);
}

/* Those that were not looked for yet, and one of the others. */
static void check_batches(struct sim *sim)
{
	for (; sim->batches_found < sim->batches_count; sim->batches_found++)
		check_batch(sim, &sim->batches[sim->batches_found]);
	if (sim->batches_count > 0)
		check_batch(sim, &sim->batches[dice_index(&sim->dice,
							  sim->batches_count)]);
}

/* ---- redactions ------------------------------------------------------------------ */

static bool is_told(const struct sim *sim, const struct ent_redaction *is)
{
	for (unsigned i = 0; i < sim->batches_count; i++) {
		const struct sim_batch *batch = &sim->batches[i];

		if (batch->redacts && batch->redacts_seq == is->seq &&
		    batch->seq == is->by)
			return true;
	}
	return false;
}

static unsigned count_told(const struct sim *sim)
{
	unsigned count = 0;

	for (unsigned i = 0; i < sim->batches_count; i++)
		count += sim->batches[i].redacts != 0;
	return count;
}

static void check_gone(struct sim *sim, uint64_t seq)
{
	struct ent_event *event = NULL;
	struct ent_error err;
	char *json = NULL;
	size_t len;

	if (ent_log_get(sim->log, seq, &event, &err) != ENT_OK ||
	    ent_event_json(event, &json, &len, &err) < 0)
		sim_fail(sim, "event %" PRIu64 ": %s", seq, err.msg);
	else if (!event->redacted || strstr(json, "\"summary\""))
		sim_fail(sim, "event %" PRIu64
			 " was redacted, and is served: %s", seq, json);
	ent_free(json);
	ent_event_free(event);
}

/* Those that were told and no others; one of them is looked at. */
static void check_redactions(struct sim *sim)
{
	struct ent_redaction *list = NULL;
	struct ent_error err;
	size_t count = 0;

	if (ent_log_redactions(sim->log, UINT64_MAX, &list, &count, &err) < 0) {
		sim_fail(sim, "redactions: %s", err.msg);
		return;
	}
	if (count != count_told(sim))
		sim_fail(sim, "%zu events are redacted, and %u were told",
			 count, count_told(sim));
	for (size_t i = 0; i < count && !sim->failure[0]; i++)
		if (!is_told(sim, &list[i]))
			sim_fail(sim, "event %" PRIu64 " is redacted by %" PRIu64
				 ", and that was not told",
				 list[i].seq, list[i].by);
	if (count > 0 && !sim->failure[0])
		check_gone(sim, list[dice_index(&sim->dice, count)].seq);
	ent_free(list);
}

/* ---- everything ------------------------------------------------------------------ */

void sim_check_all(struct sim *sim)
{
	struct ent_verified verified;
	struct ent_error err;

	if (!sim->log || sim->failure[0])
		return;
	if (ent_log_verify(sim->log, finding, NULL, sim, &verified, &err) < 0) {
		sim_fail(sim, "verify: %s", err.msg);
		return;
	}
	if (sim->failure[0])
		return;
	sim->counts.verified++;
	settle(sim, verified.events);
	check_root(sim);
	sim->root = verified.head;
	sim->root_of = verified.events;
	sim->has_root = true;
	check_batches(sim);
	check_redactions(sim);
	sim_check_head(sim);
}

static bool digest(struct sim *sim, const struct ent_basis *basis,
		   struct ent_hash *out)
{
	struct ent_state *state = NULL;
	struct ent_error err;

	if (ent_replay(sim->log, basis, NULL, &state, &err) < 0) {
		sim_fail(sim, "replay: %s", err.msg);
		return false;
	}
	*out = ent_state_digest(state);
	ent_state_free(state);
	return true;
}

void sim_check_answers(struct sim *sim)
{
	struct ent_basis basis = {
		.at = ent_day((int)dice_between(&sim->dice, 2009, 2025), 6, 1),
		.known = ENT_KNOWN_ALL
	};
	struct ent_hash with, without;
	struct ent_error err;

	if (!sim->log || sim->failure[0] || !digest(sim, &basis, &with))
		return;
	if (ent_checkpoint_drop(sim->log, &err) < 0)
		sim_fail(sim, "checkpoint drop: %s", err.msg);
	else if (digest(sim, &basis, &without) &&
		 memcmp(&with, &without, sizeof(with)) != 0)
		sim_fail(sim, "a replay without checkpoints is another one");
}
