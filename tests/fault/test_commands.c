/*
 * test_commands.c - each allocation, and each system call, of each command of the
 * program fails in turn, once and from then on.
 *
 *     test_commands PROGRAM LIBRARY [POINTS [COMMAND [WAY]]]
 *
 * POINTS: at most so many of each kind for each command; 0: all.  COMMAND, WAY:
 * only those that have these words.  Whatever fails,
 * the program ends with an exit code that is documented and never by a signal;
 * the log opens and verifies; what was told as done is there, and nothing is there
 * in part; where it is told that nothing was written, nothing is there; and the
 * same command, run again, leaves what it leaves where nothing failed.
 */
#include "commands.h"
#include "workers.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_INPUT = 3, EXIT_SYSTEM = 4, SHOWN_MAX = 20 };

struct way {
	const char *name;
	enum fault_kind kind;
	int code;
	bool persistent;
};

#define BOTH(name, kind, code) \
	{ name, kind, code, false }, { name, kind, code, true }

static const struct way ways[] = {
	BOTH("allocation", FAULT_MEMORY, 0),
	BOTH("EIO", FAULT_EARLY, EIO),
	BOTH("ENOSPC", FAULT_EARLY, ENOSPC),
	BOTH("EDQUOT", FAULT_EARLY, EDQUOT),
	BOTH("EINTR", FAULT_EARLY, EINTR),
	BOTH("short", FAULT_SHORT, EIO),
	BOTH("EIO after the work", FAULT_LATE, EIO)
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

struct totals {
	uint64_t allocations, calls, doubts, again, left, lost, failures;
	bool ended;
};

static struct totals *totals; /* one for each worker */
static unsigned *next_job;    /* shared: command * WAYS + way */
static const char *program, *library;
static unsigned long points_max;
static const char *only_command = "", *only_way = "";

/* A command where nothing fails, and once more behind that. */
struct clean {
	int code, code_again;
	uint64_t before, after, content, allocations, calls;
	char head[ENT_HASH_TEXT_SIZE]; /* before */
	unsigned made;
	char output[COMMAND_TEXT];
	size_t output_len;
};

struct job {
	struct runner runner;
	struct clean clean;
	const struct way *way;
	struct totals *total;
	uint64_t n;
};

static void tell(struct job *job, const struct outcome *out, const char *what)
{
	char name[256];

	if (job->total->failures++ >= SHOWN_MAX)
		return;
	printf("  FAIL  %s: %s %s %" PRIu64 " %s: %s (exit %d, status 0x%x, %"
	       PRIu64 " events; %s %s %s)\n        %s\n",
	       command_name(job->runner.command, name), job->way->name,
	       job->way->persistent ? "from" : "at", job->n, out->answer.first,
	       what, out->code, (unsigned)out->answer.status, out->events,
	       out->wrong, out->broken, out->left, out->said);
}

/* ---- where nothing fails --------------------------------------------------------------- */

static bool run_clean(struct job *job)
{
	struct clean *clean = &job->clean;
	struct outcome out;

	runner_reset(&job->runner);
	if (!runner_run(&job->runner, NULL, &out))
		return false;
	clean->code = out.code;
	clean->after = out.events;
	clean->content = out.content;
	clean->made = out.made;
	if (out.broken[0] || out.left[0])
		tell(job, &out, "where nothing fails it leaves that");
	clean->allocations = out.answer.allocations;
	clean->calls = out.answer.calls;
	clean->output_len = runner_output(&job->runner, clean->output);
	if (!runner_run(&job->runner, NULL, &out))
		return false;
	clean->code_again = out.code;
	if (out.events != clean->after)
		tell(job, &out, "run again, it appends again");
	return true;
}

/* How many events there are before: as a command leaves it that only reads. */
static bool count_before(struct job *job)
{
	static const struct command reading = { .words = { "stat" } };
	struct runner runner;
	struct outcome out;
	bool good;

	if (job->runner.command->fresh)
		return true;
	if (!runner_start(&runner, program, library, &reading, job->runner.dir))
		return false;
	runner_reset(&runner);
	good = runner_run(&runner, NULL, &out);
	job->clean.before = out.events;
	memcpy(job->clean.head, out.head, sizeof(out.head));
	runner_stop(&runner);
	return good;
}

/* ---- one point ---------------------------------------------------------------------------- */

static bool may_be_stored(const struct job *job, uint64_t events)
{
	const struct clean *clean = &job->clean;
	unsigned each = job->runner.command->each;

	if (events == clean->before || events == clean->after)
		return true;
	return each > 0 && events > clean->before && events < clean->after &&
	       (events - clean->before) % each == 0;
}

static bool same_output(const struct job *job)
{
	static char output[COMMAND_TEXT];
	size_t len = runner_output(&job->runner, output);

	/* Times and roots differ where something is appended, and keys. */
	if (job->clean.before != job->clean.after ||
	    job->runner.command->varies)
		return len > 0 || job->clean.output_len == 0;
	return len == job->clean.output_len &&
	       memcmp(output, job->clean.output, len) == 0;
}

static bool has_log(const struct job *job, const struct outcome *out)
{
	return out->opens ? out->verifies :
			    job->runner.command->fresh && !out->wrong[0];
}

/* A file that cannot be opened or read is bad input; all else is the system. */
static bool is_documented(const struct job *job, const struct outcome *out)
{
	if (out->code == job->clean.code || out->code == EXIT_SYSTEM)
		return true;
	return out->code == EXIT_INPUT && out->events == job->clean.before &&
	       (strstr(out->said, ": open ") || strstr(out->said, ": read "));
}

/* Of an append in batches: up to which event it came. */
static bool tells_where(const struct outcome *out)
{
	const char *before = strstr(out->said, " were appended before that");
	const char *to = before;

	while (to && to > out->said && to[-1] >= '0' && to[-1] <= '9')
		to--;
	return to && strtoull(to, NULL, 10) == out->events;
}

/* OpenSSL 3.0 loses what it has begun of its own tables where there is no memory for
 * the rest.  What we hold of it is seen where calls fail, and allocations do not. */
static bool is_lost_by_openssl(const struct job *job, const char *said)
{
	static const char leak[] = "irect leak of ";
	const char *at = strstr(said, leak);
	bool lost = at && job->way->kind == FAULT_MEMORY;

	for (; lost && at; at = strstr(at + 1, leak)) {
		const char *frame = strstr(at, "    #1 ");
		const char *end = frame ? strchr(frame, '\n') : NULL;
		const char *crypto = frame ? strstr(frame, "libcrypto") : NULL;

		lost = crypto && end && crypto < end;
	}
	return lost;
}

/* What takes away what it made may fail, and no memory is the end of a program. */
static bool may_not_leave(const struct job *job, const struct outcome *out)
{
	static const char *const removing[] = { "unlink", "unlinkat", "rmdir",
						"opendir", "close" };

	if (!out->left[0] || job->way->persistent ||
	    job->way->kind == FAULT_MEMORY)
		return false;
	for (size_t i = 0; i < sizeof(removing) / sizeof(*removing); i++)
		if (strcmp(out->answer.first, removing[i]) == 0)
			return false;
	return true;
}

static const char *what_is_wrong(const struct job *job,
				 const struct outcome *out)
{
	const struct clean *clean = &job->clean;

	if (out->code < 0 || strstr(out->said, "(signal"))
		return "it ended by a signal";
	if (out->code == COMMAND_SANITIZER && !is_lost_by_openssl(job, out->said))
		return "the sanitizer found something";
	if (out->code == COMMAND_SANITIZER)
		return has_log(job, out) ? NULL : "the log is none";
	if (!is_documented(job, out))
		return "its exit code is another one";
	if (out->code != clean->code && !out->said[0] &&
	    job->way->kind != FAULT_MEMORY)
		return "it says nothing";
	if (!has_log(job, out))
		return "the log is none";
	if (!may_be_stored(job, out->events))
		return "there is a part of it";
	if (out->opens && clean->before > 0 && out->events == clean->before &&
	    strcmp(out->head, clean->head) != 0)
		return "the head is another one";
	if (out->broken[0])
		return "what it makes is there in part";
	if (out->code == clean->code && (out->events != clean->after ||
					 out->made != clean->made))
		return "what it did is not there";
	if (may_not_leave(job, out))
		return "it leaves something behind";
	if (out->events == clean->after && out->opens &&
	    out->content != clean->content)
		return "it holds other events";
	if (out->code == EXIT_SUCCESS && !same_output(job))
		return "its output is another one";
	if (out->events != clean->before && strstr(out->said, "nothing was") &&
	    !tells_where(out))
		return "it says that nothing was written";
	return NULL;
}

/* The hidden folder of a copy: the next copy takes it away. */
static bool is_copy(const char *left)
{
	return strstr(left, ".copy-") || strstr(left, ".compact-");
}

/* The same again leaves what it would have left at once. */
static void run_again(struct job *job, const struct outcome *first)
{
	const struct clean *clean = &job->clean;
	bool there = first->events == clean->after && first->opens;
	struct outcome out;

	job->total->again++;
	if (!runner_run(&job->runner, NULL, &out))
		return;
	if (out.events != clean->after || !has_log(job, &out) ||
	    out.broken[0] || is_copy(out.left))
		tell(job, &out, "run again, it leaves something else");
	else if (out.code != clean->code &&
		 !(there && out.code == clean->code_again))
		tell(job, &out, "run again, it ends otherwise");
}

/* False: that call or allocation is not made any more. */
static bool run_point(struct job *job)
{
	struct fault_plan plan = { .kind = job->way->kind,
				   .code = job->way->code,
				   .persistent = job->way->persistent,
				   .at = job->n };
	struct outcome out = { .code = 0 };
	const char *wrong;

	runner_reset(&job->runner);
	if (!runner_run(&job->runner, &plan, &out)) {
		tell(job, &out, "the program is gone");
		return false;
	}
	if (out.answer.hits == 0)
		return false;
	if (plan.kind == FAULT_MEMORY)
		job->total->allocations++;
	else
		job->total->calls++;
	job->total->doubts += strstr(out.said, "in doubt") != NULL;
	job->total->left += out.left[0] != '\0';
	wrong = what_is_wrong(job, &out);
	if (wrong)
		tell(job, &out, wrong);
	else if (out.code == COMMAND_SANITIZER)
		job->total->lost++;
	else if (out.code != job->clean.code)
		run_again(job, &out);
	return true;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void run_job(unsigned number, const char *dir, unsigned which)
{
	const struct command *command = &commands[which / WAYS];
	uint64_t all, step = 1;
	char name[256];
	struct job *job;

	if (!strstr(command_name(command, name), only_command) ||
	    !strstr(ways[which % WAYS].name, only_way))
		return;
	job = calloc(1, sizeof(*job));
	if (!job)
		exit(EXIT_FAILURE);
	job->way = &ways[which % WAYS];
	job->total = &totals[number];
	if (!runner_start(&job->runner, program, library, command, dir) ||
	    !count_before(job) || !run_clean(job)) {
		printf("  FAIL  %s does not start\n", program);
		job->total->failures++;
		free(job);
		return;
	}
	all = job->way->kind == FAULT_MEMORY ? job->clean.allocations :
					       job->clean.calls;
	if (points_max > 0 && all > points_max)
		step = (all + points_max - 1) / points_max;
	/* With steps, other points for each way. */
	for (job->n = 1 + which % step; run_point(job); job->n += step)
		;
	runner_stop(&job->runner);
	free(job);
}

static void work(unsigned number, const char *dir, void *arg)
{
	unsigned job;

	(void)arg;
	while ((job = __atomic_fetch_add(next_job, 1, __ATOMIC_RELAXED)) <
	       commands_count * WAYS)
		run_job(number, dir, job);
	totals[number].ended = true;
}

static bool has(const char *name)
{
	for (unsigned i = 0; i < commands_count; i++)
		if (strcmp(commands[i].words[0], name) == 0)
			return true;
	return false;
}

static bool all_are_there(void)
{
	char missing[KIT_WHY];

	if (kit_has_all(program, has, missing))
		return true;
	printf("  FAIL  not tested: %s\n", missing);
	return false;
}

static bool print(void)
{
	struct totals all = { .ended = true };

	for (unsigned i = 0; i < workers_count(); i++) {
		all.allocations += totals[i].allocations;
		all.calls += totals[i].calls;
		all.doubts += totals[i].doubts;
		all.again += totals[i].again;
		all.left += totals[i].left;
		all.lost += totals[i].lost;
		all.failures += totals[i].failures;
		all.ended &= totals[i].ended;
	}
	printf("commands: %u: %" PRIu64 " failed allocations, %" PRIu64
	       " failed system calls, %" PRIu64 " told as in doubt, %" PRIu64
	       " left a name behind, %" PRIu64 " run again, %" PRIu64
	       " failures\n",
	       commands_count, all.allocations, all.calls, all.doubts,
	       all.left, all.again, all.failures);
	if (all.lost > 0)
		printf("commands: %" PRIu64 " times OpenSSL lost memory of its "
		       "own\n", all.lost);
	return all.ended && all.failures == 0 &&
	       all.allocations + all.calls > 0;
}

int main(int argc, char **argv)
{
	bool good;

	if (argc < 3) {
		fprintf(stderr, "usage: test_commands PROGRAM LIBRARY [POINTS]\n");
		return 2;
	}
	program = realpath(argv[1], NULL);
	library = realpath(argv[2], NULL);
	points_max = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
	if (argc > 4)
		only_command = argv[4];
	if (argc > 5)
		only_way = argv[5];
	if (!program || !library) {
		perror(argv[1]);
		return EXIT_FAILURE;
	}
	totals = workers_share(WORKERS_MAX * sizeof(*totals));
	next_job = workers_share(sizeof(*next_job));
	setvbuf(stdout, NULL, _IOLBF, 0);
	workers_start();
	good = all_are_there() && commands_prepare(workers_folder) &&
	       workers_run(work, NULL);
	workers_end();
	return print() && good ? EXIT_SUCCESS : EXIT_FAILURE;
}
