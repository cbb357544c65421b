/*
 * mood.c - from a verb up along what it hangs on: "votes to suspend" is done,
 * "refuses to send" is not, "may decide to leave" is possible.
 */
#include "news/frame/mood.h"

#include <string.h>

enum { DEPTH_MAX = 6 }; /* verbs that hang on one another */

static bool verb_is_be(const struct frame *frame, int v)
{
	return node_is(frame, v, NODE_VERB) &&
	       token_has(frame_token(frame, frame->nodes[v].main),
			 frame->sets->be);
}

static bool is_prep(const struct frame *frame, int at, const char *word)
{
	return node_is(frame, at, NODE_PREP) &&
	       frame_word_is(frame, &frame->nodes[at], word);
}

/* ---- what a verb says by itself ------------------------------------------- */

static void own_mood(const struct node *verb, struct mood *out)
{
	out->negative ^= verb->negative;
	out->planned |= verb->will;
	out->possible |= verb->would && !verb->reported_will;
	out->reported_will |= verb->reported_will;
	out->progressive |= verb->progressive;
	if (verb->reportedly)
		out->claimed = true;
}

/* The conjunction that opens the clause of node v; NONE. */
static int opening_sub(const struct frame *frame, int v)
{
	bool comma = false;

	for (int i = v - 1; i >= 0; i--) {
		comma |= node_is(frame, i, NODE_COMMA);
		if (node_is(frame, i, NODE_SUB)) /* "After the vote, ..." is over */
			return !comma || token_has(frame_token(frame,
				frame->nodes[i].first), frame->sets->sub_if) ?
				i : NONE;
		if (node_is(frame, i, NODE_BREAK) || node_is(frame, i, NODE_REL) ||
		    (node_is(frame, i, NODE_VERB) && !frame->nodes[i].infinitive))
			return NONE;
	}
	return NONE;
}

static bool any_will(const struct frame *frame)
{
	for (int i = 0; i < frame->count; i++)
		if (node_is(frame, i, NODE_VERB) &&
		    (frame->nodes[i].will || frame->nodes[i].would))
			return true;
	return false;
}

static bool is_present(const struct node *verb)
{
	return !verb->past && !verb->perfect;
}

static bool is_rather_than(const struct frame *frame, int at)
{
	return at > 0 && token_is(frame_token(frame, at), "than") &&
	       token_is(frame_token(frame, at - 1), "rather");
}

/* "would leave if Russia kept its bases" */
static bool has_condition(const struct frame *frame, int v)
{
	for (int i = v + 1; i < frame->count; i++) {
		if (node_is(frame, i, NODE_SUB))
			return token_has(frame_token(frame,
						     frame->nodes[i].first),
					 frame->sets->sub_if);
		if (node_is(frame, i, NODE_BREAK) || node_is(frame, i, NODE_VERB) ||
		    node_is(frame, i, NODE_AND))
			return false;
	}
	return false;
}

/* "if", "until it joins", "after the UK leaves" (of what is to come) */
static void clause_mood(const struct frame *frame, int v, struct mood *out)
{
	const struct node *verb = &frame->nodes[v];
	int sub = opening_sub(frame, v);
	const struct token *token;

	if (sub >= 0) {
		token = frame_token(frame, frame->nodes[sub].first);
		if (token_has(token, frame->sets->sub_if))
			out->possible = true;
		if (is_rather_than(frame, frame->nodes[sub].first))
			out->negative = !out->negative;
		if ((token_is(token, "until") || token_is(token, "before") ||
		     token_is(token, "once")) && is_present(verb))
			out->possible = true;
		if ((token_is(token, "after") || token_is(token, "when")) &&
		    is_present(verb) && any_will(frame))
			out->planned = true;
		if (token_is(token, "after") || token_is(token, "when") ||
		    token_is(token, "since") || token_is(token, "because"))
			out->history = true;
	}
	if (has_condition(frame, v))
		out->possible = true;
	if (verb->perfect && verb->past)
		out->history = true;
}

/* "Should Armenia withdraw, ...": up to the first comma. */
static void inversion_mood(const struct frame *frame, int v, struct mood *out)
{
	const struct node *first = &frame->nodes[0];

	if (v == 0 || first->kind != NODE_VERB ||
	    !token_has(frame_token(frame, first->main),
		       frame->sets->modal | frame->sets->have | frame->sets->be))
		return;
	for (int i = 0; i < v; i++)
		if (node_is(frame, i, NODE_COMMA))
			return;
	out->possible = true;
}

