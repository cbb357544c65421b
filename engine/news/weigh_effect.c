/*
 * weigh_effect.c - what a candidate would change on the day from which it counts.
 */
#include <string.h>

#include "news/weigh.h"

static const char arrow[] = " \xE2\x86\x92 ";

static void change(struct buf *out, const char *whose, const char *slot,
		   const char *from, const char *to)
{
	from = from ? from : "none";
	if (strcmp(from, to) == 0)
		buf_text(out, "no change");
	else
		buf_printf(out, "%s: %s%s%s%s", whose, slot, from, arrow, to);
}

static void member_effect(const struct ent_event *event, enum event_type type,
			  const struct ent_value *alliance, struct buf *out)
{
	const struct ent_value *entry = stand_member(alliance, event->actor);

	change(out, event->actor, "", ent_value_get_text(entry, "status"),
	       vocabulary_status(type));
}

static void chair_effect(const struct ent_event *event,
			 const struct ent_value *alliance, struct buf *out)
{
	const struct ent_value *chairs = ent_value_get(alliance, "chairs");
	const char *role = event_data_text(event, "name");
	struct buf slot = { 0 };

	role = role ? role : "chair";
	buf_printf(&slot, "%s ", role);
	if (slot.failed)
		out->failed = true;
	else
		change(out, event->alliance, slot.data,
		       ent_value_get_text(ent_value_get(chairs, role), "actor"),
		       event->actor);
	buf_release(&slot);
}

static void alliance_effect(const struct ent_event *event, enum event_type type,
			    const struct ent_value *alliance, struct buf *out)
{
	switch (type) {
	case TYPE_ALLIANCE_RENAMED:
		change(out, event->alliance, "name ",
		       ent_value_get_text(alliance, "name"),
		       event_data_text(event, "name"));
		break;
	case TYPE_ALLIANCE_LED:
		change(out, event->alliance, "lead ",
		       ent_value_get_text(alliance, "lead"), event->actor);
		break;
	default:
		change(out, event->alliance, "",
		       ent_value_get_text(alliance, "status"),
		       type == TYPE_ALLIANCE_FOUNDED ? "active" : "dissolved");
	}
}

int weigh_effect(const struct ent_event *event, enum event_type type,
		 const struct stands *stands, struct buf *out,
		 struct ent_error *err)
{
	const struct ent_value *alliance = stand_effective(stands);

	if (event_modality(event) != MODALITY_FACT) {
		buf_printf(out, "shown as a signal: %s", event->modality);
		return buf_check(out, err);
	}
	switch (vocabulary_row(type)->family) {
	case FAMILY_MEMBER:
		member_effect(event, type, alliance, out);
		break;
	case FAMILY_CHAIR:
		chair_effect(event, alliance, out);
		break;
	case FAMILY_ALLIANCE:
		alliance_effect(event, type, alliance, out);
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
