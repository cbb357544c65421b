/*
 * sim.c - the steps: appending, asking, opening again, and what each may say.
 */
#include "sim.h"
#include "interpose.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sim_plant sim_plant;

void sim_fail(struct sim *sim, const char *fmt, ...)
{
	va_list args;
	int at;

	if (sim->failure[0])
		return;
	at = snprintf(sim->failure, sizeof(sim->failure), "seed %llu step %u: ",
		      (unsigned long long)sim->seed, sim->step);
	va_start(args, fmt);
	vsnprintf(sim->failure + at, sizeof(sim->failure) - (size_t)at, fmt,
		  args);
	va_end(args);
}

/* ---- opening again ------------------------------------------------------------- */

static void reopen(struct sim *sim)
{
	ent_log_close(sim->log);
	sim->log = NULL;
	sim_open(sim, sim->stored == 0);
	sim_check_all(sim);
}

void sim_end_step(struct sim *sim, bool spent)
{
	if (failing.plan.kind != FAULT_CUT)
		sim->counts.errors += failing.hits;
	if (sim_power_back(sim)) {
		sim_open(sim, sim->stored == 0);
		sim_check_all(sim);
	} else if (sim->has_doubt || spent) {
		fault_disarm();
		sim->counts.doubts += sim->has_doubt;
		reopen(sim);
	}
	fault_disarm();
	sim_check_head(sim);
}

/* ---- appending --------------------------------------------------------------------- */

static void stored(struct sim *sim, const struct sim_batch *batch,
		   const struct ent_appended *appended)
{
	if (appended->appended != batch->count ||
	    appended->first_seq != sim->stored + 1) {
		sim_fail(sim, "%llu events of %u from %llu on were appended",
			 (unsigned long long)appended->appended, batch->count,
			 (unsigned long long)appended->first_seq);
		return;
	}
	sim_keep(sim, batch);
	sim->root = appended->head;
	sim->root_of = sim->stored;
	sim->has_root = true;
}

static int append_batch(struct sim *sim, const struct sim_batch *batch,
			bool no_sync, struct ent_appended *out,
			struct ent_error *err)
{
	struct ent_append_options options = { .now_us = ++sim->now_us,
					      .no_sync = no_sync };
	struct ent_batch *events = sim_batch(sim, batch);
	int rc = -1;

	if (events)
		rc = ent_log_append(sim->log, events, &options, out, err);
	ent_batch_free(events);
	return rc;
}

static int redact(struct sim *sim, const struct sim_batch *batch,
		  struct ent_appended *out, struct ent_error *err)
{
	struct ent_redact_options options = { .now_us = ++sim->now_us,
					      .reason = "asked for" };

	return ent_log_redact(sim->log, batch->redacts_seq, &options, out, err);
}

static int hand_in(struct sim *sim, const struct sim_batch *batch, bool no_sync,
		   struct ent_appended *out)
{
	struct ent_error err = { 0 };
	int rc = batch->redacts ?
			 redact(sim, batch, out, &err) :
			 append_batch(sim, batch, no_sync, out, &err);

	if (sim->talk)
		fprintf(stderr, "  %s %u from %u: %d %s\n",
			batch->redacts ? "redact" : "append", batch->count,
			batch->first, rc, rc < 0 ? err.msg : "");
	if (rc < 0 && failing.hits == 0)
		sim_fail(sim, "%s: %s", batch->redacts ? "redact" : "append",
			 err.msg);
	return rc;
}

/* What failed for another reason than doubt is not there, unless the power went
 * before that could be told. */
static void append(struct sim *sim)
{
	struct sim_batch batch = sim_make_any(sim);
	struct ent_appended appended;
	int rc;

	if (batch.count == 0)
		return;
	sim_plan(sim);
	rc = hand_in(sim, &batch, false, &appended);
	if (rc == ENT_OK) {
		sim->counts.commits++;
		stored(sim, &batch, &appended);
		/* What was told holds from that moment on. */
		failing.power_off = dice_percent(&sim->dice, 8);
	} else if (rc == ENT_EDOUBT || failing.power_off) {
		sim->has_doubt = true;
		sim->doubt = batch;
	}
	sim_end_step(sim, false);
}

/* A batch that is there is told so, at the same place, and not written again. */
static void again(struct sim *sim, const struct sim_batch *batch)
{
	struct ent_appended appended;

	if (hand_in(sim, batch, false, &appended) != ENT_OK)
		return;
	sim->counts.retries++;
	if (appended.appended != 0 || appended.already != batch->count ||
	    appended.first_known_seq != batch->seq)
		sim_fail(sim, "a batch that is there was taken as new");
}

