/*
 * commands.h - the commands of the program, and what each does where nothing
 * fails.
 */
#ifndef FAULT_COMMANDS_H
#define FAULT_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "kit.h"
#include "serve.h"

enum { COMMAND_WORDS = 10, COMMAND_MAKES = 3, COMMAND_TEXT = 1 << 16,
       COMMAND_SANITIZER = 86 /* exit code: a leak, or worse */ };

struct command {
	const char *words[COMMAND_WORDS]; /* behind the program's name */
	bool fresh;    /* there is no log before it */
	bool dropped;  /* the log before it has no checkpoints */
	bool varies;   /* its output is another one each time */
	unsigned each; /* events may be there in lots of so many; 0: all or none */
	struct kit_made makes[COMMAND_MAKES]; /* besides the log */
};

extern const struct command commands[];
extern const unsigned commands_count;

/* A program that waits for plans, and the folder in which it runs. */
struct runner {
	const struct command *command;
	const char *dir;
	char log[128];
	pid_t pid;
	int socket;
};

/* What one run left. */
struct outcome {
	struct serve_answer answer;
	int code; /* exit code; -1: it ended by a signal */
	bool opens; /* there is a log and it opens */
	bool verifies;
	uint64_t events;
	uint64_t content; /* of the ids of all events, and whether they are redacted */
	char head[ENT_HASH_TEXT_SIZE];
	unsigned made;      /* of what it makes, how much is there */
	char broken[400];   /* what of that is not whole, and why */
	char left[300];     /* a name that is neither the log's nor what it makes */
	char said[4000];    /* on stderr */
	char wrong[300];    /* what opening or verifying said */
};

/* Paths are made from the root of the sources, in which the test is started. */
bool commands_prepare(const char *dir);

bool runner_start(struct runner *runner, const char *program,
		  const char *library, const struct command *command,
		  const char *dir);
void runner_stop(struct runner *runner);

/* Put the log back as the command is to find it. */
void runner_reset(struct runner *runner);

/* False: the program that waits is gone. */
bool runner_run(struct runner *runner, const struct fault_plan *plan,
		struct outcome *out);

/* The standard output of the last run; its size, at most COMMAND_TEXT. */
size_t runner_output(const struct runner *runner, char out[COMMAND_TEXT]);

const char *command_name(const struct command *command, char out[256]);

#endif
