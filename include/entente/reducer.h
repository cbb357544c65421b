/*
 * reducer.h - the door for folds of your own.
 *
 * A reducer looks at one event and puts values into slots.  The engine does the
 * rest, for yours as for its own: order, late facts, corrections, `until`,
 * certainty.  A reducer must be a pure function of the event: no clock, no
 * locale, no state of its own.
 */
#ifndef ENTENTE_REDUCER_H
#define ENTENTE_REDUCER_H

#include "event.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_puts; /* where a reducer puts; lives for one call */

/*
 * Say that from this event on the slot at path has the value, until the next
 * event of the same slot or the event's own `until`.  path is a name of your
 * choice.  Both are copied.
 *
 * ENT_EINPUT  one of them is NULL, empty or not UTF-8
 */
ENT_API int ent_put(struct ent_puts *puts, const char *path, const char *value,
		    struct ent_error *err);

/*
 * Called for each alive event of the basis that counts or may count on the day,
 * also those whose modality is not "fact" and those of `x.` types.  event is
 * borrowed for the call.  Nothing may be appended to the log within it
 * (ENT_EUSAGE).  A negative return stops the replay with that code.
 */
typedef int ent_reduce_fn(const struct ent_event *event, struct ent_puts *puts,
			  void *arg, struct ent_error *err);

struct ent_reducer {
	const char *name; /* its key in ent_state_slots(); not NULL, UTF-8 */
	ent_reduce_fn *reduce;
	void *arg;
};

#ifdef __cplusplus
}
#endif

#endif
