/*
 * event_private.h - what the files that check an event share.
 */
#ifndef ENGINE_EVENT_PRIVATE_H
#define ENGINE_EVENT_PRIVATE_H

#include "values/event.h"

enum { QUOTED_MAX = 60 }; /* bytes of bad text in a message */

/* The members of an event, in the order of their names. */
enum event_field {
	FIELD_ACTOR,
	FIELD_ALLIANCE,
	FIELD_ATTRIBUTED_TO,
	FIELD_CODER,
	FIELD_CORRECTS,
	FIELD_DATA,
	FIELD_DATE,
	FIELD_HASH,
	FIELD_ID,
	FIELD_MODALITY,
	FIELD_OBJECT,
	FIELD_RECORDED,
	FIELD_RETRACTS,
	FIELD_SEQ,
	FIELD_SOURCE,
	FIELD_SUMMARY,
	FIELD_TARGET,
	FIELD_TYPE,
	FIELD_UNTIL,
	FIELD_COUNT
};

/* One check on its way. */
struct check {
	const struct ent_value *root;
	const struct ent_value *at[FIELD_COUNT]; /* NULL where not there */
	const struct vocabulary_row *row; /* set with the type's form */
	struct event_fault fault;
	struct ent_error *err;
};

/* NULL where it is not there.  field must be one of text. */
const char *check_field_text(const struct check *check, enum event_field field);
const char *check_field_name(enum event_field field);

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
