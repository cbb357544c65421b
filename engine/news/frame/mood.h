/*
 * mood.h - how firmly a sentence says that something happens: the ladder denied,
 * possible, planned, claimed, done.
 */
#ifndef NEWS_MOOD_H
#define NEWS_MOOD_H

#include "news/frame/frame.h"

struct mood {
	bool negative;
	bool possible;  /* would, could, if, hopes to, calls on X to */
	bool planned;   /* will, plans to, is set to */
	bool reported;  /* said by somebody who is no party */
	bool claimed;   /* by speaker, of somebody else */
	bool settled;   /* decides, votes, agrees to */
	bool announced; /* will, and the speaker says it of himself */
	bool progressive;   /* is leaving */
	bool reported_will; /* would, of what was said */
	bool hearsay;   /* according to somebody who is no party */
	bool history;   /* told of the past of the story: had, after, since */
	struct parties speaker;
};

/* The mood of the verb at node v, said of those parties. */
void mood_of_verb(const struct frame *frame, int v,
		  const struct parties *parties, struct mood *out);

/* Of what the group names: "its withdrawal from". */
void mood_of_noun(const struct frame *frame, int group,
		  const struct parties *parties, struct mood *out);

/* What is added by who says it, where node at is said of those parties.
 * (reported.c) */
void mood_reported(const struct frame *frame, int at,
		   const struct parties *parties, struct mood *out);

#endif
