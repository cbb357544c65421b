/*
 * slots.c - who stands where a rule looks: subject, object, behind a preposition,
 * owner.
 */
#include "news/coder/match.h"

#include <string.h>

enum { CONTEXT_SENTENCES_MAX = 6 }; /* how long "the bloc" is remembered */

static const struct node *node_at(const struct place *place, int at)
{
	return at >= 0 ? &place->frame->nodes[at] : NULL;
}

int slots_subject(const struct place *place)
{
	if (place->rule->noun) {
		int v = clause_verb_of(place->frame, place->trigger);

		return v >= 0 ? clause_subject(place->frame, v) : NONE;
	}
	return place->passive ?
		clause_prep(place->frame, place->trigger, "by") :
		clause_subject(place->frame, place->trigger);
}

int slots_object(const struct place *place)
{
	if (place->rule->noun)
		return place->trigger;
	return place->passive ? clause_subject(place->frame, place->trigger) :
				clause_object(place->frame, place->trigger);
}

static void add_kind(struct parties *out, const struct parties *from,
		     enum slot_kind kind, bool capitals)
{
	for (int i = 0; i < from->count; i++) {
		const struct party *party = &from->items[i];

		if (kind == SLOT_STATE && party->alliance)
			continue;
		if (kind == SLOT_ALLIANCE && !party->alliance)
			continue;
		if (party->capital && !capitals)
			continue;
		parties_add(out, *party);
	}
}

/* "the NATO alliance", "the EU bloc": its name stands beside the main word. */
static bool is_its_bloc(const struct place *place, const struct node *node)
{
	const struct sets *sets = place->frame->sets;

	return token_has(frame_token(place->frame, node->head),
			 sets->bloc | sets->members) && node->owner.count == 0;
}

static bool is_hook(const struct place *place, const struct node *node)
{
	const struct sets *sets = place->frame->sets;

	return node_has(place->frame, node, sets->decision | sets->refusal |
			sets->prospect);
}

/* "from a NATO exercise", where the rule is about exercises. */
static bool is_what_rule_is_about(const struct place *place,
				  const struct node *node)
{
	return node_on(place->frame, node, &place->rule->with);
}

/* "it" is one of those that it may mean: as a subject the subject, behind the verb
 * the alliance. */
static void keep_one(const struct place *place, const struct node *node,
		     struct parties *out)
{
	if (node != node_at(place, slots_subject(place)))
		out->items[0] = out->items[out->count - 1];
	out->count = 1;
}

static void fill_from(const struct place *place, const struct node *node,
		      enum slot_kind kind, bool capitals, struct parties *out)
{
	if (!node)
		return;
	add_kind(out, &node->who, kind, capitals);
	if (kind == SLOT_ANY && out->count > 1 &&
	    frame_word_is(place->frame, node, "it"))
		keep_one(place, node, out);
	if (out->count > 0)
		return;
	if (kind == SLOT_ALLIANCE &&
		 (is_its_bloc(place, node) || is_what_rule_is_about(place, node)))
		add_kind(out, &node->about, kind, false);
	else if (is_hook(place, node)) /* "Palau's decision to leave" */
		add_kind(out, &node->owner, kind, true);
}

static bool prep_is_place(const char *prep)
{
	return strcmp(prep, "in") == 0 || strcmp(prep, "at") == 0 ||
	       strcmp(prep, "from") == 0 ||
	       strcmp(prep, "into") == 0;
}

static int prep_of_verb(const struct place *place, const char *prep)
{
	int v = clause_verb_of(place->frame, place->trigger);

	return v > place->trigger ? clause_prep(place->frame, v, prep) : NONE;
}

static void fill_prep(const struct place *place, const struct slot *slot,
		      struct parties *out)
{
	const struct node *trigger = &place->frame->nodes[place->trigger];
	int at;

