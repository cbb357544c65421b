/*
 * images.c - see images.h.
 */
#include "images.h"
#include "files.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ALL_SUBSETS = 7, RANDOM_SUBSETS = 6, PLACES_MAX = 7, PIECES_MAX = 4096 };

static struct disk_piece *pieces[PIECES_MAX]; /* of all files */
static size_t pieces_count;
const char *const images_copies[IMAGES_COPIES] = { "backup", "restored" };

static bool long_files; /* their sizes are on the disk, too */

void images_fail(struct images *at, const char *fmt, ...)
{
	va_list args;
	int n;

	if (at->total->failure[0])
		return;
	n = snprintf(at->total->failure, WORKERS_TEXT,
		     "sector %u boundary %" PRIu64 " image %" PRIu64 ": ",
		     at->sector, at->boundary, at->total->images);
	va_start(args, fmt);
	vsnprintf(at->total->failure + n, WORKERS_TEXT - (size_t)n, fmt, args);
	va_end(args);
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	images_fail(arg, "verify: event %" PRIu64 ": %s", seq, what);
}

/* ---- the log -------------------------------------------------------------------- */

static void check_head(struct images *at, const struct ent_verified *is)
{
	if (is->events == at->acked) {
		if (at->acked > 0 &&
		    memcmp(&is->head, &at->head, sizeof(at->head)) != 0)
			images_fail(at, "the head is another one");
	} else if (is->events == at->acked + at->batch) {
		at->total->whole++;
		if (at->has_next && memcmp(&is->head, &at->next_head,
					   sizeof(at->head)) != 0)
			images_fail(at, "the head of what was in doubt is another one");
		at->next_head = is->head;
		at->has_next = true;
	} else {
		images_fail(at, "%" PRIu64 " events, and %" PRIu64 " or %"
			    PRIu64 " there may be", is->events, at->acked,
			    at->acked + at->batch);
	}
}

/* The event that says so and what is gone are there together. */
static void check_redacted(struct images *at, struct ent_log *log,
			   uint64_t events)
{
	uint64_t wanted = at->redacted + (at->redacts && events > at->acked);
	struct ent_redaction *list = NULL;
	struct ent_error err;
	size_t count = 0;

	if (ent_log_redactions(log, UINT64_MAX, &list, &count, &err) < 0)
		images_fail(at, "%s", err.msg);
	else if (count != wanted)
		images_fail(at, "%zu events are redacted, and %" PRIu64
			    " must be", count, wanted);
	ent_free(list);
}

static void check_log(struct images *at)
{
	struct ent_log_options options = { .create = !at->exists,
					   .map_bytes = 1 << 20 };
	struct ent_verified verified;
	struct ent_log *log = NULL;
	struct ent_error err;
	char dir[IMAGES_PATH + 16];

	snprintf(dir, sizeof(dir), "%s/log", at->place);
	if (ent_log_open(dir, &options, &log, &err) < 0) {
		images_fail(at, "%s", err.msg);
		return;
	}
	if (ent_log_verify(log, finding, NULL, at, &verified, &err) < 0) {
		images_fail(at, "%s", err.msg);
	} else {
		check_head(at, &verified);
		check_redacted(at, log, verified.events);
	}
	ent_log_close(log);
}

/* ---- a copy --------------------------------------------------------------------- */

/* It has its place whole, or not at all. */
static void check_copy(struct images *at, int n)
{
	const char *name = images_copies[n];
	struct ent_log_options options = { .read_only = true,
					   .map_bytes = 1 << 20 };
	struct ent_verified is;
	struct ent_log *log = NULL;
	struct ent_error err;
	char dir[IMAGES_PATH + 16];
	struct stat st;

	snprintf(dir, sizeof(dir), "%s/%s", at->place, name);
	if (stat(dir, &st) != 0) {
		if (at->told[n])
			images_fail(at, "%s was told, and is gone", name);
		return;
	}
	at->total->copies++;
	if (ent_log_open(dir, &options, &log, &err) < 0 ||
	    ent_log_verify(log, finding, NULL, at, &is, &err) < 0)
		images_fail(at, "%s: %s", name, err.msg);
	else if (is.events != at->copy_events ||
		 memcmp(&is.head, &at->copy_head, sizeof(is.head)) != 0)
		images_fail(at, "%s has %" PRIu64 " events or another head",
			    name, is.events);
	ent_log_close(log);
}

