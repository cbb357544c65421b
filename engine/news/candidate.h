/*
 * candidate.h - a candidate as it is being made.
 */
#ifndef NEWS_CANDIDATE_H
#define NEWS_CANDIDATE_H

#include "entente/news.h"
#include "ground/mem.h"

/* All texts of view, and the tree of view.event, live in arena. */
struct candidate {
	struct ent_candidate view; /* first: what callers see */
	struct ent_value event;    /* view.event points here */
	struct arena arena;
};

/* An empty candidate whose event is an empty map; *out is owned:
 * ent_candidate_free(&(*out)->view). */
int candidate_new(struct candidate **out, struct ent_error *err);

/* Put key: text into the event; NULL text puts nothing. */
int candidate_put(struct candidate *candidate, const char *key, const char *text,
		  struct ent_error *err);

/* Put the article into the event: source {url, publisher, title, author,
 * published, quote} and data.article, its digest; and into view: file, article. */
int candidate_source(struct candidate *candidate,
		     const struct ent_article *article, const char *quote,
		     struct ent_error *err);

/* What `coder` says of events that the rules proposed: "entente 0.1.0". */
const char *candidate_coder(void);

#endif