	if (strcmp(slot->prep, "of") == 0 && trigger->kind == NODE_GROUP) {
		add_kind(out, &trigger->of, slot->kind, true);
		return;
	}
	if (strcmp(slot->prep, "of") == 0) { /* joined to the object already */
		at = clause_object(place->frame, place->trigger);
		if (at >= 0)
			add_kind(out, &place->frame->nodes[at].of, slot->kind,
				 true);
		if (out->count > 0)
			return;
	}
	at = clause_prep(place->frame, place->trigger, slot->prep);
	if (at < 0 && place->rule->noun) /* "a loan was granted to Ukraine" */
		at = prep_of_verb(place, slot->prep);
	if (at < 0 && place->passive && slots_object(place) >= 0) /* "its entry into BRICS was vetoed" */
		at = clause_prep(place->frame, slots_object(place), slot->prep);
	fill_from(place, node_at(place, at), slot->kind,
		  !prep_is_place(slot->prep), out);
	if (out->count == 0 && at >= 0) /* "for the bids of Finland" */
		add_kind(out, &place->frame->nodes[at].of, slot->kind, true);
}

/* "Armenia's withdrawal", "US withdrawal", "its withdrawal" */
static void fill_owner(const struct node *node, enum slot_kind kind,
		       struct parties *out)
{
	if (!node)
		return;
	add_kind(out, &node->owner, kind, true);
	if (out->count == 0)
		add_kind(out, &node->about, kind, false);
}

static void fill_named(const struct place *place, enum slot_kind kind,
		       struct parties *out)
{
	const struct node *object = node_at(place, slots_object(place));

	if (!object)
		return;
	add_kind(out, &object->who, kind, false);
	add_kind(out, &object->about, kind, false);
}

static void fill_context(const struct place *place, struct parties *out)
{
	const struct story *story = place->frame->story;
	struct parties some = story->alliance;

	if (place->frame->sentence->index - story->alliance_seen >
	    CONTEXT_SENTENCES_MAX)
		return;
	if (some.count > 1)
		some.count = 1;
	add_kind(out, &some, SLOT_ALLIANCE, false);
	if (story->alliance_seen != place->frame->sentence->index)
		for (int i = 0; i < out->count; i++)
			out->items[i].carried = true;
}

/* The nearest party behind the trigger that is none of its subjects. */
static void fill_other(const struct place *place, enum slot_kind kind,
		       struct parties *out)
{
	const struct node *subject = node_at(place, slots_subject(place));

	for (int i = place->trigger + 1; i < place->frame->count; i++) {
		const struct node *node = &place->frame->nodes[i];
		struct parties some = { 0 };

		if (node->kind != NODE_GROUP)
			continue;
		add_kind(&some, &node->who, kind, true);
		add_kind(&some, &node->owner, kind, true);
		add_kind(&some, &node->about, kind, false);
		if (some.count > 0 &&
		    !(subject && parties_meet(&some, &subject->who))) {
			some.count = 1;
			*out = some;
			return;
		}
	}
}

static void fill_speaker(const struct place *place, enum slot_kind kind,
			 struct parties *out)
{
	int report = clause_report(place->frame, place->trigger);

	if (report >= 0)
		fill_from(place, node_at(place, clause_subject(place->frame,
							       report)),
			  kind, true, out);
}

/* The node that a place means, where it is one node's parties that it takes. */
static int node_of(const struct place *place, enum slot_place slot)
{
	if (slot == SLOT_SUBJECT)
		return slots_subject(place);
	return slot == SLOT_MAIN ? clause_main_subject(place->frame) :
				   slots_object(place);
}

static void fill_slot(const struct place *place, const struct slot *slot,
		      struct parties *out)
{
	const struct node *node = node_at(place, node_of(place, slot->place));

	switch (slot->place) {
	case SLOT_SUBJECT:
	case SLOT_OBJECT:
	case SLOT_MAIN:
		fill_from(place, node, slot->kind, true, out);
		break;
	case SLOT_OWNER:
	case SLOT_OBJECT_OWNER:
		fill_owner(node, slot->kind, out);
		break;
	case SLOT_PREP:
		fill_prep(place, slot, out);
		break;
	case SLOT_NAMED:
		fill_named(place, slot->kind, out);
		break;
	case SLOT_CONTEXT:
		fill_context(place, out);
		break;
	case SLOT_SPEAKER:
		fill_speaker(place, slot->kind, out);
		break;
	case SLOT_OTHER:
		fill_other(place, slot->kind, out);
		break;
	}
}

bool slots_fill(const struct place *place, const struct slots *slots,
		struct parties *out)
{
	*out = (struct parties){ 0 };
	for (int i = 0; i < slots->count && out->count == 0; i++)
		fill_slot(place, &slots->items[i], out);
	return out->count > 0;
}