/* ---- what it hangs on ----------------------------------------------------- */

static void verb_mood(const struct frame *frame, int v, int depth,
		      struct mood *out);

/* The noun between a verb and an infinitive: "decision to", "plans to". */
static bool noun_hook(const struct frame *frame, int noun, struct mood *out)
{
	int v = clause_verb_of(frame, noun);
	const struct node *node = &frame->nodes[noun];
	const struct sets *sets = frame->sets;

	if (frame_word_is(frame, node, "no")) /* "has no wish to" */
		out->negative = !out->negative;
	if (node_has(frame, node, sets->refusal))
		out->negative = !out->negative;
	else if (node_has(frame, node, sets->decision))
		out->settled = true;
	else if (node_has(frame, node, sets->intent) && v >= 0 &&
		 verb_has(frame, v, sets->announce | sets->say))
		out->settled = true; /* "notifies of its intention to" */
	else if (node_has(frame, node, sets->prospect))
		out->possible = true;
	else
		return false;
	return true;
}

static void matrix_mood(const struct frame *frame, int matrix, struct mood *out)
{
	const struct sets *sets = frame->sets;

	if (verb_has(frame, matrix, sets->negate))
		out->negative = !out->negative;
	else if (verb_has(frame, matrix, sets->deny))
		out->negative = true;
	else if (verb_has(frame, matrix, sets->commit))
		out->settled = true;
	else if (verb_has(frame, matrix, sets->ask | sets->weigh))
		out->possible = true;
	else if (verb_has(frame, matrix, sets->plan))
		out->planned = true;
	else
		out->possible = true;
}

/* "the last to ratify", "the first country to join": it did. */
static bool is_ordinal_hook(const struct frame *frame, int v)
{
	return node_is(frame, v - 1, NODE_GROUP) &&
	       node_has(frame, &frame->nodes[v - 1], frame->sets->ordinal);
}

static void infinitive_mood(const struct frame *frame, int v, int depth,
			    struct mood *out)
{
	const struct sets *sets = frame->sets;
	int matrix = clause_matrix(frame, v);
	int word = frame_before(frame, frame->nodes[v].first);

	if (word >= 0 && token_has(frame_token(frame, word), sets->ready))
		out->planned = true;
	else if (word >= 0 && token_has(frame_token(frame, word), sets->unready))
		out->possible = true;
	else if (clause_is_headline(frame, v))
		out->planned = out->announced = true;
	else if (clause_hook(frame, v) >= 0 &&
		 noun_hook(frame, clause_hook(frame, v), out))
		;
	else if (is_ordinal_hook(frame, v))
		;
	else if (node_is(frame, v - 1, NODE_GROUP) &&
		 is_prep(frame, v - 2, "for"))
		out->possible = true;
	else if (matrix >= 0)
		matrix_mood(frame, matrix, out);
	else
		out->possible = true;
	if (matrix >= 0)
		verb_mood(frame, matrix, depth + 1, out);
}

static void accused_mood(const struct frame *frame, int matrix, struct mood *out)
{
	int speaker = clause_subject(frame, matrix);

	out->claimed = true;
	if (speaker >= 0)
		out->speaker = frame->nodes[speaker].who;
}

/* "the aim of joining", "a vote on leaving", "approve joining": not "have begun
 * joining", not "praised it for joining". */
static bool is_only_aimed_at(const struct frame *frame, int v, int matrix)
{
	static const char *const towards[] = { "of", "for", "on", "about",
					       "against", "towards", "to" };

	if (matrix == v - 1)
		return !verb_has(frame, matrix, frame->sets->commit |
				 frame->sets->accuse);
	if (!node_is(frame, v - 1, NODE_PREP) || !node_is(frame, v - 2, NODE_GROUP))
		return false;
	if (matrix >= 0 && clause_object(frame, matrix) == v - 2 &&
	    (is_prep(frame, v - 1, "for") ||
	     verb_has(frame, matrix, frame->sets->accuse)))
		return false;
	for (size_t i = 0; i < sizeof(towards) / sizeof(towards[0]); i++)
		if (is_prep(frame, v - 1, towards[i]))
			return true;
	return false;
}

static void gerund_mood(const struct frame *frame, int v, int depth,
			struct mood *out)
{
	const struct sets *sets = frame->sets;
	int matrix = clause_matrix(frame, v);

