/*
 * harness.h - a throw-away log for one history, through the public interface.
 */
#ifndef PROPERTY_HARNESS_H
#define PROPERTY_HARNESS_H

#include <jansson.h>

#include "entente/entente.h"
#include "reference.h"

struct harness {
	char dir[512];
	struct ent_log *log;
};

/* Make an empty log in a new directory below $TMPDIR.  Failures of the harness
 * itself end the program: no property can be told then. */
void harness_open(struct harness *harness);

/* Close the log and remove its directory. */
void harness_close(struct harness *harness);

/* Append a list of events in one batch; 0, or the error that is in err. */
int harness_append(struct harness *harness, const json_t *events,
		   struct ent_appended *out, struct ent_error *err);

/* The same, for lists that must be accepted: ends the program where not.  In several
 * batches, with checkpoints made, joined and dropped at random places. */
void harness_fill(struct harness *harness, const json_t *events);

struct ent_basis harness_basis(const struct reference_basis *basis);

/* Replay, with only one alliance where it is not NULL.  Ends the program where
 * the log cannot answer. */
struct ent_state *harness_replay(struct harness *harness,
				 const struct reference_basis *basis,
				 const char *alliance);

/* The canonical JSON of a value; ent_free(). */
char *harness_text(const struct ent_value *value);

/* The same of a tree of jansson's; free(). */
char *harness_dump(const json_t *json);

/* A value as jansson reads it.  New reference. */
json_t *harness_value(const struct ent_value *value);

/* One event a line, as a log takes it. */
void harness_print(const json_t *events);

void harness_print_basis(const struct reference_basis *basis);

/* Argument `at` of a program as a number; otherwise where it is not given. */
unsigned long harness_number(int argc, char **argv, int at,
			     unsigned long otherwise);

#endif
