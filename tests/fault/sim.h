/*
 * sim.h - one log, driven by a seed, with a model of what it must hold.
 *
 * The model knows each batch that was handed in and what the engine said of it.
 * acked <= stored <= submitted: what was acknowledged is there, what is there was
 * handed in, a batch is there whole or not at all, and only one of which the
 * engine said that it is in doubt may be either.
 */
#ifndef FAULT_SIM_H
#define FAULT_SIM_H

#include "entente/entente.h"

#include "../property/dice.h"

enum { SIM_EVENTS_MAX = 2048, SIM_TEXT_MAX = 8192, SIM_BATCHES_MAX = 512,
       SIM_MARK_SIZE = 24, SIM_PATH = 200 };

/* Events first .. first + count - 1, as the simulator counts them. */
struct sim_batch {
	unsigned first, count;
	uint64_t seq; /* of its first event; 0: not stored */
	/* Where it is one redaction: of that event, under that number. */
	unsigned redacts;
	uint64_t redacts_seq;
};

struct sim_counts {
	uint64_t seeds, steps, cuts, errors, commits, retries, doubts, verified,
		creations, kills, redactions, backups, restores, compactions;
};

struct sim {
	uint64_t seed;
	struct dice dice;
	bool talk;
	const char *home;   /* the folder of this simulator alone */
	const char *dir;    /* of the log, in it */
	struct ent_log *log; /* NULL while it is closed */
	unsigned step;
	int64_t now_us;

	unsigned events; /* made so far */
	struct ent_id ids[SIM_EVENTS_MAX];
	unsigned targets[SIM_EVENTS_MAX]; /* what it corrects; 0: nothing */
	bool redacted[SIM_EVENTS_MAX];

	struct sim_batch batches[SIM_BATCHES_MAX]; /* stored for sure */
	unsigned batches_count;
	unsigned batches_found; /* under the numbers that they were told */
	uint64_t stored; /* events of those */
	struct ent_hash root; /* of the first root_of events, as told */
	uint64_t root_of;
	bool has_root;
	bool has_doubt;
	struct sim_batch doubt;

	bool has_backup; /* that was acknowledged, of so many events */
	uint64_t backup_events;
	struct ent_hash backup_root;

	struct sim_counts counts;
	char failure[600]; /* empty: none */
};

/* What calls leave out in all seeds that follow; what the engine does wrong is in
 * plant.h. */
struct sim_plant {
	bool no_sync, no_meta_sync;
};

extern struct sim_plant sim_plant;

/* Run one seed of that many steps; false: sim->failure says what was wrong. */
bool sim_run(struct sim *sim, uint64_t seed, unsigned steps);

/* Say what is wrong, once. */
void sim_fail(struct sim *sim, const char *fmt, ...) ENT_PRINTF(2, 3);

/* ---- sim_events.c ------------------------------------------------------------- */

/* Make a batch of new events; count 0: none could be made. */
struct sim_batch sim_make(struct sim *sim);

/* The same, or the redaction of an event that is stored. */
struct sim_batch sim_make_any(struct sim *sim);

/* It is stored behind all others. */
void sim_keep(struct sim *sim, const struct sim_batch *batch);

/* What the summary of an event has that no other has; false: it is too short. */
bool sim_mark(const struct sim *sim, unsigned event, char out[SIM_MARK_SIZE]);

/* The same events again, for ent_batch_free(). */
struct ent_batch *sim_batch(struct sim *sim, const struct sim_batch *batch);

/* ---- sim_check.c -------------------------------------------------------------- */

/* The head is what the model says. */
void sim_check_head(struct sim *sim);

/* Everything: the events, their numbers, what verify says.  Settles the doubt. */
void sim_check_all(struct sim *sim);

/* Two answers to one question, with checkpoints and without, are the same. */
void sim_check_answers(struct sim *sim);

/* ---- sim_copy.c --------------------------------------------------------------- */

void sim_backup(struct sim *sim);
void sim_restore(struct sim *sim);
void sim_compact(struct sim *sim);

/* ---- sim.c -------------------------------------------------------------------- */

/* The faults of a step end with it.  Where the power went, or a commit is in
 * doubt, the log is opened again.  spent: so that the handle may be of no use. */
void sim_end_step(struct sim *sim, bool spent);

/* ---- sim_power.c -------------------------------------------------------------- */

/* A plan for the next calls: mostly none. */
void sim_plan(struct sim *sim);

/* For what makes about so many calls and puts something in its place by renaming: a
 * fault is often just behind that. */
void sim_plan_placing(struct sim *sim, unsigned calls);

/* Errors alone, no cut. */
void sim_plan_calm(void);

/* Open the log, with or without faults; where it fails for a fault, once more. */
void sim_open(struct sim *sim, bool create);

/* Where the power went off, or the process was killed: close the log, and find what
 * a disk then has. */
bool sim_power_back(struct sim *sim);

/* A folder that is on the disk. */
void sim_make_folder(const char *path);

/* An empty log to start from, made without faults once. */
bool sim_prepare(const char *home, const char *dir);
void sim_start(struct sim *sim);

#endif
