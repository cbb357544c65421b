/*
 * sim_copy.c - copies of the log, and the log written anew.
 *
 * Whatever happens while one is made, at its place there is nothing or all of it,
 * and what was copied is as it was.
 */
#include "files.h"
#include "interpose.h"
#include "sim.h"
#include "workers.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A fault is at one of so many calls: some more than each of them makes. */
enum { BACKUP_CALLS = 90, RESTORE_CALLS = 60, COMPACT_CALLS = 90 };

static const char *beside(const struct sim *sim, const char *name,
			  char out[SIM_PATH])
{
	snprintf(out, SIM_PATH, "%s/%s", sim->home, name);
	return out;
}

static void clear(const char *dir)
{
	char file[SIM_PATH + 16];

	snprintf(file, sizeof(file), "%s/data.mdb", dir);
	files_remove(file);
	workers_remove(dir);
}

static void say(const struct sim *sim, const char *what, int rc,
		const struct ent_error *err)
{
	if (sim->talk)
		fprintf(stderr, "  %s: %d %s (%" PRIu64 " calls)\n", what, rc,
			rc < 0 ? err->msg : "", failing.calls);
}

/* ---- what is there ------------------------------------------------------------- */

static void finding(uint64_t seq, const char *what, void *arg)
{
	sim_fail(arg, "verify of the copy: event %" PRIu64 ": %s", seq, what);
}

static void check_whole(struct sim *sim, const char *dir, uint64_t events,
			const struct ent_hash *root)
{
	const struct ent_log_options options = { .read_only = true,
						 .map_bytes = 1 << 20 };
	struct ent_verified verified;
	struct ent_log *log = NULL;
	struct ent_error err;

	if (ent_log_open(dir, &options, &log, &err) < 0 ||
	    ent_log_verify(log, finding, NULL, sim, &verified, &err) < 0)
		sim_fail(sim, "the copy: %s", err.msg);
	else if (verified.events != events ||
		 memcmp(&verified.head, root, sizeof(*root)) != 0)
		sim_fail(sim, "the copy has %" PRIu64
			 " events or another head than the %" PRIu64
			 " that were copied", verified.events, events);
	else
		sim->counts.verified++;
	ent_log_close(log);
}

/* The folder that was there before, and nothing in it but locks. */
static bool is_empty(const char *dir)
{
	char file[SIM_PATH + 16];
	struct stat st;

	snprintf(file, sizeof(file), "%s/data.mdb", dir);
	return stat(file, &st) != 0;
}

/* told: it was acknowledged.  was_empty: there was an empty folder before. */
static void check_copy(struct sim *sim, const char *dir, bool told,
		       bool was_empty, uint64_t events,
		       const struct ent_hash *root)
{
	struct stat st;

	if (sim->failure[0])
		return;
	if (stat(dir, &st) != 0) {
		if (told)
			sim_fail(sim, "a copy that was told is gone");
	} else if (!told && was_empty && is_empty(dir)) {
		return;
	} else {
		check_whole(sim, dir, events, root);
	}
}

static void check_told(struct sim *sim, const struct ent_copied *copied,
		       uint64_t events, const struct ent_hash *root)
{
	if (copied->events != events ||
	    memcmp(&copied->head, root, sizeof(*root)) != 0)
		sim_fail(sim, "a copy of %" PRIu64 " events was told as one of %"
			 PRIu64, events, copied->events);
	/* What was told holds from that moment on. */
	failing.power_off = dice_percent(&sim->dice, 20);
}

/* ---- what is written anew -------------------------------------------------------- */

static char *read_log(const char *dir, size_t *out_len)
{
	char path[SIM_PATH + 16], *bytes = NULL;
	struct stat st;
	FILE *file;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	file = fopen(path, "r");
	if (file && fstat(fileno(file), &st) == 0)
		bytes = malloc((size_t)st.st_size + 1);
	*out_len = bytes ? fread(bytes, 1, (size_t)st.st_size, file) : 0;
	if (file)
		fclose(file);
	return bytes;
}

