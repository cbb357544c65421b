/*
 * weigh_nonsense.c - what cannot be: a withdrawal by a state that is no member, a
 * second freeze, a founding after a withdrawal.
 *
 * A date may leave several days open, and so may the log.  A rule is broken where
 * it is on each day that is looked at, whatever the log holds possible.
 */
#include <string.h>

#include "news/candidates/weigh.h"

typedef bool fits_fn(const char *status);

static bool is_current(const char *status)
{
	return strcmp(status, "member") == 0 || strcmp(status, "frozen") == 0 ||
	       strcmp(status, "suspended") == 0 || strcmp(status, "leaving") == 0;
}

static bool is_no_member(const char *status)
{
	return !is_current(status);
}

static bool is_not_frozen(const char *status)
{
	return is_current(status) && strcmp(status, "frozen") != 0;
}

static bool is_not_suspended(const char *status)
{
	return is_current(status) && strcmp(status, "suspended") != 0;
}

/* A notice of withdrawal may be taken back too. */
static bool is_halted(const char *status)
{
	return is_current(status) && strcmp(status, "member") != 0;
}

struct rule {
	fits_fn *fits;
	const char *otherwise; /* behind the actor's code */
};

static const struct rule no_member = { is_current, "is no member then" };
static const struct rule member_already = { is_no_member,
					    "is a member already" };
static const struct rule frozen_already = { is_not_frozen, "is frozen already" };
static const struct rule suspended_already = { is_not_suspended,
					       "is suspended already" };
static const struct rule not_halted = { is_halted, "is neither frozen nor "
						   "suspended then" };

static const struct rule *rule_of(enum event_type type)
{
	switch (type) {
	case TYPE_MEMBER_APPLIED:
	case TYPE_MEMBER_INVITED:
	case TYPE_MEMBER_JOINED:
		return &member_already;
	case TYPE_MEMBER_FROZEN:
		return &frozen_already;
	case TYPE_MEMBER_SUSPENDED:
		return &suspended_already;
	case TYPE_MEMBER_REACTIVATED:
		return &not_halted;
	case TYPE_MEMBER_ANNOUNCED_WITHDRAWAL:
	case TYPE_MEMBER_WITHDREW:
	case TYPE_MEMBER_NOT_RENEWED:
	case TYPE_MEMBER_EXPELLED:
	case TYPE_CHAIR_ASSUMED:
		return &no_member;
	default:
		return NULL;
	}
}

/* ---- members ----------------------------------------------------------- */

/* The status of the entry, or one of those that are possible too, fits. */
static bool entry_fits(const struct ent_value *entry, fits_fn *fits)
{
	const struct ent_value *possible = ent_value_get(entry, "possible");
	const char *status = ent_value_get_text(entry, "status");

	if (fits(status ? status : "none"))
		return true;
	for (size_t i = 0; possible && possible->kind == ENT_LIST &&
			   i < possible->len; i++)
		if (possible->as.items[i].kind == ENT_TEXT &&
		    fits(possible->as.items[i].as.text))
			return true;
	return false;
}

static bool fits_somewhen(const struct stands *stands, const char *actor,
			  fits_fn *fits)
{
	for (int i = STAND_BEFORE; i <= STAND_LAST; i++)
		if (stands->asked[i] &&
		    entry_fits(stand_member(stands->at[i], actor), fits))
			return true;
	return false;
}

/* It joined, whatever became of it, or came back from something. */
static bool has_joined(const struct ent_value *entry)
{
	const char *status = ent_value_get_text(entry, "status");

	return ent_value_get_text(entry, "joined") ||
	       (status && strcmp(status, "member") == 0);
}

/* A log that knows how some leave, and not how any came, cannot say of others that
 * they are no members. */
static bool knows_members(const struct stands *stands)
{
	static const char *const groups[] = { "members", "former" };
	int when = stands->asked[STAND_BEFORE] ? STAND_BEFORE : STAND_LAST;

	for (int i = 0; i < 2; i++) {
		const struct ent_value *entries =
			ent_value_get(stands->at[when], groups[i]);

		for (size_t at = 0; entries && at < entries->len; at++)
			if (has_joined(&entries->as.members[at].value))
				return true;
	}
	return false;
}

/* What was no member cannot freeze, and must not be told that it has. */
static const char *wrong_member(const struct ent_event *event,
				enum event_type type,
				const struct stands *stands)
{
	const struct rule *rule = rule_of(type);

	if (!rule || !event->actor ||
	    fits_somewhen(stands, event->actor, rule->fits))
		return NULL;
	if (rule != &member_already &&
	    !fits_somewhen(stands, event->actor, is_current))
		rule = &no_member;
	if (rule == &no_member && !knows_members(stands))
		return NULL;
	return rule->otherwise;
}

/* ---- the alliance ------------------------------------------------------ */

static bool has_status(const struct ent_value *alliance, const char *status)
{
	const char *is = ent_value_get_text(alliance, "status");

	return is && strcmp(is, status) == 0;
}

static bool has_entries(const struct ent_value *alliance, const char *group)
{
	const struct ent_value *entries = ent_value_get(alliance, group);

	return entries && entries->len > 0;
}

/* The log has a founding, and all days of the event lie before it. */
static bool before_founding(const struct ent_event *event,
			    const struct stands *stands)
{
	const char *text = ent_value_get_text(stands->at[STAND_END], "founded");
	int last = stands->asked[STAND_LAST] ? STAND_LAST : STAND_FIRST;
	struct ent_date founded;

	if (!text || event->when.hi == ENT_DAY_OPEN_END ||
	    has_status(stands->at[last], "active") ||
	    has_status(stands->at[last], "dissolved") ||
	    ent_date_parse(text, &founded, NULL) < 0)
		return false;
	return founded.lo != ENT_DAY_OPEN_START && founded.lo > event->when.hi;
}

static const char *wrong_founding(const struct stands *stands)
{
	const struct ent_value *before = stands->at[STAND_BEFORE];

	if (has_status(before, "active"))
		return "is there already";
	if (!has_status(before, "dissolved") &&
	    (has_entries(before, "members") || has_entries(before, "former")))
		return "has had members before";
	return NULL;
}

static const char *wrong_alliance(const struct ent_event *event,
				  enum event_type type,
				  const struct stands *stands)
{
	if (type == TYPE_ALLIANCE_FOUNDED)
		return wrong_founding(stands);
	if (has_status(stands->at[STAND_BEFORE], "dissolved"))
		return type == TYPE_ALLIANCE_DISSOLVED ? "is dissolved already" :
							 "is dissolved by then";
	return before_founding(event, stands) ? "is not founded by then" : NULL;
}

int weigh_nonsense(const struct ent_event *event, enum event_type type,
		   const struct stands *stands, struct buf *out,
		   struct ent_error *err)
{
	const char *whose = event->alliance;
	const char *what = wrong_alliance(event, type, stands);

	if (!what) {
		whose = event->actor;
		what = wrong_member(event, type, stands);
	}
	if (!what)
		return ENT_OK;
	buf_printf(out, "as the log has it, %s %s", whose, what);
	return buf_check(out, err);
}