static void retry(struct sim *sim)
{
	if (sim->batches_count == 0)
		return;
	sim_plan(sim);
	again(sim, &sim->batches[dice_index(&sim->dice, sim->batches_count)]);
	sim_end_step(sim, false);
}

/* A writer that is told "in doubt" opens the log again and sends the same again:
 * what it is then told holds, whatever happens next. */
static void append_surely(struct sim *sim)
{
	struct sim_batch batch = sim_make_any(sim);
	struct ent_appended appended;

	if (batch.count == 0)
		return;
	sim_plan(sim);
	while (!sim->failure[0]) {
		unsigned before = sim->batches_count;
		int rc = hand_in(sim, &batch, false, &appended);

		if (rc == ENT_OK && appended.appended > 0)
			stored(sim, &batch, &appended);
		else if (rc == ENT_EDOUBT || failing.power_off)
			sim->has_doubt = true, sim->doubt = batch;
		sim_end_step(sim, false);
		if (rc == ENT_OK)
			break;
		if (sim->batches_count > before && !sim->failure[0]) {
			sim_plan(sim);
			again(sim, &sim->batches[before]);
			sim_end_step(sim, false);
			break;
		}
		sim_plan_calm();
	}
}

/* What was appended without waiting for the disk waits for it when the same is
 * appended with. */
static void append_unsynced(struct sim *sim)
{
	struct sim_batch batch = sim_make(sim);
	struct ent_appended appended;

	if (batch.count == 0)
		return;
	sim_plan_calm();
	if (hand_in(sim, &batch, true, &appended) == ENT_OK) {
		stored(sim, &batch, &appended);
		again(sim, &sim->batches[sim->batches_count - 1]);
	}
	sim_end_step(sim, false);
}

/* ---- the rest ----------------------------------------------------------------------- */

static void change_checkpoints(struct sim *sim, bool build)
{
	struct ent_error err;
	int rc;

	sim_plan(sim);
	rc = build ? ent_checkpoint_build(sim->log, 1, &err) :
		     ent_checkpoint_drop(sim->log, &err);
	if (rc < 0 && failing.hits == 0)
		sim_fail(sim, "checkpoint: %s", err.msg);
	/* Which of them there are is no promise. */
	sim_end_step(sim, rc == ENT_EDOUBT);
}

static void cut_at_rest(struct sim *sim)
{
	sim_plan_calm();
	failing.power_off = true;
	sim_end_step(sim, false);
}

static void take_step(struct sim *sim)
{
	long what = dice_between(&sim->dice, 1, 100);

	if (what <= 46)
		append(sim);
	else if (what <= 54)
		append_surely(sim);
	else if (what <= 62)
		retry(sim);
	else if (what <= 66)
		sim_check_all(sim);
	else if (what <= 73)
		reopen(sim);
	else if (what <= 76)
		sim_check_answers(sim);
	else if (what <= 80)
		change_checkpoints(sim, true);
	else if (what <= 82)
		change_checkpoints(sim, false);
	else if (what <= 84)
		append_unsynced(sim);
	else if (what <= 87)
		sim_backup(sim);
	else if (what <= 89)
		sim_restore(sim);
	else if (what <= 93)
		sim_compact(sim);
	else
		cut_at_rest(sim);
}

bool sim_run(struct sim *sim, uint64_t seed, unsigned steps)
{
	struct sim_counts counts = sim->counts;
	const char *home = sim->home, *dir = sim->dir;
	bool talk = sim->talk;

	memset(sim, 0, sizeof(*sim));
	sim->counts = counts;
	sim->home = home;
	sim->dir = dir;
	sim->talk = talk;
	sim->seed = seed;
	sim->dice.state = seed;
	sim->now_us = 1750000000000000;
	sim_start(sim);
	sim_check_all(sim);
	for (sim->step = 1; sim->step <= steps && !sim->failure[0];
	     sim->step++) {
		if (talk)
			fprintf(stderr, "step %u, %llu stored\n", sim->step,
				(unsigned long long)sim->stored);
		take_step(sim);
		sim->counts.steps++;
	}
	sim_check_all(sim);
	ent_log_close(sim->log);
	sim->log = NULL;
	sim->counts.seeds++;
	return !sim->failure[0];
}
