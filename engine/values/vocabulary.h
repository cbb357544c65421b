/*
 * vocabulary.h - the one table of event types: the numbers that are stored, what
 * each type needs, and which part of the state it works on.
 */
#ifndef ENGINE_VOCABULARY_H
#define ENGINE_VOCABULARY_H

#include "entente/vocabulary.h"

/* Stored in the log's indexes: append at the end, never renumber. */
enum event_type {
	TYPE_USER, /* x.* */
	TYPE_RETRACTED,
	TYPE_ALLIANCE_FOUNDED,
	TYPE_ALLIANCE_RENAMED,
	TYPE_ALLIANCE_LED,
	TYPE_ALLIANCE_DISSOLVED,
	TYPE_MEMBER_APPLIED,
	TYPE_MEMBER_INVITED,
	TYPE_MEMBER_JOINED,
	TYPE_MEMBER_SUSPENDED,
	TYPE_MEMBER_FROZEN,
	TYPE_MEMBER_REACTIVATED,
	TYPE_MEMBER_ANNOUNCED_WITHDRAWAL,
	TYPE_MEMBER_WITHDREW,
	TYPE_MEMBER_NOT_RENEWED,
	TYPE_MEMBER_EXPELLED,
	TYPE_CHAIR_ASSUMED,
	TYPE_EXERCISE_HELD,
	TYPE_EXERCISE_CANCELLED,
	TYPE_EXERCISE_DECLINED,
	TYPE_OBLIGATION_INVOKED,
	TYPE_OBLIGATION_MET,
	TYPE_OBLIGATION_REFUSED,
	TYPE_TROOPS_REFUSED,
	TYPE_AID_SENT,
	TYPE_MEETING_HELD,
	TYPE_MEETING_DECLINED,
	TYPE_STATEMENT_MADE,
	TYPE_ACCUSATION_MADE,
	TYPE_POSITION_SUPPORTED,
	TYPE_POSITION_REJECTED,
	TYPE_OPINION_REPORTED,
	TYPE_ADVISORY_ISSUED,
	TYPE_CONFLICT_ATTACKED,
	TYPE_TREATY_SIGNED,
	TYPE_TREATY_RATIFIED,
	TYPE_COUNT
};

enum { NEEDS_ALLIANCE = 1, NEEDS_ACTOR = 2, NEEDS_NAME = 4, NEEDS_RETRACTS = 8 };

/* Which reducer takes its facts. */
enum family {
	FAMILY_NONE,
	FAMILY_ALLIANCE,
	FAMILY_MEMBER,
	FAMILY_CHAIR,
	FAMILY_EXERCISE,
	FAMILY_COMMITMENT,
	FAMILY_SIGNAL
};

struct vocabulary_row {
	struct ent_type type;
	unsigned needs;
	enum family family;
};

/* The row of a stored number < TYPE_COUNT; TYPE_USER's name is "x.". */
const struct vocabulary_row *vocabulary_row(enum event_type type);

/*
 * The number of a type's name; `x.` names of the right form give TYPE_USER.
 *
 * ENT_EINPUT  no such type; the message proposes the nearest one
 */
int vocabulary_find(const char *name, enum event_type *out,
		    struct ent_error *err);

/* The status that a member.* type sets: "member", "frozen", ... */
const char *vocabulary_status(enum event_type type);

#endif
