/*
 * sqlite.c - SQLite as a careful user would set it up: WAL, synchronous=FULL, one
 * transaction for each batch, prepared statements, integer columns beside the
 * body, and for each question the index that answers it by seeking.
 */
#include "sqlite_private.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"

static void open_file(struct sqlite *sqlite)
{
	if (sqlite3_open(sqlite->path, &sqlite->db) != SQLITE_OK)
		die("SQLite: open: %s", sqlite3_errmsg(sqlite->db));
	sqlite_run(sqlite, "PRAGMA journal_mode=WAL");
	sqlite_run(sqlite, "PRAGMA synchronous=FULL");
	sqlite_run(sqlite, "PRAGMA cache_size=-262144");
	sqlite_run(sqlite, "PRAGMA mmap_size=17179869184");
}

void sqlite_run(struct sqlite *sqlite, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(sqlite->db, sql, NULL, NULL, &why) != SQLITE_OK)
		die("SQLite: %s: %s", sql, why);
}

sqlite3_stmt *sqlite_prepare(struct sqlite *sqlite, const char *sql)
{
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(sqlite->db, sql, -1, &statement, NULL) !=
	    SQLITE_OK)
		die("SQLite: %s: %s", sql, sqlite3_errmsg(sqlite->db));
	return statement;
}

static void create(struct peer *peer)
{
	struct sqlite *sqlite = sqlite_of(peer);

	free(sqlite->path);
	sqlite->path = bench_path("sqlite");
	open_file(sqlite);
	sqlite_run(sqlite,
		   "CREATE TABLE ev(seq INTEGER PRIMARY KEY, alliance INT,"
		   " actor INT, day INT, phase INT, type INT, status INT,"
		   " until INT, fixes INT, body BLOB);"
		   "CREATE INDEX ev_day ON ev(alliance, day);"
		   "CREATE INDEX ev_fixes ON ev(fixes, seq) WHERE fixes > 0");
	sqlite->insert = sqlite_prepare(
		sqlite, "INSERT INTO ev VALUES(?,?,?,?,?,?,?,?,?,?)");
}

static void insert(struct sqlite *sqlite, const struct chunk *chunk,
		   const struct row *row)
{
	sqlite3_stmt *s = sqlite->insert;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)row->seq);
	sqlite3_bind_int(s, 2, row->alliance);
	sqlite3_bind_int(s, 3, row->actor);
	sqlite3_bind_int(s, 4, row->day);
	sqlite3_bind_int(s, 5, row->phase);
	sqlite3_bind_int(s, 6, row->type);
	sqlite3_bind_int(s, 7, row->status);
	sqlite3_bind_int(s, 8, row->until);
	sqlite3_bind_int64(s, 9, (sqlite3_int64)row->fixes);
	sqlite3_bind_blob(s, 10, row_body(chunk, row), (int)row->body_len,
			  SQLITE_STATIC);
	if (sqlite3_step(s) != SQLITE_DONE)
		die("SQLite: insert: %s", sqlite3_errmsg(sqlite->db));
	sqlite3_reset(s);
}

static double append(struct peer *peer, const struct chunk *chunk)
{
	struct sqlite *sqlite = sqlite_of(peer);
	double start = now();

	for (size_t i = 0; i < chunk->count;) {
		size_t end = batch_end(chunk, i);

		sqlite_run(sqlite, "BEGIN");
		for (; i < end; i++)
			insert(sqlite, chunk, &chunk->rows[i]);
		sqlite_run(sqlite, "COMMIT");
	}
	return now() - start;
}

/* Tables of what there is to ask for, and the index that is sought in. */
static double prepare(struct peer *peer)
{
	struct sqlite *sqlite = sqlite_of(peer);
	double start = now();

	sqlite_run(sqlite,
		   "CREATE INDEX ev_cell ON ev(alliance, actor, day, phase,"
		   " seq, until, status) WHERE status > 0;"
		   "CREATE TABLE alliance AS SELECT DISTINCT alliance id FROM ev;"
		   "CREATE TABLE actor AS SELECT DISTINCT actor id FROM ev;"
		   "ANALYZE");
	return now() - start;
}

static double reopen(struct peer *peer, const struct question *question,
		     struct answer *out)
{
	struct sqlite *sqlite = sqlite_of(peer);
	double start;

	sqlite_close(peer);
	start = now();
	open_file(sqlite);
	peer->ask(peer, question, out);
	start = now() - start;
	sqlite->insert = sqlite_prepare(
		sqlite, "INSERT INTO ev VALUES(?,?,?,?,?,?,?,?,?,?)");
	return start;
}

static uint64_t bytes(struct peer *peer)
{
	struct sqlite *sqlite = sqlite_of(peer);

	sqlite_run(sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
	return file_bytes(sqlite->path);
}

void sqlite_close(struct peer *peer)
{
	struct sqlite *sqlite = sqlite_of(peer);

	for (size_t i = 0; i < SQLITE_STATEMENTS; i++) {
		sqlite3_finalize(sqlite->statements[i]);
		sqlite->statements[i] = NULL;
	}
	sqlite3_finalize(sqlite->insert);
	sqlite->insert = NULL;
	if (sqlite3_close(sqlite->db) != SQLITE_OK)
		die("SQLite: close: %s", sqlite3_errmsg(sqlite->db));
}

const char *sqlite_version(void)
{
	return sqlite3_libversion();
}

struct peer *sqlite_peer(void)
{
	static struct sqlite sqlite = { .peer = {
		.name = "SQLite",
		.create = create,
		.append = append,
		.prepare = prepare,
		.ask = sqlite_ask,
		.compare = sqlite_compare,
		.reopen = reopen,
		.bytes = bytes,
		.close = sqlite_close,
	} };

	return &sqlite.peer;
}