/* A log keeps old pages; what is written anew has none. */
static void check_forgotten(struct sim *sim, const char *dir)
{
	char mark[SIM_MARK_SIZE];
	size_t len;
	char *bytes = read_log(dir, &len);

	for (unsigned event = 1; bytes && event <= sim->events; event++)
		if (sim->redacted[event] && sim_mark(sim, event, mark) &&
		    memmem(bytes, len, mark, strlen(mark)))
			sim_fail(sim, "\"%s\" of an event that was redacted is in the file of %s",
				 mark, dir);
	free(bytes);
}

/* What crashes left behind goes with the next one. */
static void check_swept(struct sim *sim, const char *dir, const char *prefix)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0)
			sim_fail(sim, "%s is left in %s", entry->d_name, dir);
	if (folder)
		closedir(folder);
}

/* ---- backup and restore ---------------------------------------------------------- */

void sim_backup(struct sim *sim)
{
	struct ent_copied copied;
	struct ent_error err;
	char dest[SIM_PATH];
	bool cut;
	int rc;

	clear(beside(sim, "backup", dest));
	sim_plan_placing(sim, BACKUP_CALLS);
	rc = ent_log_backup(sim->log, dest, NULL, &copied, &err);
	say(sim, "backup", rc, &err);
	sim->has_backup = rc == ENT_OK;
	sim->backup_events = sim->stored;
	sim->backup_root = sim->root;
	if (rc == ENT_OK) {
		sim->counts.backups++;
		check_told(sim, &copied, sim->stored, &sim->root);
	} else if (failing.hits == 0) {
		sim_fail(sim, "backup: %s", err.msg);
	}
	cut = failing.power_off || failing.hits > 0;
	sim_end_step(sim, false);
	check_copy(sim, dest, rc == ENT_OK, false, sim->backup_events,
		   &sim->backup_root);
	if (rc == ENT_OK && !sim->failure[0])
		check_forgotten(sim, dest);
	if (rc == ENT_OK && !cut && !sim->failure[0])
		check_swept(sim, sim->home, ".backup.copy-");
}

void sim_restore(struct sim *sim)
{
	struct ent_copied copied;
	struct ent_error err;
	char from[SIM_PATH], dest[SIM_PATH];
	bool empty = dice_percent(&sim->dice, 30);
	int rc;

	if (!sim->has_backup)
		return;
	beside(sim, "backup", from);
	clear(beside(sim, "restored", dest));
	if (empty)
		sim_make_folder(dest);
	sim_plan_placing(sim, RESTORE_CALLS);
	rc = ent_log_restore(from, dest, NULL, &copied, &err);
	say(sim, "restore", rc, &err);
	if (rc == ENT_OK) {
		sim->counts.restores++;
		check_told(sim, &copied, sim->backup_events, &sim->backup_root);
	} else if (failing.hits == 0) {
		sim_fail(sim, "restore: %s", err.msg);
	}
	sim_end_step(sim, false);
	check_copy(sim, dest, rc == ENT_OK, empty, sim->backup_events,
		   &sim->backup_root);
	check_copy(sim, from, true, false, sim->backup_events,
		   &sim->backup_root);
}

/* ---- compact --------------------------------------------------------------------- */

void sim_compact(struct sim *sim)
{
	struct ent_copied copied;
	struct ent_error err;
	bool cut;
	int rc;

	sim_plan_placing(sim, COMPACT_CALLS);
	rc = ent_log_compact(sim->log, NULL, &copied, &err);
	say(sim, "compact", rc, &err);
	if (rc == ENT_OK) {
		sim->counts.compactions++;
		check_told(sim, &copied, sim->stored, &sim->root);
	} else if (failing.hits == 0) {
		sim_fail(sim, "compact: %s", err.msg);
	}
	cut = failing.power_off || failing.hits > 0;
	sim_end_step(sim, true);
	if (rc == ENT_OK && !sim->failure[0])
		check_forgotten(sim, sim->dir);
	if (rc == ENT_OK && !cut && !sim->failure[0])
		check_swept(sim, sim->dir, ".compact-");
}
