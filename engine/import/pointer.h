/*
 * pointer.h - a machine's record of an article, as a candidate: somebody's claim,
 * and a pointer to the page that a person should read.
 */
#ifndef IMPORT_POINTER_H
#define IMPORT_POINTER_H

#include "doors/csv.h"
#include "entente/import.h"
#include "ground/buf.h"
#include "ground/map.h"
#include "ground/mem.h"
#include "news/lexicon/lexicon.h"

/* One party to an event: a state, or an alliance. */
struct party_code {
	const char *code; /* NULL: neither */
	bool alliance;
};

/* What a record says.  Texts that it does not have are NULL. */
struct pointer {
	uint64_t line;
	const char *type;
	struct party_code actor, target;
	const char *date;
	const char *url;
	const char *publisher; /* where NULL: the host of url */
	const char *title;
	const char *published;
	const char *quote;
	const char *coder;
	const char *record; /* its id there */
	const char *code;   /* the code there, for data */
	const char *rule;
	const char *note;
	int score;
};

/* An import of candidates on its way. */
struct pointers {
	const char *name; /* of the file, for labels */
	const struct ent_import *to;
	struct lexicon *lexicon;
	struct ent_imported done;
	bool stopped;         /* take did not return 0 */
	struct arena scratch; /* of the record */
	struct map seen;      /* what each candidate given says, hashed */
};

int pointers_open(struct pointers *pointers, const char *name,
		  const struct ent_import *to, struct ent_error *err);
void pointers_close(struct pointers *pointers);

/* Called for each row of the file; another return than ENT_OK ends the reading. */
typedef int pointers_row_fn(const struct row_fields *row, void *arg,
			    struct ent_error *err);

/* Read fd to its end, row by row; a row that is none is a bad one.  Returns ENT_END,
 * or what take or the file failed with. */
int pointers_read(struct pointers *pointers, int fd, char delimiter,
		  pointers_row_fn *take, void *arg, struct ent_error *err);

/* Both are there and are not the same, and one is a state: else the record is
 * none of ours. */
bool pointer_is_ours(const struct pointer *pointer);

/*
 * Give the candidate to take, once for each page, type and pair of parties.  A
 * record that breaks a rule of events is a bad row.
 */
int pointers_give(struct pointers *pointers, const struct pointer *pointer,
		  struct ent_error *err);

/* Tell of a row that cannot be used; returns ENT_OK, but for another rc than
 * ENT_EINPUT. */
int pointers_bad(struct pointers *pointers, uint64_t line, unsigned column,
		 int rc, const struct ent_error *err);

/* The row has been read, with that outcome: as pointers_bad(), and what it needed is
 * gone. */
int pointers_end_row(struct pointers *pointers, uint64_t line, unsigned column,
		     int rc, const struct ent_error *why,
		     struct ent_error *err);

/* A copy in the record's memory, without what an event may not have: white space
 * is folded, and control characters with it.  NULL where there is no memory. */
char *pointers_text(struct pointers *pointers, const char *text, size_t max);

#endif
