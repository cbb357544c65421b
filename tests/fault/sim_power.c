/*
 * sim_power.c - when calls fail and the power goes, and what is found after that.
 */
#include "calls.h"
#include "sim.h"
#include "workers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CUT_PERCENT = 38, ERROR_PERCENT = 24, CALLS_MAX = 14,
       CALLS_BEHIND = 5,
       CREATE_CALLS = 40,
       KILLED_PERCENT = 8, BEHIND_PERCENT = 30 };

static struct disk empty; /* of a log */
static struct sim *running; /* whose dice a failed sync throws */

static void plan_with(enum fault_kind kind, int code, uint64_t at,
		      bool persistent)
{
	struct fault_plan plan = { .kind = kind,
				   .code = code,
				   .at = at,
				   .persistent = persistent,
				   .no_sync = sim_plant.no_sync,
				   .no_meta_sync = sim_plant.no_meta_sync };

	fault_arm(&plan);
}

void sim_plan_calm(void)
{
	plan_with(FAULT_NONE, 0, 0, false);
}

static void plan_error(struct dice *dice, unsigned calls)
{
	static const int codes[] = { EIO, ENOSPC, EDQUOT, EINTR, EIO };
	static const enum fault_kind kinds[] = { FAULT_EARLY, FAULT_LATE,
						 FAULT_SHORT };
	int code = codes[dice_index(dice, 5)];
	enum fault_kind kind = kinds[dice_index(dice, 3)];

	/* A call that a signal interrupts has done nothing. */
	plan_with(code == EINTR ? FAULT_EARLY : kind, code,
		  (uint64_t)dice_between(dice, 1, calls),
		  dice_percent(dice, 30));
}

static void plan_within(struct sim *sim, unsigned calls)
{
	struct dice *dice = &sim->dice;

	if (dice_percent(dice, CUT_PERCENT))
		plan_with(FAULT_CUT, EIO,
			  (uint64_t)dice_between(dice, 1, calls), false);
	else if (dice_percent(dice, ERROR_PERCENT))
		plan_error(dice, calls);
	else
		sim_plan_calm();
}

void sim_plan(struct sim *sim)
{
	plan_within(sim, CALLS_MAX);
}

void sim_plan_placing(struct sim *sim, unsigned calls)
{
	bool behind = dice_percent(&sim->dice, BEHIND_PERCENT);

	plan_within(sim, behind ? CALLS_BEHIND : calls);
	failing.plan.behind_rename = behind;
}

/* ---- folders ------------------------------------------------------------------- */

static void file_path(const struct sim *sim, const char *name, char out[1024])
{
	snprintf(out, 1024, "%s/%s", sim->dir, name);
}

void sim_make_folder(const char *path)
{
	calls_watch = false;
	mkdir(path, 0700);
	calls_watch = true;
}

bool sim_prepare(const char *home, const char *dir)
{
	struct ent_log_options options = { .create = true };
	struct ent_log *log = NULL;
	struct ent_error err;
	char path[1024];
	int file;

	calls_watch = true;
	if (ent_log_open(dir, &options, &log, &err) < 0) {
		fprintf(stderr, "sim: %s\n", err.msg);
		return false;
	}
	ent_log_close(log);
	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	file = files_at(path);
	if (file < 0)
		return false;
	disk_sync(&files[file].disk);
	disk_set(&empty, files[file].disk.image, files[file].disk.size);
	files_forget();
	workers_remove(home);
	return true;
}

static void choose(struct disk *disk)
{
	for (size_t i = 0; running && i < disk->pieces_count; i++)
		disk->pieces[i].kept = dice_percent(&running->dice, 50);
}

/* Seven of eight logs are there from the start; the others are made, in a folder
 * that is there or not. */
void sim_start(struct sim *sim)
{
	char path[1024];

	running = sim;
	calls_choose = choose;
	fault_disarm();
	failing.power_off = false;
	workers_remove(sim->home);
	files_forget();
	sim_make_folder(sim->home);
	if (sim->seed % 16 != 0)
		sim_make_folder(sim->dir);
	if (sim->seed % 8 == 0) {
		sim->counts.creations++;
		sim_open(sim, true);
		return;
	}
	file_path(sim, "data.mdb", path);
	disk_store(&empty, path);
	sim_open(sim, false);
}

