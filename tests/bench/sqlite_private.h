/*
 * sqlite_private.h - between the store and the questions to it.
 */
#ifndef BENCH_SQLITE_PRIVATE_H
#define BENCH_SQLITE_PRIVATE_H

#include <sqlite3.h>

#include "peer.h"

enum { SQLITE_STATEMENTS = 4 };

struct sqlite {
	struct peer peer;
	sqlite3 *db;
	sqlite3_stmt *insert;
	sqlite3_stmt *statements[SQLITE_STATEMENTS]; /* prepared when first used */
	char *path;
};

static inline struct sqlite *sqlite_of(struct peer *peer)
{
	return (struct sqlite *)peer;
}

void sqlite_run(struct sqlite *sqlite, const char *sql);
sqlite3_stmt *sqlite_prepare(struct sqlite *sqlite, const char *sql);
void sqlite_close(struct peer *peer);

double sqlite_ask(struct peer *peer, const struct question *question,
		  struct answer *out);
double sqlite_compare(struct peer *peer, const struct question *from,
		      const struct question *to, struct answer *out);

#endif
