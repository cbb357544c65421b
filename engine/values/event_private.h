/*
 * event_private.h - what the files that check an event share.
 */
#ifndef ENGINE_EVENT_PRIVATE_H
#define ENGINE_EVENT_PRIVATE_H

#include "values/event.h"

enum { QUOTED_MAX = 60 }; /* bytes of bad text in a message */

/* One check on its way. */
struct check {
	const struct ent_value *root;
	const struct vocabulary_row *row; /* set with the type's form */
	struct event_fault fault;
	struct ent_error *err;
};

/* Note where the rule is broken that *err tells of; returns ENT_EINPUT. */
int check_at(struct check *check, const char *key, const char *member);

/* The same, of the name of the member rather than its value. */
int check_name_at(struct check *check, const char *key, const char *member);

const char *kind_name(enum ent_kind kind); /* "a number", ... */

/* The value of key, or of key.member, must be of that kind. */
int check_kind(struct check *check, const char *key, const char *member,
	       const struct ent_value *value, enum ent_kind kind);

/* Control characters in text are refused; but tab and newline where loose. */
int check_text(struct check *check, const char *key, const char *member,
	       const struct ent_value *text, bool loose);

/* Forms that need only the member itself.  Fine where it is not there. */
int check_source(struct check *check);
int check_data(struct check *check);

/* Rules between members: what the type needs, modality, dates, retractions. */
int check_rules(struct check *check);

#endif
