/*
 * duckdb.c - DuckDB through its package for node, a process of its own that is
 * spoken to by duckdb.cjs.  Its times are taken there, without the pipes.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "peer.h"

enum { SQL_MAX = 4096, WHY_MAX = 256 };

/* As duckdb.cjs reads it; the body comes behind it. */
struct head {
	int64_t seq, fixes;
	int32_t alliance, actor, day, phase, type, status;
	uint32_t body_len;
	int32_t until;
};

_Static_assert(sizeof(struct head) == 48, "duckdb.cjs counts on 48 bytes");

struct duckdb {
	struct peer peer;
	const char *script, *package;
	char *path;
	pid_t child;
	FILE *to, *from;
	struct pool frame;
	char why[WHY_MAX];
};

static struct duckdb *duckdb_of(struct peer *peer)
{
	return (struct duckdb *)peer;
}

/* ---- the process ------------------------------------------------------ */

/* Whoever is started later must not hold its ends open. */
static void make_pipe(int ends[2])
{
	if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(ends[1], F_SETFD, FD_CLOEXEC) < 0)
		die("no pipe for node");
}

static bool spawn(struct duckdb *duckdb)
{
	const char *const argv[] = { "node", duckdb->script,
				     duckdb->package, duckdb->path, NULL };
	posix_spawn_file_actions_t actions;
	int in[2], out[2], rc;

	make_pipe(in);
	make_pipe(out);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
	rc = posix_spawnp(&duckdb->child, argv[0], &actions, NULL,
			  (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[1]);
	if (rc != 0)
		duckdb->child = 0;
	duckdb->to = fdopen(in[1], "w");
	duckdb->from = fdopen(out[0], "r");
	return rc == 0;
}

static void stop(struct peer *peer)
{
	struct duckdb *duckdb = duckdb_of(peer);
	int status;

	fclose(duckdb->to);
	fclose(duckdb->from);
	if (duckdb->child > 0)
		waitpid(duckdb->child, &status, 0);
	duckdb->child = 0;
}

/* What it says where it cannot go on, or NULL when it is ready. */
static const char *greeting(struct duckdb *duckdb)
{
	char word[16] = "";

	if (fscanf(duckdb->from, "%15s", word) != 1)
		return "node said nothing";
	if (strcmp(word, "ready") == 0)
		return NULL;
	if (!fgets(duckdb->why, sizeof(duckdb->why), duckdb->from))
		return "node failed";
	duckdb->why[strcspn(duckdb->why, "\n")] = '\0';
	return duckdb->why + strspn(duckdb->why, " ");
}

static void create(struct peer *peer)
{
	struct duckdb *duckdb = duckdb_of(peer);

	free(duckdb->path);
	duckdb->path = bench_path("duckdb");
	if (!spawn(duckdb))
		peer->skipped = "there is no node";
	else
		peer->skipped = greeting(duckdb);
	if (peer->skipped)
		stop(peer);
}

/* ---- frames ----------------------------------------------------------- */

static void send_frame(struct duckdb *duckdb, char kind, const void *data,
		       size_t len)
{
	uint32_t head[2] = { (uint32_t)kind, (uint32_t)len };

	if (fwrite(head, sizeof(head), 1, duckdb->to) != 1 ||
	    (len && fwrite(data, len, 1, duckdb->to) != 1) ||
	    fflush(duckdb->to) != 0)
		die("DuckDB: the pipe to node broke");
}

/* Seconds; the numbers behind them are read by next_number(). */
static double reply(struct duckdb *duckdb, size_t *out_count)
{
	double took;

	if (fscanf(duckdb->from, "%lf %zu", &took, out_count) == 2)
		return took;
	if (!fgets(duckdb->why, sizeof(duckdb->why), duckdb->from))
		strcpy(duckdb->why, "node ended");
	die("DuckDB: %s", duckdb->why);
}

static unsigned next_number(struct duckdb *duckdb)
{
	long long number;

	if (fscanf(duckdb->from, "%lld", &number) != 1 || number < 0 ||
	    number > UINT8_MAX)
		die("DuckDB: an answer that is none");
	return (unsigned)number;
}

static double append(struct peer *peer, const struct chunk *chunk)
{
	struct duckdb *duckdb = duckdb_of(peer);
	size_t count;

	duckdb->frame.len = 0;
	for (size_t i = 0; i < chunk->count; i++) {
		const struct row *row = &chunk->rows[i];
		struct head head = {
			.seq = (int64_t)row->seq,
			.fixes = (int64_t)row->fixes,
			.alliance = row->alliance,
			.actor = row->actor,
			.day = row->day,
			.phase = row->phase,
			.type = row->type,
			.status = row->status,
			.body_len = (uint32_t)row->body_len,
			.until = row->until,
		};

		pool_add(&duckdb->frame, &head, sizeof(head));
		pool_add(&duckdb->frame, row_body(chunk, row), row->body_len);
	}
	send_frame(duckdb, 'A', duckdb->frame.data, duckdb->frame.len);
	return reply(duckdb, &count);
}

/* ---- questions -------------------------------------------------------- */

static uint8_t *next_cell(struct duckdb *duckdb, struct answer *out)
{
	unsigned alliance = next_number(duckdb), actor = next_number(duckdb);

	if (alliance >= GENERATE_ALLIANCES || actor >= GENERATE_ACTORS)
		die("DuckDB: a cell that does not exist");
	return &out->cell[alliance][actor];
}

__attribute__((format(printf, 3, 4))) static double
query(struct duckdb *duckdb, struct answer *out, const char *format, ...)
{
	char sql[SQL_MAX];
	va_list args;
	size_t count;
	double took;
	int len;

	va_start(args, format);
	len = vsnprintf(sql, sizeof(sql), format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof(sql))
		die("DuckDB: a statement of %d bytes", len);
	send_frame(duckdb, 'Q', sql, (size_t)len);
	took = reply(duckdb, &count);
	memset(out, 0, sizeof(*out));
	for (; count >= 3; count -= 3) {
		uint8_t *cell = next_cell(duckdb, out);

		*cell = (uint8_t)next_number(duckdb);
	}
	if (count)
		die("DuckDB: an answer that is not of three columns");
	return took;
}

/* The facts that count, as a WHERE clause. */
static const char *where(const struct question *question, char out[SQL_MAX / 4])
{
	long long known = question->known > INT64_MAX
				  ? INT64_MAX
				  : (long long)question->known;
	int n = snprintf(out, SQL_MAX / 4,
			 "status > 0 AND day <= %d AND until >= %d"
			 " AND seq <= %lld AND seq NOT IN (SELECT fixes FROM ev"
			 " WHERE fixes > 0 AND seq <= %lld)",
			 question->at, question->at, known, known);

	if (question->alliance != ALL_ALLIANCES)
		snprintf(out + n, (size_t)(SQL_MAX / 4 - n),
			 " AND alliance = %d", question->alliance);
	return out;
}

#define LAST_WRITERS                                                        \
	"SELECT alliance, actor, arg_max(status, (day * 4::BIGINT + phase)" \
	" * 17179869184 + seq) s FROM ev WHERE %s GROUP BY alliance, actor"

static double ask(struct peer *peer, const struct question *question,
		  struct answer *out)
{
	char facts[SQL_MAX / 4];

	return query(duckdb_of(peer), out, LAST_WRITERS,
		     where(question, facts));
}

static double compare(struct peer *peer, const struct question *from,
		      const struct question *to, struct answer *out)
{
	char before[SQL_MAX / 4], after[SQL_MAX / 4];

	return query(duckdb_of(peer), out,
		     "SELECT alliance, actor, coalesce(a.s, 0) * 16 +"
		     " coalesce(b.s, 0) FROM (" LAST_WRITERS ") a FULL JOIN"
		     " (" LAST_WRITERS ") b USING (alliance, actor)"
		     " WHERE a.s IS DISTINCT FROM b.s",
		     where(from, before), where(to, after));
}

double duckdb_fold_window(struct peer *peer, struct answer *out)
{
	struct question all = { generate_last_day(), UINT64_MAX,
				ALL_ALLIANCES };
	char facts[SQL_MAX / 4];

	return query(duckdb_of(peer), out,
		     "SELECT alliance, actor, status FROM ev WHERE %s"
		     " QUALIFY row_number() OVER (PARTITION BY alliance, actor"
		     " ORDER BY day DESC, phase DESC, seq DESC) = 1",
		     where(&all, facts));
}

static uint64_t bytes(struct peer *peer)
{
	struct answer nothing;

	query(duckdb_of(peer), &nothing, "CHECKPOINT");
	return file_bytes(duckdb_of(peer)->path);
}

struct peer *duckdb_peer(const char *script, const char *package)
{
	static struct duckdb duckdb = { .peer = {
		.name = "DuckDB",
		.create = create,
		.append = append,
		.ask = ask,
		.compare = compare,
		.bytes = bytes,
		.close = stop,
	} };

	duckdb.script = script;
	duckdb.package = package;
	return &duckdb.peer;
}
