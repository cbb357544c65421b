/*
 * fault.h - what the programs of this folder share: dice, folders, events, other
 * processes, and the last line.
 *
 * Each is called as PROGRAM short|full [SEED], PROGRAM being build/entente.  The
 * same seed makes the same choices; when a process is killed or stopped depends on
 * the machine as well.
 */
#ifndef FAULT_FAULT_H
#define FAULT_FAULT_H

#include <entente/entente.h>

#include <sys/types.h>

struct fault {
	const char *program;
	const char *name;
	bool full;
	uint64_t seed;
	char dir[200]; /* scratch */
	uint64_t passed, failed, skipped;
};

extern struct fault fault;

/* Reads the arguments, makes the folder. */
void fault_begin(const char *name, int argc, char **argv);

/* Prints the last line, removes the folder; the exit code. */
int fault_end(void);

/* Whether ok; says what failed.  Returns ok. */
bool check(bool ok, const char *fmt, ...) ENT_PRINTF(2, 3);
void skip(const char *fmt, ...) ENT_PRINTF(1, 2);

/* A figure: "  fault-NAME: ...". */
void tell(const char *fmt, ...) ENT_PRINTF(1, 2);

/* What cannot be: ends the program. */
void die(const char *fmt, ...) ENT_PRINTF(1, 2) __attribute__((noreturn));

/* ---- dice ------------------------------------------------------------------ */

uint64_t roll(uint64_t *state);
uint64_t roll_below(uint64_t *state, uint64_t n);

/* ---- files ----------------------------------------------------------------- */

/* Scratch names, in turns: eight are good at a time. */
const char *in_scratch(const char *fmt, ...) ENT_PRINTF(1, 2);
void remove_tree(const char *path);
void copy_file(const char *from, const char *to);
char *read_file(const char *path, size_t *out_len); /* free() */
uint64_t file_size(const char *path);

/* ---- events ---------------------------------------------------------------- */

/* Event i of a writer, about pad bytes; of an id of its own. */
void event_json(char *out, size_t size, unsigned writer, uint64_t i,
		size_t pad);

struct ent_log *open_log(const char *dir, const struct ent_log_options *options);

/* The code of ent_log_append(). */
int append_events(struct ent_log *log, unsigned writer, uint64_t first,
		  size_t count, size_t pad, struct ent_appended *out,
		  struct ent_error *err);

/* Events of the log where verify finds nothing wrong; -1 and says what else. */
int64_t verify_log(const char *dir);

/* ---- processes ------------------------------------------------------------- */

struct run {
	const char *const *args; /* behind "entente --log LOG"; ends with NULL */
	const char *log;
	const char *input;       /* a file, or NULL */
	void (*prepare)(void *arg); /* in the child, ahead of the program */
	void *arg;
	unsigned kill_after_us;  /* 0 = never */
	int kill_by;             /* 0 = SIGINT */
	int status;              /* of waitpid() */
	bool hung;               /* was killed after ten seconds */
	char out[65536], err[4096]; /* the beginning */
};

/* Where prepare has not moved them, output and messages go to out and err. */
void run(struct run *run);

/* The exit code; -1 where it did not exit. */
int exit_of_run(const struct run *run);

int64_t now_ms(void);

#endif
