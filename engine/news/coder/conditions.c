/*
 * conditions.c - whether a rule's word stands at a node, and whether the words that
 * it wants stand around it.
 */
#include "news/coder/match.h"

#include <string.h>

const struct token *match_word(const struct frame *frame, int at)
{
	const struct node *node = &frame->nodes[at];

	return frame_token(frame, node->kind == NODE_VERB ? node->main :
							    node->head);
}

/* ---- does a rule's word stand here? --------------------------------------- */

static bool verb_is(const struct frame *frame, int v, const struct lemma *lemma)
{
	const struct node *node = &frame->nodes[v];
	const struct word *word = match_word(frame, v)->word;

	if (!word || word->lemma != lemma->text)
		return false;
	if (!lemma->particle)
		return node->particle < 0;
	return node->particle >= 0 &&
	       token_is(frame_token(frame, node->particle), lemma->particle);
}

/* The main word of a group, of its part in front of "of", or behind it: "hours of
 * talks". */
static bool noun_is(const struct frame *frame, const struct node *node,
		    const struct lemma *lemma)
{
	for (int i = node->first; i <= node->last; i++) {
		if (!token_is(frame_token(frame, i), lemma->text) ||
		    frame_token(frame, i)->in_name)
			continue;
		if (i == node->head || (i == node->last &&
		    node_has(frame, node, frame->sets->measure)))
			return true;
		return i < node->last &&
		       token_is(frame_token(frame, i + 1), "of");
	}
	return false;
}

bool match_trigger(const struct frame *frame, int at, const struct rule *rule)
{
	const struct node *node = &frame->nodes[at];

	if (node->kind != (rule->noun ? NODE_GROUP : NODE_VERB))
		return false;
	for (int i = 0; i < rule->lemmas.count; i++)
		if (rule->noun ? noun_is(frame, node, &rule->lemmas.items[i]) :
				 verb_is(frame, at, &rule->lemmas.items[i]))
			return true;
	return false;
}

/* ---- conditions ----------------------------------------------------------- */

static bool sentence_has(const struct frame *frame, const struct topics *topics)
{
	for (int i = 0; i < frame->sentence->count; i++)
		if (token_on(frame_token(frame, i), topics))
			return true;
	return false;
}

/* The object, and unless `direct` what hangs on it behind prepositions up to the next
 * verb. */
static bool object_has(const struct place *place, const struct topics *topics,
		       bool direct)
{
	const struct frame *frame = place->frame;
	int object = slots_object(place);

	if (object >= 0 && node_on(frame, &frame->nodes[object], topics))
		return true;
	if (direct && object >= 0)
		return false;
	for (int i = place->trigger + 1; i < frame->count; i++) {
		if (frame->nodes[i].kind == NODE_VERB ||
		    frame->nodes[i].kind == NODE_SUB ||
		    frame->nodes[i].kind == NODE_BREAK)
			return false;
		if (frame->nodes[i].kind == NODE_GROUP &&
		    node_on(frame, &frame->nodes[i], topics))
			return true;
	}
	return false;
}

/* Does the object, or the first group behind, have such a word outside names? */
static bool is_of_another_kind(const struct place *place,
			       const struct topics *topics)
{
	const struct frame *frame = place->frame;
	int at = slots_object(place);

	for (int i = place->trigger + 1; at < 0 && i < frame->count &&
					 i <= place->trigger + 2; i++)
		if (frame->nodes[i].kind == NODE_GROUP)
			at = i;
	if (at < 0)
		return false;
	for (int i = frame->nodes[at].first; i <= frame->nodes[at].last; i++)
		if (!frame_token(frame, i)->in_name &&
		    token_on(frame_token(frame, i), topics))
			return true;
	return false;
}

static bool is_under(const struct frame *frame, int trigger,
		     const struct lemmas *under)
{
	int v = under->count > 0 ? clause_verb_of(frame, trigger) : NONE;

	if (v < 0)
		return false;
	for (int i = 0; i < under->count; i++)
		if (verb_is(frame, v, &under->items[i]))
			return true;
	return false;
}

/* "pulled out in 2000": nothing is said of what. */
static bool is_bare(const struct place *place)
{
	const struct frame *frame = place->frame;
	const struct node *next = place->trigger + 1 < frame->count ?
		&frame->nodes[place->trigger + 1] : NULL;

	if (!next)
		return true;
	if (next->kind == NODE_GROUP)
		return false;
	return next->kind != NODE_PREP || !(frame_word_is(frame, next, "of") ||
		frame_word_is(frame, next, "from") ||
		frame_word_is(frame, next, "out") ||
		frame_word_is(frame, next, "by") ||
		frame_word_is(frame, next, "for"));
}

/* "join others in suspending" */
static bool is_doing(const struct place *place)
{
	const struct frame *frame = place->frame;

	for (int i = place->trigger + 1; i + 1 < frame->count; i++) {
		if (frame->nodes[i].kind == NODE_VERB)
			return false;
		if (frame->nodes[i].kind == NODE_PREP &&
		    frame_word_is(frame, &frame->nodes[i], "in") &&
		    frame->nodes[i + 1].kind == NODE_VERB &&
		    frame->nodes[i + 1].gerund)
			return true;
	}
	return false;
}

const char *match_unmet(const struct place *place)
{
	const struct rule *rule = place->rule;
	const struct frame *frame = place->frame;
	int subject;

	if (topics_any(&rule->with) &&
	    !object_has(place, &rule->with, rule->direct))
		return "the object is none of its words";
	if (is_of_another_kind(place, &rule->without))
		return "the object is of another kind";
	if (topics_any(&rule->subject)) {
		subject = slots_subject(place);
		if (subject < 0 ||
		    !node_on(frame, &frame->nodes[subject], &rule->subject))
			return "the subject is none of its words";
	}
	if (topics_any(&rule->beside) && !sentence_has(frame, &rule->beside))
		return "none of its words stands beside";
	if (sentence_has(frame, &rule->not_beside))
		return "a word of another matter stands beside";
	if (rule->under.count > 0 && !is_under(frame, place->trigger, &rule->under))
		return "another verb governs it";
	if (is_under(frame, place->trigger, &rule->not_under))
		return "its verb turns it round";
	if (rule->bare && !is_bare(place))
		return "it has an object";
	if (rule->not_doing && is_doing(place))
		return "it is what is done together";
	if (rule->active_only && place->passive)
		return "it is a passive";
	if (rule->passive_only && !place->passive)
		return "it is no passive";
	return NULL;
}