/* ---- one image ------------------------------------------------------------------ */

/* What of a file is on the disk: at that moment, and with the pieces that are kept. */
static const struct disk *cut(const struct disk *disk, struct disk *after)
{
	if (disk->pieces_count == 0 && disk->now_size == disk->size)
		return disk;
	disk_set(after, disk->image, disk->size);
	for (size_t i = 0; i < disk->pieces_count; i++)
		if (disk->pieces[i].kept)
			disk_write(after, disk->pieces[i].at,
				   disk->bytes + disk->pieces[i].from,
				   disk->pieces[i].len);
	if (long_files && disk->now_size > after->now_size)
		disk_resize(after, disk->now_size);
	disk_sync(after);
	return after;
}

static void check_image(struct images *at)
{
	static struct disk after[FILES_MAX];
	struct files_found found = { .root = at->root, .place = at->place };

	if (at->total->failure[0])
		return;
	at->total->images++;
	for (int i = 0; i < FILES_MAX; i++)
		if (files[i].used)
			found.disks[i] = cut(&files[i].disk, &after[i]);
	workers_remove(at->place);
	files_find(&found);
	check_log(at);
	for (int n = 0; at->copies && n < IMAGES_COPIES; n++)
		check_copy(at, n);
}

static void check_names(struct images *at)
{
	for (unsigned i = 0; i < names_count; i++)
		names[i].kept = true;
	check_image(at);
	if (names_count == 0)
		return;
	for (unsigned i = 0; i < names_count; i++)
		names[i].kept = false;
	check_image(at);
}

/* A file system that keeps an order loses the last ones; others any. */
static void check_all_names(struct images *at)
{
	check_names(at);
	for (unsigned one = 0; one < names_count; one++) {
		for (unsigned i = 0; i < names_count; i++)
			names[i].kept = i < one;
		if (one > 0)
			check_image(at);
		for (unsigned i = 0; i < names_count; i++)
			names[i].kept = i != one;
		check_image(at);
	}
}

/* ---- which images ---------------------------------------------------------------- */

static bool any_is_longer(void)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (files[i].used &&
		    files[i].disk.now_size > files[i].disk.size)
			return true;
	return false;
}

static void check_all_subsets(struct images *at)
{
	bool longer = any_is_longer();

	for (unsigned set = 0; set < 1u << pieces_count; set++) {
		for (size_t i = 0; i < pieces_count; i++)
			pieces[i]->kept = set >> i & 1;
		for (int size = 0; size <= (int)longer; size++) {
			long_files = size;
			if (pieces_count > 0)
				check_names(at);
			else
				check_all_names(at);
		}
	}
}

enum way { ALONE, MISSING, UP_TO };

static void keep(struct images *at, enum way way, size_t one)
{
	for (size_t i = 0; i < pieces_count; i++)
		pieces[i]->kept = way == ALONE	 ? i == one :
				  way == MISSING ? i != one :
						   i < one;
	long_files = way != ALONE;
	check_names(at);
}

/* So many places that the time is about the same for each boundary. */
static void check_some_subsets(struct images *at)
{
	size_t step = (pieces_count + PLACES_MAX - 1) / PLACES_MAX;

	keep(at, UP_TO, 0);
	keep(at, UP_TO, pieces_count);
	for (size_t one = dice_index(&at->dice, step); one < pieces_count;
	     one += step) {
		keep(at, ALONE, one);
		keep(at, MISSING, one);
		keep(at, UP_TO, one);
	}
	for (int n = 0; n < RANDOM_SUBSETS; n++) {
		for (size_t i = 0; i < pieces_count; i++)
			pieces[i]->kept = dice_percent(&at->dice, 50);
		long_files = n % 2;
		check_names(at);
	}
}

static void list_pieces(struct images *at)
{
	pieces_count = 0;
	for (int i = 0; i < FILES_MAX; i++)
		for (size_t p = 0; files[i].used &&
				   p < files[i].disk.pieces_count; p++) {
			if (pieces_count == PIECES_MAX) {
				images_fail(at, "too many pieces");
				return;
			}
			pieces[pieces_count++] = &files[i].disk.pieces[p];
		}
}

void images_check(struct images *at)
{
	list_pieces(at);
	at->total->boundaries++;
	if (pieces_count <= ALL_SUBSETS)
		check_all_subsets(at);
	else
		check_some_subsets(at);
}
