/*
 * weigh.h - a candidate against a log.
 *
 * What the log makes of a candidate lowers its score to a ceiling, whatever the
 * coder's score was, so that no rule is so good that it lifts nonsense:
 *
 *   200  it cannot be: a withdrawal by a state that is no member, ...
 *   400  it is possibly an event that the log has
 */
#ifndef NEWS_WEIGH_H
#define NEWS_WEIGH_H

#include "ground/buf.h"
#include "news/candidates/candidate.h"
#include "values/event.h"
#include "values/vocabulary.h"

enum { CEILING_NONSENSE = 200, CEILING_NEAR = 400, NEAR_DAYS = 60 };

/* How like one event is to another. */
enum likeness {
	LIKE_NOT,
	LIKE_AGAIN, /* the same kind of thing, on other days not far away */
	LIKE_NEAR,  /* possibly the same */
	LIKE_SAME
};

enum likeness weigh_like(const struct ent_event *a, const struct ent_event *b);

/* The event of the log, neither corrected nor retracted, that is most like event;
 * *out is owned (ent_event_free()), and NULL where *out_like is LIKE_NOT. */
int weigh_find(struct ent_log *log, const struct ent_event *event,
	       struct ent_event **out, enum likeness *out_like,
	       struct ent_error *err);

/* The states of one alliance around the days of an event. */
enum { STAND_BEFORE, STAND_FIRST, STAND_LAST, STAND_END, STANDS };

struct stands {
	struct ent_state *states[STANDS]; /* NULL where the day is open */
	const struct ent_value *at[STANDS]; /* of the alliance; NULL: unknown then */
	bool asked[STANDS];
	bool knows_actor; /* the log has the event's actor, be it elsewhere */
};

/* Before the first day that event may have happened on, at the end of that, at the
 * end of the last one, and at the end of time.  log may be NULL: one that has
 * nothing.  Give it to stands_release(). */
int stands_read(struct ent_log *log, const struct ent_event *event,
		struct stands *out, struct ent_error *err);
void stands_release(struct stands *stands);

/* The entry of an actor in the state of an alliance, or NULL. */
const struct ent_value *stand_member(const struct ent_value *alliance,
				     const char *actor);

/* The state on the event's effective day, or NULL. */
const struct ent_value *stand_effective(const struct stands *stands);

/* Why it cannot be, or NULL; out is where the text is put together. */
int weigh_nonsense(const struct ent_event *event, enum event_type type,
		   const struct stands *stands, struct buf *out,
		   struct ent_error *err);

/* What it would change, in words. */
int weigh_effect(const struct ent_event *event, enum event_type type,
		 const struct stands *stands, struct buf *out,
		 struct ent_error *err);

#endif
