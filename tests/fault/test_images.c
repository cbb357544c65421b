/*
 * test_images.c - all that a disk may hold after a power cut, of a recorded trace.
 *
 *     test_images [COMMITS]
 *
 * A log is made and appended to; events are redacted, and the log is backed up,
 * restored beside it, and compacted.  Before each call that writes, syncs or renames,
 * and before the return of one that wrote and synced, the files are made as a disk
 * may have them then, in pieces of 512 bytes and again of 4 KiB.  From each the log
 * must open, verify, and hold what was acknowledged, and no part of what was not;
 * and a copy is there whole, or not at all.
 */
#include "calls.h"
#include "images.h"
#include "sim.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { REDACT_EVERY = 10, COPY_EVERY = 30 };

static const uint32_t sectors[] = { 512, 4096 };

static struct images_totals *totals;
static unsigned commits = 150;
static struct images at; /* what the worker is at */

static void boundary(enum calls_what what)
{
	(void)what;
	if (!failing.armed || at.total->failure[0] ||
	    ++at.boundary % workers_count() != at.number)
		return;
	/* What follows is about another log. */
	calls_before = NULL;
	calls_watch = false;
	fault_disarm();
	images_check(&at);
	fault_arm(NULL);
	calls_watch = true;
	calls_before = boundary;
}

void sim_fail(struct sim *sim, const char *fmt, ...)
{
	(void)sim;
	images_fail(&at, "%s", fmt);
}

/* ---- the trace ---------------------------------------------------------------------- */

static const char *in_root(const char *name, char out[IMAGES_PATH + 16])
{
	snprintf(out, IMAGES_PATH + 16, "%s/%s", at.root, name);
	return out;
}

static struct ent_log *open_log(bool create)
{
	const struct ent_log_options options = { .create = create,
						 .map_bytes = 1 << 20 };
	char dir[IMAGES_PATH + 16];
	struct ent_log *log = NULL;
	struct ent_error err;

	if (ent_log_open(in_root("log", dir), &options, &log, &err) < 0)
		images_fail(&at, "open: %s", err.msg);
	return log;
}

static void take(int rc, const struct ent_appended *appended,
		 const struct ent_error *err)
{
	if (rc < 0) {
		images_fail(&at, "append: %s", err->msg);
		return;
	}
	if (at.has_next && memcmp(&appended->head, &at.next_head,
				  sizeof(at.head)) != 0)
		images_fail(&at, "another head was found than is told");
	at.acked = appended->head_seq;
	at.head = appended->head;
	at.redacted += at.redacts;
	at.redacts = false;
	at.batch = 0;
	at.has_next = false;
}

static void append(struct sim *sim, struct ent_log *log)
{
	struct sim_batch batch = sim_make(sim);
	struct ent_batch *events = sim_batch(sim, &batch);
	struct ent_append_options options = { .now_us = ++sim->now_us };
	struct ent_appended appended;
	struct ent_error err;

	at.batch = batch.count;
	take(ent_log_append(log, events, &options, &appended, &err), &appended,
	     &err);
	ent_batch_free(events);
}

/* Each once: the first that is left. */
static void redact(struct sim *sim, struct ent_log *log)
{
	struct ent_redact_options options = { .now_us = ++sim->now_us,
					      .reason = "asked for" };
	struct ent_appended appended;
	struct ent_error err;

	at.batch = 1;
	at.redacts = true;
	take(ent_log_redact(log, at.redacted + 1, &options, &appended, &err),
	     &appended, &err);
}

static void copy(struct ent_log *log)
{
	char backup[IMAGES_PATH + 16], restored[IMAGES_PATH + 16];
	struct ent_error err;

	in_root(images_copies[0], backup);
	in_root(images_copies[1], restored);
	at.copies = true;
	at.copy_events = at.acked;
	at.copy_head = at.head;
	if (ent_log_backup(log, backup, NULL, NULL, &err) < 0)
		images_fail(&at, "backup: %s", err.msg);
	at.told[0] = true;
	if (ent_log_restore(backup, restored, NULL, NULL, &err) < 0)
		images_fail(&at, "restore: %s", err.msg);
	at.told[1] = true;
}

/* Each image takes the less time. */
static void forget_copies(void)
{
	char dir[IMAGES_PATH + 16];

	at.copies = false;
	for (int n = 0; n < IMAGES_COPIES; n++) {
		at.told[n] = false;
		workers_remove(in_root(images_copies[n], dir));
	}
}

static struct ent_log *compact(struct ent_log *log)
{
	struct ent_error err;

	if (ent_log_compact(log, NULL, NULL, &err) < 0)
		images_fail(&at, "compact: %s", err.msg);
	ent_log_close(log);
	return open_log(false);
}

static void trace(void)
{
	static struct sim sim;
	struct ent_log *log;

	memset(&sim, 0, sizeof(sim));
	sim.seed = sim.dice.state = 1;
	sim.now_us = 1750000000000000;
	files_forget();
	files_sector = at.sector;
	calls_watch = true;
	calls_before = boundary;
	fault_arm(NULL);
	log = open_log(true);
	at.exists = true;
	for (unsigned i = 1; log && i <= commits && !at.total->failure[0]; i++) {
		append(&sim, log);
		if (i % REDACT_EVERY == 0)
			redact(&sim, log);
		if (i % COPY_EVERY != COPY_EVERY / 2 && i != commits)
			continue;
		copy(log);
		log = compact(log);
		forget_copies();
	}
	fault_disarm();
	ent_log_close(log);
}

/* ---- all of it ---------------------------------------------------------------------- */

static void work(unsigned number, const char *dir, void *arg)
{
	(void)arg;
	for (unsigned i = 0; i < 2 && !totals[number].failure[0]; i++) {
		memset(&at, 0, sizeof(at));
		at.total = &totals[number];
		at.number = number;
		at.sector = sectors[i];
		snprintf(at.root, sizeof(at.root), "%s/%u", dir, at.sector);
		snprintf(at.place, sizeof(at.place), "%s/image", dir);
		mkdir(at.root, 0700);
		trace();
		workers_remove(at.place);
	}
}

static void add(struct images_totals *all, const struct images_totals *one)
{
	all->boundaries += one->boundaries;
	all->images += one->images;
	all->whole += one->whole;
	all->copies += one->copies;
	if (one->failure[0])
		printf("  FAIL  %s\n", one->failure);
}

int main(int argc, char **argv)
{
	struct images_totals all = { 0 };
	bool good;

	if (argc > 1)
		commits = (unsigned)strtoul(argv[1], NULL, 10);
	totals = workers_share(WORKERS_MAX * sizeof(*totals));
	workers_start();
	good = workers_run(work, NULL);
	workers_end();
	for (unsigned i = 0; i < workers_count(); i++) {
		add(&all, &totals[i]);
		good &= !totals[i].failure[0];
	}
	printf("crash images: creation, %u commits, redactions, backups, restored and compacted logs: %" PRIu64
	       " images at %" PRIu64 " boundaries, %" PRIu64
	       " of them with a batch that was not yet told, %" PRIu64
	       " with a copy in its place\n",
	       commits, all.images, all.boundaries, all.whole, all.copies);
	return good && all.whole > 0 && all.copies > 0 ? EXIT_SUCCESS :
							 EXIT_FAILURE;
}
