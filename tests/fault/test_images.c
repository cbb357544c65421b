/*
 * test_images.c - all that a disk may hold after a power cut, of a recorded trace.
 *
 *     test_images [COMMITS]
 *
 * A log is made and appended to.  Before each call that writes, syncs or renames,
 * the files are made as a disk may have them then: of the pieces that were not
 * synced, all subsets where there are at most seven, else none, all, each one
 * alone, each one missing, all up to one, and some at random.  Pieces are sectors
 * of 512 bytes, and again of 4 KiB.  From each the log must open, verify, and hold
 * what was acknowledged, and no part of what was not.
 */
#include "calls.h"
#include "sim.h"
#include "workers.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALL_SUBSETS = 7, RANDOM_SUBSETS = 6, PLACES_MAX = 7 };

static const uint32_t sectors[] = { 512, 4096 };

struct totals {
	uint64_t boundaries, images, whole; /* whole: with what was not told */
	char failure[WORKERS_TEXT];
};

static struct totals *totals;
static unsigned commits = 150;

/* What the worker is at. */
static struct {
	struct totals *total;
	unsigned number;
	uint32_t sector;
	uint64_t boundary;
	struct dice dice;
	char place[96], log[128], image[160]; /* where images are made */
	bool exists; /* creation has returned */
	bool renamed, folder_synced; /* before it has */
	uint64_t acked, batch;
	struct ent_hash root;      /* of what is acknowledged */
	struct ent_hash next_root; /* of that and the batch, as found */
	bool has_next;
	struct disk after;
} at;

static void ENT_PRINTF(1, 2) fail(const char *fmt, ...)
{
	va_list args;
	int n = snprintf(at.total->failure, WORKERS_TEXT,
			 "sector %u boundary %" PRIu64 " image %" PRIu64 ": ",
			 at.sector, at.boundary, at.total->images);

	va_start(args, fmt);
	vsnprintf(at.total->failure + n, WORKERS_TEXT - (size_t)n, fmt, args);
	va_end(args);
}

/* ---- one image ------------------------------------------------------------------ */

static void finding(uint64_t seq, const char *what, void *arg)
{
	(void)arg;
	fail("verify: event %" PRIu64 ": %s", seq, what);
}

static void check_root(const struct ent_verified *is)
{
	if (is->events == at.acked) {
		if (at.acked > 0 &&
		    memcmp(&is->head, &at.root, sizeof(at.root)) != 0)
			fail("the root is another one");
	} else if (is->events == at.acked + at.batch) {
		at.total->whole++;
		if (at.has_next && memcmp(&is->head, &at.next_root,
					  sizeof(at.root)) != 0)
			fail("the root of what was in doubt is another one");
		at.next_root = is->head;
		at.has_next = true;
	} else {
		fail("%" PRIu64 " events, and %" PRIu64 " or %" PRIu64
		     " there may be", is->events, at.acked,
		     at.acked + at.batch);
	}
}

static void check_log(bool create)
{
	struct ent_log_options options = { .create = create,
					   .map_bytes = 1 << 20 };
	struct ent_verified verified;
	struct ent_log *log = NULL;
	struct ent_error err;

	if (ent_log_open(at.log, &options, &log, &err) < 0) {
		fail("%s", err.msg);
		return;
	}
	if (ent_log_verify(log, finding, NULL, NULL, &verified, &err) < 0)
		fail("%s", err.msg);
	else
		check_root(&verified);
	ent_log_close(log);
}

/* in: the folder in which the file lies, which is the log's, or that in which one
 * was being made. */
static void check_in(const char *in, bool create)
{
	if (at.total->failure[0])
		return;
	at.total->images++;
	mkdir(in, 0700);
	snprintf(at.image, sizeof(at.image), "%s/data.mdb", in);
	disk_store(&at.after, at.image);
	check_log(create);
	if (create) {
		workers_remove(at.place);
		mkdir(at.place, 0700);
	}
}

/* A folder that was renamed, and nothing synced it, has its new name or the old
 * one. */
static void check_image(const struct disk *before, bool long_file)
{
	char temp[160];

	disk_set(&at.after, before->image, before->size);
	for (size_t i = 0; i < before->pieces_count; i++)
		if (before->pieces[i].kept)
			disk_write(&at.after, before->pieces[i].at,
				   before->bytes + before->pieces[i].from,
				   before->pieces[i].len);
	if (long_file && before->now_size > at.after.now_size)
		disk_resize(&at.after, before->now_size);
	disk_sync(&at.after);
	snprintf(temp, sizeof(temp), "%s/.log.tmp-%ld-0", at.place,
		 (long)getpid());
	if (!at.exists && !at.folder_synced)
		check_in(temp, true);
	if (at.exists || at.renamed)
		check_in(at.log, !at.exists);
}

/* ---- which images ------------------------------------------------------------------ */

static void check_both(struct disk *disk)
{
	check_image(disk, false);
	if (disk->now_size > disk->size)
		check_image(disk, true);
}

static void check_all_subsets(struct disk *disk)
{
	for (unsigned set = 0; set < 1u << disk->pieces_count; set++) {
		for (size_t i = 0; i < disk->pieces_count; i++)
			disk->pieces[i].kept = set >> i & 1;
		check_both(disk);
	}
}

enum way { ALONE, MISSING, UP_TO };

