/*
 * vocabulary.c - the table of event types.
 *
 * Weights are tenths of the scale for the nearest CAMEO action.  Sources: J. S.
 * Goldstein, "A Conflict-Cooperation Scale for WEIS Events Data", 1992; CAMEO
 * code book and its Goldstein table, Penn State Event Data Project.
 */
#include <assert.h>
#include <string.h>

#include "ground/near.h"
#include "ground/utf8.h"
#include "values/vocabulary.h"

enum { OWN_NAME_MAX = 128, STRAINED_MIN = -49, DISTANCING_MIN = -99 };

#define A NEEDS_ALLIANCE
#define X NEEDS_ACTOR
#define PLAIN(name, phase) { name, phase, false, 0, NULL }
#define WEIGHED(name, weight, cameo) { name, 1, true, weight, cameo }

static const struct vocabulary_row rows[] = {
	[TYPE_USER] = { PLAIN("x.", 1), 0, FAMILY_NONE },
	[TYPE_RETRACTED] = { PLAIN("event.retracted", 1), NEEDS_RETRACTS,
			     FAMILY_NONE },

	[TYPE_ALLIANCE_FOUNDED] = { PLAIN("alliance.founded", 0), A,
				    FAMILY_ALLIANCE },
	[TYPE_ALLIANCE_RENAMED] = { PLAIN("alliance.renamed", 1),
				    A | NEEDS_NAME, FAMILY_ALLIANCE },
	[TYPE_ALLIANCE_LED] = { PLAIN("alliance.led", 1), A | X,
				FAMILY_ALLIANCE },
	[TYPE_ALLIANCE_DISSOLVED] = { PLAIN("alliance.dissolved", 2), A,
				      FAMILY_ALLIANCE },

	[TYPE_MEMBER_APPLIED] = { PLAIN("member.applied", 1), A | X,
				  FAMILY_MEMBER },
	[TYPE_MEMBER_INVITED] = { PLAIN("member.invited", 1), A | X,
				  FAMILY_MEMBER },
	[TYPE_MEMBER_JOINED] = { PLAIN("member.joined", 0), A | X,
				 FAMILY_MEMBER },
	[TYPE_MEMBER_SUSPENDED] = { PLAIN("member.suspended", 1), A | X,
				    FAMILY_MEMBER },
	[TYPE_MEMBER_FROZEN] = { PLAIN("member.frozen", 1), A | X,
				 FAMILY_MEMBER },
	[TYPE_MEMBER_REACTIVATED] = { PLAIN("member.reactivated", 1), A | X,
				      FAMILY_MEMBER },
	[TYPE_MEMBER_ANNOUNCED_WITHDRAWAL] = {
		PLAIN("member.announced_withdrawal", 1), A | X, FAMILY_MEMBER },
	[TYPE_MEMBER_WITHDREW] = { PLAIN("member.withdrew", 2), A | X,
				   FAMILY_MEMBER },
	[TYPE_MEMBER_NOT_RENEWED] = { PLAIN("member.not_renewed", 2), A | X,
				      FAMILY_MEMBER },
	[TYPE_MEMBER_EXPELLED] = { PLAIN("member.expelled", 2), A | X,
				   FAMILY_MEMBER },

	[TYPE_CHAIR_ASSUMED] = { PLAIN("chair.assumed", 1), A | X,
				 FAMILY_CHAIR },
	[TYPE_EXERCISE_HELD] = { PLAIN("exercise.held", 1), A,
				 FAMILY_EXERCISE },
	[TYPE_EXERCISE_CANCELLED] = { PLAIN("exercise.cancelled", 1), A,
				      FAMILY_EXERCISE },
	[TYPE_EXERCISE_DECLINED] = { PLAIN("exercise.declined", 1), A | X,
				     FAMILY_EXERCISE },

	[TYPE_OBLIGATION_INVOKED] = { WEIGHED("obligation.invoked", 34, "0233"),
				      X, FAMILY_COMMITMENT },
	[TYPE_OBLIGATION_MET] = { WEIGHED("obligation.met", 83, "072"), X,
				  FAMILY_COMMITMENT },
	[TYPE_OBLIGATION_REFUSED] = { WEIGHED("obligation.refused", -40, "1224"),
				      X, FAMILY_COMMITMENT },
	[TYPE_TROOPS_REFUSED] = { WEIGHED("troops.refused", -40, "1222"), X,
				  FAMILY_COMMITMENT },
	[TYPE_AID_SENT] = { WEIGHED("aid.sent", 70, "070"), X,
			    FAMILY_COMMITMENT },

	[TYPE_MEETING_HELD] = { WEIGHED("meeting.held", 10, "040"), X,
				FAMILY_SIGNAL },
	[TYPE_MEETING_DECLINED] = { WEIGHED("meeting.declined", -50, "125"), X,
				    FAMILY_SIGNAL },
	[TYPE_STATEMENT_MADE] = { WEIGHED("statement.made", 0, "010"), X,
				  FAMILY_SIGNAL },
	[TYPE_ACCUSATION_MADE] = { WEIGHED("accusation.made", -20, "112"), X,
				   FAMILY_SIGNAL },
	[TYPE_POSITION_SUPPORTED] = { WEIGHED("position.supported", 34, "051"),
				      X, FAMILY_SIGNAL },
	[TYPE_POSITION_REJECTED] = { WEIGHED("position.rejected", -40, "120"),
				     X, FAMILY_SIGNAL },
	[TYPE_OPINION_REPORTED] = { WEIGHED("opinion.reported", 0, "010"), X,
				    FAMILY_SIGNAL },
	[TYPE_ADVISORY_ISSUED] = { WEIGHED("advisory.issued", -4, "012"), X,
				   FAMILY_SIGNAL },
	[TYPE_CONFLICT_ATTACKED] = { WEIGHED("conflict.attacked", -100, "190"),
				     X, FAMILY_SIGNAL },
	[TYPE_TREATY_SIGNED] = { WEIGHED("treaty.signed", 80, "057"), X,
				 FAMILY_SIGNAL },
	[TYPE_TREATY_RATIFIED] = { WEIGHED("treaty.ratified", 80, "057"), X,
				   FAMILY_SIGNAL },
};

