/*
 * redacted.h - what is left of an event whose content was taken away: its number,
 * its time, its id, and the SHA-256 of its body, so that the tree and every proof
 * stay as they were.
 *
 *     {"data":{"body":"<64 digits of hex>"},"id":"...","type":"event.redacted"}
 *
 * That is no type that anybody codes.  An export has such lines, and an append takes
 * them, so that a log with redactions can be told whole.
 */
#ifndef ENGINE_REDACTED_H
#define ENGINE_REDACTED_H

#include "entente/event.h"
#include "ground/mem.h"

/* Is the text of an event one of these? */
bool redacted_is(const struct ent_value *root);

/*
 * Check it; *out_body is the hash.  seq, recorded and hash are allowed.
 *
 * ENT_EINPUT  a member is missing, or of another form, or does not belong there
 */
int redacted_read(const struct ent_value *root, struct arena *arena,
		  struct ent_event *out, struct ent_hash *out_body,
		  struct ent_error *err);

/* The event that is shown in its place; borrows from arena. */
int redacted_view(const struct ent_hash *body, struct arena *arena,
		  struct ent_event *out, struct ent_error *err);

/* Does a retraction say that what it retracts is redacted: data.redacted true? */
bool redacted_says(const struct ent_event *event);

#endif
