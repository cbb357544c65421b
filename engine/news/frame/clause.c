/*
 * clause.c - what belongs to a verb: subject, object, prepositions, and the verb or
 * noun that an infinitive hangs on.
 */
#include "news/frame/frame.h"

#include <string.h>

static const struct word *verb_word(const struct frame *frame, int v)
{
	return frame_token(frame, frame->nodes[v].main)->word;
}

/* ---- leftwards ------------------------------------------------------------ */

static int finite_before(const struct frame *frame, int at)
{
	while (--at >= 0)
		if (node_is_finite(frame, at))
			return at;
	return NONE;
}

/* "the drills that were to be held": in front of "that", where the verb at `at`
 * belongs to such a clause; NONE. */
static int before_relative(const struct frame *frame, int at)
{
	for (; at >= 0; at--) {
		if (node_is(frame, at, NODE_REL))
			return at - 1;
		if (!node_is(frame, at, NODE_VERB) &&
		    !node_is(frame, at, NODE_PREP) &&
		    !node_is(frame, at, NODE_GROUP))
			return NONE;
	}
	return NONE;
}

/* A participle that only describes: "summit hosted by Russia". */
static bool is_bare_participle(const struct frame *frame, int at)
{
	return node_is(frame, at, NODE_VERB) &&
	       frame->nodes[at].first == frame->nodes[at].main &&
	       verb_word(frame, at) &&
	       (verb_word(frame, at)->forms & FORM_PARTICIPLE) &&
	       node_is(frame, at + 1, NODE_PREP) &&
	       node_is(frame, at - 1, NODE_GROUP);
}

/* The group that ends at node `at`, with the prepositions that hang on it left
 * out: "the decision by Armenia" is the decision. */
static int group_before(const struct frame *frame, int at)
{
	while (at >= 0) {
		if (node_is(frame, at, NODE_GROUP)) {
			if (!node_is(frame, at - 1, NODE_PREP))
				return at;
			at -= 2;
		} else if (node_is(frame, at, NODE_PREP)) {
			at--;
		} else if (is_bare_participle(frame, at)) {
			at--;
		} else if (node_is(frame, at, NODE_VERB)) {
			at = before_relative(frame, at);
		} else {
			return NONE;
		}
	}
	return NONE;
}

/* The comma that opens what the one at `close` ends: nothing finite stands
 * between, or a relative clause.  NONE where it is the end of a clause. */
static int opening_comma(const struct frame *frame, int close)
{
	bool finite = false;

	for (int i = close - 1; i > 0; i--) {
		if (node_is(frame, i, NODE_BREAK))
			return NONE;
		if (node_is_finite(frame, i))
			finite = true;
		if (!node_is(frame, i, NODE_COMMA))
			continue;
		if (finite && !node_is(frame, i + 1, NODE_REL) &&
		    !node_is(frame, i + 1, NODE_SUB) &&
		    !(node_is(frame, i + 1, NODE_VERB)))
			return NONE;
		return i;
	}
	return NONE;
}

/* "The bloc, meeting in Cairo, Egypt, calls": the nearest group in front of a comma
 * that names somebody. */
static int enclosed_subject(const struct frame *frame, int close)
{
	int first = NONE;

	for (int open = opening_comma(frame, close); open > 0;
	     open = opening_comma(frame, open)) {
		int group = group_before(frame, open - 1);

		if (group >= 0 && frame->nodes[group].who.count > 0)
			return group;
		if (first < 0)
			first = group;
	}
	return first;
}

/* That of the verb in front, which is not of a relative clause: "shoots down drones
 * that entered its airspace and invokes". */
static int subject_of_other(const struct frame *frame, int at)
{
	int other = finite_before(frame, at);

	while (other > 0 && node_is(frame, other - 1, NODE_REL) &&
	       finite_before(frame, other) >= 0)
		other = finite_before(frame, other);
	return other >= 0 ? clause_subject(frame, other) : NONE;
}

static int subject_of_finite(const struct frame *frame, int v)
{
	int at = v - 1, open;

	if (node_is(frame, at, NODE_REL)) { /* "Uzbekistan, which left" */
		at -= node_is(frame, at - 1, NODE_COMMA) ? 2 : 1;
		if (at >= 0 && node_is(frame, at, NODE_GROUP))
			return at;
		return NONE;
	}
	if (node_is(frame, at, NODE_COMMA)) {
		open = enclosed_subject(frame, at);
		if (open >= 0)
			return open;
		return subject_of_other(frame, at);
	}
	if (node_is(frame, at, NODE_AND)) /* "signs it and accuses" */
		return subject_of_other(frame, at);
	if (node_is(frame, at, NODE_SUB)) /* "rather than attend" */
		return frame_word_is(frame, &frame->nodes[at], "than") &&
		       finite_before(frame, at) >= 0 ?
			clause_subject(frame, finite_before(frame, at)) : NONE;
	return group_before(frame, at);
}

