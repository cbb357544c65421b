/*
 * propose.h - what the files of `propose` share.
 */
#ifndef CLI_PROPOSE_H
#define CLI_PROPOSE_H

#include "ask.h"
#include "out.h"

struct propose {
	const struct cli *cli;
	const char *published; /* of articles that do not say; or NULL */
	const char *seen;      /* the file of what was read before, or NULL */
	bool all_types, explain;

	struct ent_log *log;   /* or NULL: candidates are not weighed */
	struct ent_coder *coder;
	struct ent_memory *memory;

	size_t articles, candidates;
	size_t copies, again;  /* of those articles */
	size_t skipped;        /* articles and files that could not be read */
	int worst;             /* the exit code that they make */
};

/* Count and remember what could not be read; the message has been printed. */
void propose_skip(struct propose *propose, int rc);

/*
 * propose_files.c: read what is named.  0, or the exit code of what stops the
 * whole; files and articles that cannot be read do not.
 */
int propose_input(struct propose *propose);
int propose_path(struct propose *propose, const char *path);

/* propose_article.c: print what an article gives; 0, or what stops the whole. */
int propose_article(struct propose *propose, const struct ent_article *article);

/* propose_seen.c: what was read before, from its file and back. */
int propose_load_seen(struct propose *propose);
int propose_save_seen(const struct propose *propose);

#endif
