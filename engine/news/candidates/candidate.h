/*
 * candidate.h - a candidate as it is being made.
 */
#ifndef NEWS_CANDIDATE_H
#define NEWS_CANDIDATE_H

#include "entente/news.h"
#include "ground/mem.h"

enum {
	CANDIDATE_SCORE_MAX = 1000,
	CANDIDATE_LINE_MAX = 1024, /* bytes of a title, publisher or author that
	                            * are kept, */
	CANDIDATE_URL_MAX = 4096,  /* of an address: a longer one is left out, */
	CANDIDATE_QUOTE_MAX = 8192 /* and of the quote in the event's source */
};

/* All texts of view, and the tree of view.event, live in arena. */
struct candidate {
	struct ent_candidate view; /* first: what callers see */
	struct ent_value event;    /* view.event points here */
	struct arena arena;
	bool weighed;              /* then view.score and note tell of a log, and */
	int own_score;             /* these are the coder's */
	const char *own_note;
};

/* An empty candidate whose event is an empty map; *out is owned:
 * ent_candidate_free(&(*out)->view). */
int candidate_new(struct candidate **out, struct ent_error *err);

/* Put key: text into the event; NULL text puts nothing.  key must outlive the
 * candidate. */
int candidate_put(struct candidate *candidate, const char *key, const char *text,
		  struct ent_error *err);

/* The same into the event's data, beside what is there. */
int candidate_put_data(struct candidate *candidate, const char *key,
		       const char *text, struct ent_error *err);

/* Put the article into the event: source {url, publisher, title, author,
 * published, quote} and data.article, its digest; and into view: file, article.
 * An article that has neither address, publisher nor title goes by its name. */
int candidate_source(struct candidate *candidate,
		     const struct ent_article *article, const char *quote,
		     struct ent_error *err);

/* Where it was read, and by which rule: as from has it. */
int candidate_copy_place(struct candidate *candidate,
			 const struct ent_candidate *from, struct ent_error *err);

/* A copy of text that lives as long as the candidate; NULL for NULL. */
int candidate_text(struct candidate *candidate, const char *text,
		   const char **out, struct ent_error *err);

/* What `coder` says of events that the rules proposed: "entente 0.1.0". */
const char *candidate_coder(void);

#endif