	if (is_prep(frame, v - 1, "without"))
		out->negative = !out->negative;
	if (clause_hook(frame, v) >= 0)
		noun_hook(frame, clause_hook(frame, v), out);
	if (is_only_aimed_at(frame, v, matrix))
		out->possible = true;
	if (matrix < 0 || frame->nodes[v].perfect) /* "having been a member" */
		return;
	if (verb_has(frame, matrix, sets->accuse))
		accused_mood(frame, matrix, out);
	else if (!node_is(frame, v - 1, NODE_COMMA) &&
		 verb_has(frame, matrix, sets->negate | sets->deny | sets->plan |
			  sets->weigh))
		matrix_mood(frame, matrix, out);
	if (!node_is(frame, v - 1, NODE_COMMA))
		verb_mood(frame, matrix, depth + 1, out);
	else if (!frame->nodes[matrix].negative &&
		 !verb_has(frame, v, sets->accuse | sets->say))
		verb_mood(frame, matrix, depth + 1, out);
}

/* "will buy and deliver": the second verb is as firm as the first. */
static void joined_mood(const struct frame *frame, int v, struct mood *out)
{
	const struct word *word = frame_token(frame, frame->nodes[v].main)->word;
	int i = v - 1;

	if (!node_is(frame, i, NODE_AND) || !word || !(word->forms & FORM_BASE) ||
	    frame->nodes[v].first != frame->nodes[v].main)
		return;
	while (--i >= 0)
		if (node_is(frame, i, NODE_VERB)) {
			own_mood(&frame->nodes[i], out);
			return;
		}
}

static void verb_mood(const struct frame *frame, int v, int depth,
		      struct mood *out)
{
	const struct node *verb = &frame->nodes[v];

	if (depth > DEPTH_MAX)
		return;
	own_mood(verb, out);
	joined_mood(frame, v, out);
	clause_mood(frame, v, out);
	inversion_mood(frame, v, out);
	if (verb->infinitive)
		infinitive_mood(frame, v, depth, out);
	else if (verb->gerund)
		gerund_mood(frame, v, depth, out);
}

/* ---- of a verb, of a noun -------------------------------------------------- */

void mood_of_verb(const struct frame *frame, int v,
		  const struct parties *parties, struct mood *out)
{
	*out = (struct mood){ 0 };
	verb_mood(frame, v, 0, out);
	mood_reported(frame, v, parties, out);
}

/* "A withdrawal is more likely than ever." */
static bool is_called_likely(const struct frame *frame, int v)
{
	for (int i = v + 1; i < frame->count && i <= v + 2; i++)
		if (frame->nodes[i].kind == NODE_GROUP &&
		    node_has(frame, &frame->nodes[i],
			     frame->sets->ready | frame->sets->unready))
			return true;
	return false;
}

/* Subject or object of the verb, not only told beside it ("during the attacks"). */
static bool is_core(const struct frame *frame, int v, int group)
{
	return clause_object(frame, v) == group ||
	       clause_subject(frame, v) == group;
}

/* "its membership bid": a word beside the main one says that it is hoped for. */
static bool is_prospect(const struct frame *frame, const struct node *node)
{
	for (int i = node->first; i <= node->last; i++)
		if (i != node->head && !frame_token(frame, i)->in_name &&
		    token_has(frame_token(frame, i), frame->sets->prospect))
			return true;
	return false;
}

/* A noun is as firm as the verb that it is subject or object of. */
void mood_of_noun(const struct frame *frame, int group,
		  const struct parties *parties, struct mood *out)
{
	const struct sets *sets = frame->sets;
	int v = clause_verb_of(frame, group);

	*out = (struct mood){ 0 };
	if (v >= 0 && verb_is_be(frame, v) && is_called_likely(frame, v))
		out->possible = true;
	if (v >= 0 && !verb_is_be(frame, v)) {
		verb_mood(frame, v, 0, out);
		if (!is_core(frame, v, group))
			out->negative = false;
		else if (verb_has(frame, v, sets->negate | sets->deny |
				  sets->end))
			out->negative = !out->negative;
		else if (verb_has(frame, v, sets->plan | sets->ask |
				  sets->weigh) &&
			 clause_object(frame, v) == group)
			out->possible = true;
	}
	if (is_prospect(frame, &frame->nodes[group]))
		out->possible = true;
	mood_reported(frame, group, parties, out);
}
