/*
 * small.c - see small.h.
 */
#include "small.h"

#include <inttypes.h>
#include <stdio.h>

char small_log[280];
struct run small_run;
static char lines[300];

const char *const small_verify[] = { "verify", NULL };
const char *const small_append[] = { "append", NULL };
const char *const small_files[SMALL_FILES] = { "data.mdb", "lock.mdb",
					       "writer.lock" };

void small_prepare(void)
{
	char json[4096];
	FILE *file;

	snprintf(small_log, sizeof(small_log), "%s", in_scratch("log"));
	snprintf(lines, sizeof(lines), "%s", in_scratch("lines"));
	file = fopen(lines, "w");
	for (uint64_t i = 0; file && i < SMALL_LINES; i++) {
		event_json(json, sizeof(json), 8, i, 1500);
		fprintf(file, "%s\n", json);
	}
	if (!file || fclose(file) != 0)
		die("%s", lines);
}

void small_make(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log;
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };

	remove_tree(small_log);
	log = open_log(small_log, &options);
	if (append_events(log, 0, 0, SMALL_EVENTS, 100, &done, &err) < 0)
		die("%s", err.msg);
	ent_log_close(log);
}

const char *small_inside(const char *name)
{
	return in_scratch("log/%s", name);
}

int small_entente(const char *const *args, void (*prepare)(void *arg),
		  void *arg)
{
	small_run = (struct run){ .args = args, .log = small_log,
				  .input = lines, .prepare = prepare,
				  .arg = arg };
	run(&small_run);
	return exit_of_run(&small_run);
}

void small_check(const char *what, int64_t events)
{
	int64_t found = verify_log(small_log);

	check(found == events, "%s: the log has %" PRId64 " events, not %"
	      PRId64, what, found, events);
}