/* ---- infinitives and gerunds ---------------------------------------------- */

/* A participle without a subject at the head of the sentence ("After joining in
 * 1992, Azerbaijan ..."): that of the clause behind its comma. */
static int subject_behind(const struct frame *frame, int v)
{
	for (int i = v + 1; i < frame->count; i++) {
		if (node_is_finite(frame, i))
			return NONE;
		if (!node_is(frame, i, NODE_COMMA))
			continue;
		for (int k = i + 1; k < frame->count; k++)
			if (node_is_finite(frame, k))
				return clause_subject(frame, k);
	}
	return NONE;
}

int clause_matrix(const struct frame *frame, int v)
{
	for (int i = v - 1; i >= 0; i--) {
		if (node_is(frame, i, NODE_VERB))
			return i;
		if (node_is(frame, i, NODE_BREAK))
			return NONE;
	}
	return NONE;
}

int clause_hook(const struct frame *frame, int v)
{
	const struct sets *sets = frame->sets;
	int at = v - 1;

	if (node_is(frame, at, NODE_PREP)) /* "chances of joining" */
		at--;
	while (at >= 0) {
		if (node_is(frame, at, NODE_GROUP)) {
			if (node_has(frame, &frame->nodes[at], sets->decision |
				     sets->refusal | sets->prospect))
				return at;
			if (!node_is(frame, at - 1, NODE_PREP))
				return NONE;
			at -= 2;
		} else if (is_bare_participle(frame, at)) {
			at--;
		} else {
			return NONE;
		}
	}
	return NONE;
}

/* "the decision by Palau to leave", "Palau's decision to leave": NONE where the
 * noun does not say whose it is. */
static int hook_subject(const struct frame *frame, int v)
{
	int hook = clause_hook(frame, v), by;

	if (hook < 0)
		return NONE;
	if (frame->nodes[hook].owner.count > 0)
		return hook;
	for (by = hook + 1; by < v - 1; by++)
		if (node_is(frame, by, NODE_PREP) &&
		    frame_word_is(frame, &frame->nodes[by], "by") &&
		    node_is(frame, by + 1, NODE_GROUP))
			return by + 1;
	return NONE;
}

/* "invite Turkey to begin", "for Armenia to withdraw", "call on NATO to" */
static int controlled_object(const struct frame *frame, int v)
{
	int before = v - 1, matrix = clause_matrix(frame, v);

	if (!node_is(frame, before, NODE_GROUP) ||
	    frame->nodes[before].who.count == 0)
		return NONE;
	if (node_is(frame, before - 1, NODE_PREP))
		return frame_word_is(frame, &frame->nodes[before - 1], "for") ||
		       (verb_has(frame, matrix, frame->sets->ask) &&
			(frame_word_is(frame, &frame->nodes[before - 1], "on") ||
			 frame_word_is(frame, &frame->nodes[before - 1], "to"))) ?
			before : NONE;
	return verb_has(frame, matrix, frame->sets->ask) ? before : NONE;
}

/* "Mali to leave ECOWAS": no other verb stands in front. */
bool clause_is_headline(const struct frame *frame, int v)
{
	for (int i = 0; i < v; i++)
		if (frame->nodes[i].kind == NODE_VERB)
			return false;
	return frame->nodes[v].infinitive && v > 0 &&
	       node_is(frame, v - 1, NODE_GROUP) && clause_hook(frame, v) < 0;
}

static int subject_of_infinitive(const struct frame *frame, int v)
{
	int object = controlled_object(frame, v);
	int hook = hook_subject(frame, v);
	int matrix = clause_matrix(frame, v);

	if (object >= 0)
		return object;
	if (hook >= 0)
		return hook;
	if (clause_is_headline(frame, v))
		return group_before(frame, v - 1);
	return matrix >= 0 ? clause_subject(frame, matrix) :
			     subject_behind(frame, v);
}

/* "accuses France of wanting", "praised Mali for leaving" */
static int subject_of_gerund(const struct frame *frame, int v)
{
	int matrix = clause_matrix(frame, v), hook = hook_subject(frame, v);

	if (hook >= 0)
		return hook;
	if (node_is(frame, v - 1, NODE_PREP) && node_is(frame, v - 2, NODE_GROUP) &&
	    verb_has(frame, matrix, frame->sets->accuse) &&
	    frame->nodes[v - 2].who.count > 0)
		return v - 2;
	if (node_is(frame, v - 1, NODE_PREP) && node_is(frame, v - 2, NODE_GROUP) &&
	    frame_word_is(frame, &frame->nodes[v - 1], "from") &&
	    frame->nodes[v - 2].who.count > 0)
		return v - 2; /* "blocked Sweden from joining" */
	if (node_is(frame, v - 1, NODE_GROUP) && !node_is(frame, v - 2, NODE_PREP))
		return v - 1; /* "members investigating" */
	if (matrix >= 0 && matrix < v)
		return clause_subject(frame, matrix);
	return subject_behind(frame, v);
}

