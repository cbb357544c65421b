/*
 * review.h - one run of review: the candidates, what was decided about them, and
 * the log that takes what is accepted.
 */
#ifndef CLI_REVIEW_H
#define CLI_REVIEW_H

#include "cli.h"
#include "opt.h"
#include "review_decisions.h"
#include "text.h"

struct review_item {
	struct ent_candidate *candidate;
	struct ent_hash key; /* as it was read: editing changes no key */
	uint64_t line;
	bool edited;
};

enum { REVIEW_BAR = 500 }; /* --min-score where none is given */

struct review {
	struct cli *cli;
	const char *name; /* of the file: for messages */
	struct review_item *items;
	size_t count;
	size_t cap;
	uint64_t decided; /* candidates of the file that were decided before */
	struct decisions decisions;
	struct ent_log *log; /* NULL while there is none */
	const char *coder;   /* who accepts; NULL: leave it as it is */
	const char *decisions_name;
	const char *only;
	const char *order;
	struct opt_number min_score;
	bool accept_all, dry_run, json;
};

/* All functions return 0 or the exit code after a message, if nothing else is
 * said. */

/* review_load.c: read the candidates that are not decided yet.  Bad lines are
 * all reported. */
int review_load(struct review *review, const char *name);

/* In the order of the file, or of scores as the log would have them. */
int review_sort(struct review *review);
void review_release(struct review *review);

/* ---- review_event.c: events as text ------------------------------------ */

/* What is put into an event on its way into the log; NULL: left as it is. */
struct review_change {
	const char *coder;
	const char *modality;
	const char *attributed_to;
};

/* The candidate's event as JSON, changed. */
void review_event(struct text *text, const struct ent_candidate *candidate,
		  const struct review_change *change);

/* As it is, in lines, without id, for an editor. */
void review_pretty(struct text *text, const struct ent_candidate *candidate);

/* "member.frozen 2024-02 CSTO ARM Armenia"; not safe yet. */
void review_gist(struct text *text, const struct ent_candidate *candidate);

/* ---- review_append.c: the log ------------------------------------------ */

/* The log where there is one; with create it is made. */
int review_open(struct review *review, bool create);

/* Append one event durably; a library's code.  *out says whether it was new. */
int review_append(struct review *review, const struct text *event,
		  struct ent_appended *out, struct ent_error *err);

/* Behind the message that a decision could not be kept: what of it is in the log.
 * last is 0 for none, or first. */
void review_hint_in_log(uint64_t first, uint64_t last);

/* What took event seq out of the state: the number of the event, or 0. */
int review_undone_by(struct review *review, uint64_t seq, uint64_t *out);

/* Append an event that takes event seq back; a library's code. */
int review_retract(struct review *review, uint64_t seq, const char *reason,
		   struct ent_appended *out, struct ent_error *err);

/* ---- the two ways ------------------------------------------------------ */

/* review_bulk.c */
int review_bulk(struct review *review);

/* review_keys.c: data_is_stdin: the keys come from /dev/tty. */
int review_by_hand(struct review *review, bool data_is_stdin);

#endif