static void keep(struct disk *disk, enum way way, size_t one)
{
	for (size_t i = 0; i < disk->pieces_count; i++)
		disk->pieces[i].kept = way == ALONE   ? i == one :
				       way == MISSING ? i != one :
							i < one;
	check_image(disk, way != ALONE);
}

/* So many places that the time is about the same for each boundary. */
static void check_some_subsets(struct disk *disk)
{
	size_t count = disk->pieces_count;
	size_t step = (count + PLACES_MAX - 1) / PLACES_MAX;

	keep(disk, UP_TO, 0);
	keep(disk, UP_TO, count);
	for (size_t one = dice_index(&at.dice, step); one < count; one += step) {
		keep(disk, ALONE, one);
		keep(disk, MISSING, one);
		keep(disk, UP_TO, one);
	}
	for (int n = 0; n < RANDOM_SUBSETS; n++) {
		for (size_t i = 0; i < count; i++)
			disk->pieces[i].kept = dice_percent(&at.dice, 50);
		check_image(disk, n % 2);
	}
}

/* Sectors of 4 KiB: pieces of one page that stand together are one. */
static void join_pieces(const struct disk *from, struct disk *to)
{
	disk_set(to, from->image, from->size);
	for (size_t i = 0; i < from->pieces_count; i++)
		disk_write(to, from->pieces[i].at,
			   from->bytes + from->pieces[i].from,
			   from->pieces[i].len);
	to->now_size = from->now_size;
}

static void boundary(enum calls_what what)
{
	static struct disk disk;
	bool renamed = calls_renamed, synced = calls_folder_synced;

	(void)what;
	if (!failing.armed || at.total->failure[0] ||
	    ++at.boundary % workers_count() != at.number)
		return;
	/* What follows is about another log. */
	calls_before = NULL;
	calls_watch = false;
	fault_disarm();
	at.total->boundaries++;
	at.renamed = renamed;
	at.folder_synced = synced;
	join_pieces(&calls_disk, &disk);
	if (disk.pieces_count <= ALL_SUBSETS)
		check_all_subsets(&disk);
	else
		check_some_subsets(&disk);
	fault_arm(NULL);
	calls_renamed = renamed;
	calls_folder_synced = synced;
	calls_watch = true;
	calls_before = boundary;
}

/* ---- the trace ---------------------------------------------------------------------- */

static void append(struct sim *sim, struct ent_log *log)
{
	struct sim_batch batch = sim_make(sim);
	struct ent_batch *events = sim_batch(sim, &batch);
	struct ent_append_options options = { .now_us = ++sim->now_us };
	struct ent_appended appended;
	struct ent_error err;

	at.batch = batch.count;
	at.has_next = false;
	if (ent_log_append(log, events, &options, &appended, &err) < 0) {
		fail("append: %s", err.msg);
	} else {
		if (at.has_next && memcmp(&appended.head, &at.next_root,
					  sizeof(at.root)) != 0)
			fail("another root was found than is told");
		at.acked = appended.head_seq;
		at.root = appended.head;
		at.batch = 0;
	}
	ent_batch_free(events);
}

static void trace(const char *dir)
{
	static struct sim sim;
	struct ent_log_options options = { .create = true,
					   .map_bytes = 1 << 20 };
	struct ent_log *log = NULL;
	struct ent_error err;

	memset(&sim, 0, sizeof(sim));
	sim.seed = sim.dice.state = 1;
	sim.now_us = 1750000000000000;
	calls_disk.sector = at.sector;
	calls_renamed = calls_folder_synced = false;
	calls_watch = true;
	calls_before = boundary;
	fault_arm(NULL);
	if (ent_log_open(dir, &options, &log, &err) < 0) {
		fail("create: %s", err.msg);
		return;
	}
	at.exists = true;
	for (unsigned i = 0; i < commits && !at.total->failure[0]; i++)
		append(&sim, log);
	fault_disarm();
	ent_log_close(log);
}

void sim_fail(struct sim *sim, const char *fmt, ...)
{
	(void)sim;
	fail("%s", fmt);
}

static void work(unsigned number, const char *dir, void *arg)
{
	char log[96];

	(void)arg;
	for (unsigned i = 0; i < 2 && !totals[number].failure[0]; i++) {
		memset(&at, 0, sizeof(at));
		at.total = &totals[number];
		at.number = number;
		at.sector = sectors[i];
		snprintf(at.place, sizeof(at.place), "%s/image", dir);
		snprintf(at.log, sizeof(at.log), "%s/log", at.place);
		snprintf(log, sizeof(log), "%s/%u.log", dir, at.sector);
		mkdir(at.place, 0700);
		trace(log);
		workers_remove(at.place);
	}
}

int main(int argc, char **argv)
{
	struct totals all = { 0 };
	bool good;

	if (argc > 1)
		commits = (unsigned)strtoul(argv[1], NULL, 10);
	totals = workers_share(WORKERS_MAX * sizeof(*totals));
	workers_start();
	good = workers_run(work, NULL);
	workers_end();
	for (unsigned i = 0; i < workers_count(); i++) {
		all.boundaries += totals[i].boundaries;
		all.images += totals[i].images;
		all.whole += totals[i].whole;
		if (totals[i].failure[0])
			printf("  FAIL  %s\n", totals[i].failure);
		good &= !totals[i].failure[0];
	}
	printf("crash images: creation and %u commits: %" PRIu64
	       " images at %" PRIu64 " boundaries, %" PRIu64
	       " of them with a batch that was not yet told\n",
	       commits, all.images, all.boundaries, all.whole);
	return good && all.whole > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