int clause_subject(const struct frame *frame, int v)
{
	if (!node_is(frame, v, NODE_VERB))
		return NONE;
	if (frame->nodes[v].infinitive)
		return subject_of_infinitive(frame, v);
	if (frame->nodes[v].gerund)
		return subject_of_gerund(frame, v);
	return subject_of_finite(frame, v);
}

/* ---- rightwards ----------------------------------------------------------- */

/* The subject of the first verb that opens no clause of its own; participles count
 * where nothing else does: "acceded to" looks like "hosted by". */
static int first_subject(const struct frame *frame, bool participles)
{
	for (int i = 0; i < frame->count; i++) {
		int at;

		if (!node_is_finite(frame, i) || node_is(frame, i - 1, NODE_REL) ||
		    (!participles && is_bare_participle(frame, i)))
			continue;
		at = clause_subject(frame, i);
		if (at >= 0 && !node_is(frame, at - 1, NODE_SUB))
			return at;
	}
	return NONE;
}

int clause_main_subject(const struct frame *frame)
{
	int at = first_subject(frame, false);

	return at >= 0 ? at : first_subject(frame, true);
}

int clause_object(const struct frame *frame, int v)
{
	const struct sets *sets = frame->sets;

	if (!node_is(frame, v + 1, NODE_GROUP))
		return NONE;
	if (node_is_finite(frame, v + 2) && !is_bare_participle(frame, v + 2) &&
	    verb_has(frame, v, sets->say | sets->claim | sets->announce))
		return NONE; /* "admits Turkey violated": a clause */
	return v + 1;
}

int clause_prep(const struct frame *frame, int at, const char *prep)
{
	for (int i = at + 1; i + 1 < frame->count; i++) {
		const struct node *node = &frame->nodes[i];

		if (node_is_finite(frame, i) || node->kind == NODE_SUB ||
		    node->kind == NODE_REL || node->kind == NODE_BREAK)
			return NONE;
		if (node->kind == NODE_PREP && frame_word_is(frame, node, prep) &&
		    node_is(frame, i + 1, NODE_GROUP))
			return i + 1;
	}
	return NONE;
}

int clause_verb_of(const struct frame *frame, int group)
{
	for (int i = group - 1; i >= 0; i--) {
		if (node_is(frame, i, NODE_VERB))
			return i;
		if (node_is(frame, i, NODE_SUB) || node_is(frame, i, NODE_BREAK) ||
		    (node_is(frame, i, NODE_COMMA) && finite_before(frame, i) < 0))
			break;
	}
	for (int i = group + 1; i < frame->count; i++) {
		if (node_is_finite(frame, i))
			return clause_subject(frame, i) == group ? i : NONE;
		if (node_is(frame, i, NODE_SUB) || node_is(frame, i, NODE_BREAK))
			return NONE;
	}
	return NONE;
}

/* "Venezuela will leave, Delcy Rodriguez said": behind its content. */
static int trailing_report(const struct frame *frame, int at)
{
	const struct sets *sets = frame->sets;

	for (int i = at + 1; i + 2 < frame->count; i++) {
		if (node_is(frame, i, NODE_BREAK))
			return NONE;
		if (node_is(frame, i, NODE_COMMA) &&
		    node_is(frame, i + 1, NODE_GROUP) && node_is_finite(frame, i + 2) &&
		    verb_has(frame, i + 2, sets->say | sets->announce) &&
		    !node_is(frame, i + 3, NODE_SUB) &&
		    !node_is(frame, i + 3, NODE_GROUP))
			return i + 2;
	}
	return NONE;
}

int clause_report(const struct frame *frame, int at)
{
	const struct sets *sets = frame->sets;

	for (int i = at - 1; i >= 0; i--) {
		if (node_is(frame, i, NODE_BREAK))
			break;
		if (node_is_finite(frame, i) &&
		    verb_has(frame, i, sets->say | sets->claim | sets->announce))
			return i;
		if (node_is(frame, i, NODE_SUB) &&
		    !frame_word_is(frame, &frame->nodes[i], "that") &&
		    !node_is(frame, i + 1, NODE_COMMA))
			break;
	}
	return trailing_report(frame, at);
}