/* ---- cuts ------------------------------------------------------------------------ */

/* Which pieces are on the disk: some of the ways in which a disk may choose. */
static void choose_pieces(struct sim *sim, struct disk *disk)
{
	size_t count = disk->pieces_count;
	size_t one = count ? dice_index(&sim->dice, count) : 0;
	size_t way = dice_index(&sim->dice, 8);

	for (size_t i = 0; i < count; i++) {
		bool *kept = &disk->pieces[i].kept;

		switch (way) {
		case 0: *kept = false; break;
		case 1: *kept = true; break;
		case 2: *kept = i < one; break;
		case 3: *kept = i >= one; break;
		case 4: *kept = i != one; break;
		case 5: *kept = i == one; break;
		default: *kept = dice_percent(&sim->dice, way == 6 ? 50 : 85);
		}
	}
}

/* What LMDB keeps in memory that processes share may be anything after a cut. */
static void leave_lock_file(struct sim *sim)
{
	char path[1024];
	FILE *file;

	file_path(sim, "lock.mdb", path);
	if (dice_percent(&sim->dice, 60))
		return;
	if (dice_percent(&sim->dice, 50)) {
		unlink(path);
		return;
	}
	file = fopen(path, "r+");
	for (int i = 0; file && i < 512; i++)
		fputc((int)dice_index(&sim->dice, 256), file);
	if (file)
		fclose(file);
}

/* A file system that keeps an order loses the last ones; others any. */
static void choose_names(struct sim *sim)
{
	size_t way = dice_index(&sim->dice, 4);
	size_t one = names_count ? dice_index(&sim->dice, names_count) : 0;

	for (unsigned i = 0; i < names_count; i++)
		names[i].kept = way == 0 ? true :
				way == 1 ? false :
				way == 2 ? i < one :
					   dice_percent(&sim->dice, 50);
}

static void cut_power(struct sim *sim)
{
	sim->counts.cuts++;
	for (int i = 0; i < FILES_MAX; i++) {
		if (!files[i].used)
			continue;
		choose_pieces(sim, &files[i].disk);
		disk_cut(&files[i].disk, dice_percent(&sim->dice, 50));
	}
	choose_names(sim);
	files_find_here(sim->home);
	leave_lock_file(sim);
}

/* Or the process was killed: what it wrote is there, and a cut that comes later may
 * take it still. */
bool sim_power_back(struct sim *sim)
{
	if (!failing.power_off)
		return false;
	ent_log_close(sim->log);
	sim->log = NULL;
	fault_disarm();
	failing.power_off = false;
	if (dice_percent(&sim->dice, KILLED_PERCENT))
		sim->counts.kills++;
	else
		cut_power(sim);
	return true;
}

/* ---- opening ----------------------------------------------------------------------- */

static bool is_there(const struct sim *sim)
{
	struct stat st;

	return stat(sim->dir, &st) == 0;
}

void sim_open(struct sim *sim, bool create)
{
	struct ent_log_options options = { .create = create,
					   .map_bytes = 1 << 20 };
	struct ent_error err;

	for (unsigned tries = 0; !sim->log && !sim->failure[0]; tries++) {
		uint64_t hits;
		int rc;

		if (tries < 2 && create)
			sim_plan_placing(sim, CREATE_CALLS);
		else if (tries < 2)
			sim_plan(sim);
		else
			sim_plan_calm();
		rc = ent_log_open(sim->dir, &options, &sim->log, &err);
		hits = failing.hits;
		sim->counts.errors += failing.plan.kind != FAULT_CUT ? hits : 0;
		if (sim->talk)
			fprintf(stderr, "  open: %d %s (%s)\n", rc,
				rc < 0 ? err.msg : "", is_there(sim) ? "there" :
								      "not there");
		if (!sim_power_back(sim) && rc < 0 && hits == 0)
			sim_fail(sim, "%s", err.msg);
		fault_disarm();
	}
}
