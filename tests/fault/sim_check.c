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
	else if (sim->has_root &&
		 memcmp(&root, &sim->root, sizeof(root)) != 0)
		sim_fail(sim, "the root is not the one that was told");
	sim->root = root;
	sim->has_root = true;
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	sim_fail(arg, "verify: event %" PRIu64 ": %s", seq, what);
}

static void check_batch(struct sim *sim, const struct sim_batch *batch,
			uint64_t seq)
{
	struct ent_error err;

	for (unsigned i = 0; i < batch->count && !sim->failure[0]; i++) {
		uint64_t there = 0;
		int rc = ent_log_find(sim->log, &sim->ids[batch->first + i],
				      &there, &err);

		if (rc < 0)
			sim_fail(sim, "find: %s", err.msg);
		else if (rc == ENT_END || there != seq + i)
			sim_fail(sim, "event %u is stored as %" PRIu64
				 ", not as %" PRIu64, batch->first + i, there,
				 seq + i);
	}
}

static void take_doubt(struct sim *sim)
{
	struct sim_batch *batch = &sim->batches[sim->batches_count++];

	*batch = sim->doubt;
	batch->seq = sim->stored + 1;
	sim->stored += batch->count;
}

/* The batch in doubt is there whole, or not at all. */
static void settle(struct sim *sim, uint64_t last)
{
	if (sim->has_doubt && last == sim->stored + sim->doubt.count)
		take_doubt(sim);
	sim->has_doubt = false;
	if (last != sim->stored)
		sim_fail(sim, "%" PRIu64 " events are stored, and %" PRIu64
			 " were acknowledged", last, sim->stored);
}

void sim_check_all(struct sim *sim)
{
	struct ent_verified verified;
	struct ent_error err;

	if (!sim->log || sim->failure[0])
		return;
	sim->counts.verified++;
	if (ent_log_verify(sim->log, finding, NULL, sim, &verified, &err) < 0) {
		sim_fail(sim, "verify: %s", err.msg);
		return;
	}
	if (sim->failure[0])
		return;
	settle(sim, verified.events);
	for (unsigned i = 0; i < sim->batches_count && !sim->failure[0]; i++)
		check_batch(sim, &sim->batches[i], sim->batches[i].seq);
	sim->root = verified.head;
	sim->has_root = true;
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
