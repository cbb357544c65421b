/*
 * event.h - the rules of an event that need no log, and its view as a struct.
 */
#ifndef ENGINE_EVENT_H
#define ENGINE_EVENT_H

#include "entente/event.h"
#include "ground/mem.h"
#include "values/vocabulary.h"

enum modality {
	MODALITY_FACT,
	MODALITY_CLAIM,
	MODALITY_POSSIBLE,
	MODALITY_PLANNED,
	MODALITY_DENIED
};

/* Where in the event a rule is broken: top-level key, and member below it. */
struct event_fault {
	const char *key;    /* NULL: the event as a whole */
	const char *member; /* NULL: the value of key itself */
	bool name;          /* the name of the member, not its value */
};

/*
 * Check root, an event as read from JSON, by every rule of sections 2, 3 and 4,
 * and make its canonical body: without id, seq, recorded and hash, without
 * modality "fact", ids in lower case.  The view in *out borrows from arena; its
 * id is nil where the text has none.  Messages name the key and what is wrong.
 *
 * ENT_EINPUT  a rule is broken; *fault says where
 */
int event_check(const struct ent_value *root, struct arena *arena,
		struct ent_event *out, struct event_fault *fault,
		struct ent_error *err);

/* The view of a canonical body, which is not checked again. */
int event_view(const struct ent_value *body, struct arena *arena,
	       struct ent_event *out, struct ent_error *err);

enum modality event_modality(const struct ent_event *event);
int event_modality_find(const char *name); /* an enum modality, or -1 */

/* The last day on which it may have been published: ENT_DAY_OPEN_END where it is
 * not said or open. */
int32_t event_published_hi(const struct ent_event *event);

/* Text of data.KEY, or NULL. */
const char *event_data_text(const struct ent_event *event, const char *key);

/* [A-Z0-9][A-Z0-9-]{0,31} and [A-Z][A-Z0-9-]{1,31}. */
bool event_is_alliance_code(const char *text);
bool event_is_actor_code(const char *text);

#endif
