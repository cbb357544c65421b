/*
 * weigh_effect.c - what a candidate would change on the day from which it counts.
 */
#include <string.h>

#include "news/candidates/weigh.h"

static const char arrow[] = " \xE2\x86\x92 ";
static const char unheard_of[] = "not in the log";

/* What the log does not know it cannot call none. */
static const char *or_nothing(const char *status, bool known)
{
	if (status)
		return status;
	return known ? "none" : unheard_of;
}

static void change(struct buf *out, const char *whose, const char *slot,
		   const char *from, const char *to)
{
	if (strcmp(from, to) == 0)
		buf_text(out, "no change");
	else
		buf_printf(out, "%s: %s%s%s%s", whose, slot, from, arrow, to);
}

static void member_effect(const struct ent_event *event, enum event_type type,
			  const struct stands *stands, struct buf *out)
{
	const struct ent_value *entry =
		stand_member(stand_effective(stands), event->actor);
	bool known = stands->at[STAND_END] && stands->knows_actor;

	change(out, event->actor, "",
	       or_nothing(ent_value_get_text(entry, "status"), known),
	       vocabulary_status(type));
}

static void chair_effect(const struct ent_event *event,
			 const struct stands *stands, struct buf *out)
{
	const struct ent_value *chairs =
		ent_value_get(stand_effective(stands), "chairs");
	const char *holder;
	const char *role = event_data_text(event, "name");
	struct buf slot = { 0 };

	role = role ? role : "chair";
	holder = ent_value_get_text(ent_value_get(chairs, role), "actor");
	buf_printf(&slot, "%s ", role);
	if (slot.failed)
		out->failed = true;
	else
		change(out, event->alliance, slot.data,
		       or_nothing(holder, stands->at[STAND_END] != NULL),
		       event->actor);
	buf_release(&slot);
}

static void alliance_effect(const struct ent_event *event, enum event_type type,
			    const struct stands *stands, struct buf *out)
{
	const struct ent_value *alliance = stand_effective(stands);
	bool known = stands->at[STAND_END] != NULL;

	switch (type) {
	case TYPE_ALLIANCE_RENAMED:
		change(out, event->alliance, "name ",
		       or_nothing(ent_value_get_text(alliance, "name"), known),
		       event_data_text(event, "name"));
		break;
	case TYPE_ALLIANCE_LED:
		change(out, event->alliance, "lead ",
		       or_nothing(ent_value_get_text(alliance, "lead"), known),
		       event->actor);
		break;
	default:
		change(out, event->alliance, "",
		       or_nothing(ent_value_get_text(alliance, "status"), known),
		       type == TYPE_ALLIANCE_FOUNDED ? "active" : "dissolved");
	}
}

int weigh_effect(const struct ent_event *event, enum event_type type,
		 const struct stands *stands, struct buf *out,
		 struct ent_error *err)
{
	if (event_modality(event) != MODALITY_FACT) {
		buf_printf(out, "shown as a signal: %s", event->modality);
		return buf_check(out, err);
	}
	switch (vocabulary_row(type)->family) {
	case FAMILY_MEMBER:
		member_effect(event, type, stands, out);
		break;
	case FAMILY_CHAIR:
		chair_effect(event, stands, out);
		break;
	case FAMILY_ALLIANCE:
		alliance_effect(event, type, stands, out);
		break;
	case FAMILY_EXERCISE:
		buf_text(out, "adds an exercise");
		break;
	case FAMILY_COMMITMENT:
		buf_text(out, "adds a commitment");
		break;
	default:
		buf_text(out, "adds a signal");
	}
	return buf_check(out, err);
}
