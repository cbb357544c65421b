/*
 * bench.c - how fast it is: N events (200,000 unless N is set) from JSON Lines
 * into a log, a fold of all of them, and whole processes on a small log; beside
 * raw LMDB on the same bytes in the same run.  Figures are medians; on a shared
 * machine only the ratios mean something.
 *
 *     bench PROGRAM
 */
#include <entente/entente.h>

#include <fcntl.h>
#include <lmdb.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, PROCESS_ROUNDS = 21, SMALL = 40, LINE_BYTES = 640 };

static struct ent_error err;
static char folder[] = "/tmp/entente-bench.XXXXXX";

static void check(int rc, const char *what)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "bench: %s: %s\n", what, err.msg);
	exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- the same events every time --------------------------------------------- */

static uint64_t dice_state;

static uint64_t dice(uint64_t sides)
{
	uint64_t z = dice_state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

/* Alliance k of 50 is drawn about 1 / (k + 1) as often as the first. */
static unsigned draw_alliance(void)
{
	unsigned k;

	do
		k = (unsigned)dice(50);
	while (dice(k + 1) != 0);
	return k;
}

static void write_date(char out[16], uint64_t i, uint64_t count)
{
	int32_t first = ent_day(1949, 1, 1), days = ent_day(2026, 1, 1) - first;
	int32_t day = first + (int32_t)((uint64_t)days * i / count);

	if (dice(10) == 0) /* late news */
		day -= (int32_t)dice(1500);
	ent_day_text(day < first ? first : day, out);
	if (dice(20) == 0)
		out[7] = '\0'; /* only the month is known */
}

static int write_event(char *out, uint64_t i, uint64_t count)
{
	static const char *const types[] = {
		"member.joined",    "member.frozen",   "member.reactivated",
		"member.withdrew",  "chair.assumed",   "exercise.held",
		"troops.refused",   "aid.sent",	       "meeting.held",
		"meeting.declined", "accusation.made", "statement.made",
	};
	char date[16];
	unsigned actor = (unsigned)dice(195);

	write_date(date, i, count);
	return snprintf(out, LINE_BYTES,
			"{\"type\":\"%s\",\"alliance\":\"A%02u\",\"actor\":\"%c%cX\","
			"\"date\":\"%s\",\"summary\":\"Statement %llu of a generated history.\","
			"\"source\":{\"publisher\":\"Example\",\"url\":\"https://example.org/%llx\","
			"\"published\":\"2020-01-01\"}}",
			types[dice(sizeof(types) / sizeof(types[0]))],
			draw_alliance(), 'A' + actor / 26, 'A' + actor % 26,
			date, (unsigned long long)i,
			(unsigned long long)dice(UINT32_MAX));
}

static char **make_lines(uint64_t count)
{
	char **lines = calloc(count, sizeof(*lines));
	char line[LINE_BYTES];

	dice_state = 42;
	for (uint64_t i = 0; lines && i < count; i++) {
		write_event(line, i, count);
		lines[i] = strdup(line);
	}
	return lines;
}

/* ---- what is measured ----------------------------------------------------------- */

static char *path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void parse(struct ent_batch *batch, char **lines, uint64_t count)
{
	for (uint64_t i = 0; i < count; i++)
		check(ent_batch_add(batch, lines[i], strlen(lines[i]), NULL,
				    &err), "parse");
}

static struct ent_log *append(const char *name, struct ent_batch *batch)
{
	struct ent_log_options options = { .create = true };
	struct ent_append_options append_options = { .now_us = 1 };
	struct ent_appended done;
	struct ent_log *log = NULL;

	check(ent_log_open(path_of(name), &options, &log, &err), "open");
	check(ent_log_append(log, batch, &append_options, &done, &err),
	      "append");
	return log;
}

static double replay(struct ent_log *log, int32_t day)
{
	struct ent_basis basis = { .at = day, .known = ENT_KNOWN_ALL };
	struct ent_view view = { .last = ENT_VIEW_LAST };
	struct ent_state *state = NULL;
	double start = now();

	check(ent_replay(log, &basis, &view, &state, &err), "replay");
	start = now() - start;
	ent_state_free(state);
	return start;
}

/* The limit: the same bytes, one ordered table, one durable commit. */
static double raw_lmdb(char **lines, uint64_t count, double *out_scan)
{
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi table;
	MDB_cursor *cursor;
	MDB_val key, val;
	uint64_t sum = 0;
	double start, took;

	mkdir(path_of("raw"), 0700);
	mdb_env_create(&env);
	mdb_env_set_mapsize(env, (size_t)1 << 34);
	mdb_env_open(env, path_of("raw"), 0, 0600);
	start = now();
	mdb_txn_begin(env, NULL, 0, &txn);
	mdb_dbi_open(txn, NULL, MDB_INTEGERKEY, &table);
	for (uint64_t i = 0; i < count; i++) {
		key = (MDB_val){ sizeof(i), &i };
		val = (MDB_val){ strlen(lines[i]), lines[i] };
		mdb_put(txn, table, &key, &val, MDB_APPEND);
	}
	mdb_txn_commit(txn);
	took = now() - start;
	start = now();
	mdb_txn_begin(env, NULL, MDB_RDONLY, &txn);
	mdb_cursor_open(txn, table, &cursor);
	while (mdb_cursor_get(cursor, &key, &val, MDB_NEXT) == 0)
		sum += *(const unsigned char *)val.mv_data;
	mdb_cursor_close(cursor);
	mdb_txn_abort(txn);
	*out_scan = now() - start;
	mdb_env_close(env);
	return sum ? took : 0;
}

/* posix_spawn(): a fork() would copy the tables of our own memory. */
static double run(const char *const *argv)
{
	posix_spawn_file_actions_t actions;
	double start;
	int status = 0;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
					 O_WRONLY, 0);
	start = now();
	if (posix_spawnp(&child, argv[0], &actions, NULL,
			 (char *const *)(uintptr_t)argv, environ) != 0 ||
	    waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: %s failed\n", argv[0]);
		exit(1);
	}
	start = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	return start;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

static double median(double *times, size_t count)
{
	qsort(times, count, sizeof(*times), compare);
	return times[count / 2];
}

static double run_median(const char *const *argv)
{
	double times[PROCESS_ROUNDS];

	for (int i = 0; i < PROCESS_ROUNDS; i++)
		times[i] = run(argv);
	return median(times, PROCESS_ROUNDS);
}

static void remove_folder(void)
{
	const char *const argv[] = { "rm", "-rf", folder, NULL };

	run(argv);
}

/* ---- the table ---------------------------------------------------------------------- */

static void bench_large(char **lines, uint64_t count)
{
	double parses[ROUNDS], appends[ROUNDS], folds[ROUNDS], raws[ROUNDS],
		scans[ROUNDS], p, a, f, r, s;
	struct ent_batch *batch = NULL;

	check(ent_batch_new(&batch, &err), "batch");
	for (int i = 0; i < ROUNDS; i++) {
		struct ent_log *log;
		double start = now();

		ent_batch_clear(batch);
		parse(batch, lines, count);
		parses[i] = now() - start;
		start = now();
		log = append("log", batch);
		appends[i] = now() - start;
		folds[i] = replay(log, ent_day(2026, 1, 1));
		ent_log_close(log);
		raws[i] = raw_lmdb(lines, count, &scans[i]);
		remove_folder();
		mkdir(folder, 0700);
	}
	ent_batch_free(batch);
	p = median(parses, ROUNDS), a = median(appends, ROUNDS);
	f = median(folds, ROUNDS), r = median(raws, ROUNDS);
	s = median(scans, ROUNDS);
	printf("%llu events, medians of %d\n", (unsigned long long)count,
	       ROUNDS);
	printf("  JSON Lines to checked batch     %8.3f s  %9.0f /s\n", p,
	       (double)count / p);
	printf("  batch to disk, all indexes      %8.3f s  %9.0f /s  %.2f of raw LMDB\n",
	       a, (double)count / a, r / a);
	printf("  both                            %8.3f s  %9.0f /s\n", p + a,
	       (double)count / (p + a));
	printf("  raw LMDB, the same bytes        %8.3f s  %9.0f /s\n", r,
	       (double)count / r);
	printf("  replay of all, with its answer  %8.3f s  %9.0f /s  %.1f times a raw scan\n",
	       f, (double)count / f, f / s);
	printf("  raw LMDB, one scan              %8.3f s  %9.0f /s\n", s,
	       (double)count / s);
}

static void bench_small(const char *program, char **lines)
{
	char log_path[256];
	const char *const replay_argv[] = { program,  "--log",	    log_path,
					    "replay", "2020-01-01", NULL };
	const char *const true_argv[] = { "true", NULL };
	struct ent_batch *batch = NULL;
	double ours, nothing;

	check(ent_batch_new(&batch, &err), "batch");
	parse(batch, lines, SMALL);
	ent_log_close(append("small", batch));
	ent_batch_free(batch);
	snprintf(log_path, sizeof(log_path), "%s", path_of("small"));
	ours = run_median(replay_argv);
	nothing = run_median(true_argv);
	printf("%d events, whole process, medians of %d\n", SMALL,
	       PROCESS_ROUNDS);
	printf("  entente replay                  %8.2f ms  %.1f times true(1)\n",
	       ours * 1e3, ours / nothing);
}

int main(int argc, char **argv)
{
	const char *number = getenv("N");
	uint64_t count = number ? strtoull(number, NULL, 10) : 200000;
	char **lines = make_lines(count < SMALL ? SMALL : count);

	if (argc != 2 || !lines || !mkdtemp(folder)) {
		fprintf(stderr, "usage: bench PROGRAM\n");
		return 2;
	}
	bench_large(lines, count);
	bench_small(argv[1], lines);
	remove_folder();
	return 0;
}
