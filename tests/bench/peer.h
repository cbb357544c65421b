/*
 * peer.h - who is measured, and what each is asked.
 *
 * All of them take the same events and answer one question: the status of each
 * state in each alliance on a day, as known at a number, by the rules of the
 * contract but for dissolution.  That is all that the peers answer, and a part of
 * what the engine answers.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include <stdbool.h>

#include "row.h"

enum { ALL_ALLIANCES = -1 };

struct question {
	int32_t at;
	uint64_t known;
	int alliance; /* or ALL_ALLIANCES */
};

/* Codes of statuses; of a comparison, 16 times the old one and the new one. */
struct answer {
	uint8_t cell[GENERATE_ALLIANCES][GENERATE_ACTORS];
};

/*
 * What a peer cannot do is NULL.  Times are seconds of the work alone: what the
 * bench itself does to the answer is left out.
 */
struct peer {
	const char *name;
	const char *skipped; /* the reason; NULL where it takes part */
	double limit_s;      /* no more appends after that; 0 = no limit */
	double parse_s;      /* of the last append: from text, on top of it */

	/* Begin with an empty store. */
	void (*create)(struct peer *peer);
	/* The whole chunk, each BATCH durably. */
	double (*append)(struct peer *peer, const struct chunk *chunk);
	/* Whatever makes questions fast and need not be there before. */
	double (*prepare)(struct peer *peer);
	double (*ask)(struct peer *peer, const struct question *question,
		      struct answer *out);
	double (*compare)(struct peer *peer, const struct question *from,
			  const struct question *to, struct answer *out);
	/* Close, open and ask. */
	double (*reopen)(struct peer *peer, const struct question *question,
			 struct answer *out);
	uint64_t (*bytes)(struct peer *peer); /* on disk */
	void (*close)(struct peer *peer);
};

struct peer *ours_peer(void);
struct peer *raw_peer(void);         /* LMDB: the log alone */
struct peer *raw_indexed_peer(void); /* and two indexes */
struct peer *sqlite_peer(void);
struct peer *duckdb_peer(const char *script, const char *package);

/* The short way to memberships, and the long way to all: without checkpoints. */
double ours_stand(struct peer *peer, const struct question *question,
		  struct answer *out);
double ours_fold(struct peer *peer, const struct question *question,
		 struct answer *out);

/* Other ways to fold all of it: seconds. */
double raw_scan(struct peer *peer, uint64_t *out_sum);
double sqlite_fold_columns(struct peer *peer, struct answer *out);
double sqlite_fold_window(struct peer *peer, struct answer *out);
double duckdb_fold_window(struct peer *peer, struct answer *out);

const char *raw_version(void);
const char *sqlite_version(void);

/* The bytes of all bodies, as the log counts them. */
uint64_t ours_body_bytes(struct peer *peer);
/* An equal day: how many changes the engine reports. */
size_t ours_changes(void);

/* ---- the plain reference ---------------------------------------------- */

void reference_begin(uint64_t count);
void reference_add(const struct chunk *chunk);
void reference_ask(const struct question *question, struct answer *out);
void reference_compare(const struct question *from, const struct question *to,
		       struct answer *out);
void reference_end(void);

/*
 * End the run where got is not what the reference says.  lasting: alliances that
 * may be dissolved are left out, which the peers know nothing of.
 */
void reference_check(const char *who, const struct answer *got,
		     const struct answer *expected, bool lasting);

#endif