static_assert(sizeof(rows) / sizeof(rows[0]) == TYPE_COUNT,
	      "every type has a row");

const struct vocabulary_row *vocabulary_row(enum event_type type)
{
	assert((unsigned)type < TYPE_COUNT);
	return &rows[type];
}

/* Below `x.`: words of letters, digits, _ and -, with dots between. */
static bool is_own_name(const char *name)
{
	const char *at = name + 1;

	if (strlen(name) > OWN_NAME_MAX)
		return false;
	while (*at == '.') {
		size_t len = strspn(++at, "abcdefghijklmnopqrstuvwxyz"
					  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					  "0123456789_-");

		if (len == 0)
			return false;
		at += len;
	}
	return *at == '\0';
}

static int unknown_type(const char *name, struct ent_error *err)
{
	struct near near = near_start(name);

	for (int i = TYPE_RETRACTED; i < TYPE_COUNT; i++)
		near_offer(&near, rows[i].type.name);
	if (near.best)
		return ent_error_set(err, ENT_EINPUT,
				     "there is no type \"%.*s\"; did you mean "
				     "\"%s\"?", (int)utf8_cut(name, 60), name,
				     near.best);
	return ent_error_set(err, ENT_EINPUT,
			     "there is no type \"%.*s\"; a type of your own "
			     "starts with \"x.\"", (int)utf8_cut(name, 60), name);
}

int vocabulary_find(const char *name, enum event_type *out,
		    struct ent_error *err)
{
	if (strncmp(name, "x.", 2) == 0) {
		if (!is_own_name(name))
			return ent_error_set(err, ENT_EINPUT,
					     "type \"%.*s\": behind \"x.\" come "
					     "words of letters, digits, _ and -, "
					     "with dots between, %d bytes at most",
					     (int)utf8_cut(name, 60), name,
					     OWN_NAME_MAX);
		*out = TYPE_USER;
		return ENT_OK;
	}
	for (int i = TYPE_RETRACTED; i < TYPE_COUNT; i++) {
		if (rows[i].type.name[0] == name[0] &&
		    strcmp(rows[i].type.name, name) == 0) {
			*out = (enum event_type)i;
			return ENT_OK;
		}
	}
	return unknown_type(name, err);
}

const char *vocabulary_status(enum event_type type)
{
	switch (type) {
	case TYPE_MEMBER_APPLIED:
		return "applicant";
	case TYPE_MEMBER_INVITED:
		return "invited";
	case TYPE_MEMBER_JOINED:
	case TYPE_MEMBER_REACTIVATED:
		return "member";
	case TYPE_MEMBER_SUSPENDED:
		return "suspended";
	case TYPE_MEMBER_FROZEN:
		return "frozen";
	case TYPE_MEMBER_ANNOUNCED_WITHDRAWAL:
		return "leaving";
	case TYPE_MEMBER_WITHDREW:
		return "withdrawn";
	case TYPE_MEMBER_NOT_RENEWED:
		return "lapsed";
	case TYPE_MEMBER_EXPELLED:
		return "expelled";
	default:
		return NULL;
	}
}

/* The contract lists event.retracted last; its number is the first but one. */
const struct ent_type *ent_type_at(size_t i)
{
	const size_t last = TYPE_COUNT - TYPE_ALLIANCE_FOUNDED;

	if (i > last)
		return NULL;
	return i == last ? &rows[TYPE_RETRACTED].type
			 : &rows[i + TYPE_ALLIANCE_FOUNDED].type;
}

const struct ent_type *ent_type_find(const char *name)
{
	enum event_type type;

	if (vocabulary_find(name, &type, NULL) < 0 || type == TYPE_USER)
		return NULL;
	return &rows[type].type;
}

const char *ent_stance_class(int64_t score)
{
	if (score >= 0)
		return "aligned";
	if (score >= STRAINED_MIN)
		return "strained";
	return score >= DISTANCING_MIN ? "distancing" : "defiant";
}
