/*
 * join.c - groups that are one: lists, "the parliament of Greece", and what stands
 * between commas only to explain ("Qatar, a founding member of OPEC, ...").
 */
#include "news/frame/frame.h"

#include <string.h>

static bool is_named(const struct frame *frame, int at)
{
	return node_is(frame, at, NODE_GROUP) && (frame->nodes[at].who.count > 0 ||
						  frame->nodes[at].pronoun);
}

/* "and others" ends a list as well. */
static bool ends_list(const struct frame *frame, int at)
{
	return is_named(frame, at) ||
	       (node_is(frame, at, NODE_GROUP) &&
		token_is(frame_token(frame, frame->nodes[at].head), "others"));
}

/* ---- adjectives in pairs: "Lithuanian and Polish presidents" -------------- */

static bool is_bare_adjective(const struct frame *frame, int at)
{
	const struct node *node = &frame->nodes[at];

	if (node->kind != NODE_GROUP || node->who.count > 1 ||
	    node->about.count + node->who.count != 1)
		return false;
	for (int i = node->first; i <= node->head; i++) {
		const struct token *token = frame_token(frame, i);

		if (token->name && i + (int)token->name_len - 1 == node->head)
			return token->name->kind == NAME_ADJECTIVE;
	}
	return false;
}

static void join_adjectives(struct frame *frame)
{
	for (int i = frame->count - 3; i >= 0; i--) {
		struct node *right = &frame->nodes[i + 2];

		if (!is_bare_adjective(frame, i) ||
		    !(node_is(frame, i + 1, NODE_AND) ||
		      node_is(frame, i + 1, NODE_COMMA)) ||
		    right->kind != NODE_GROUP || right->about.count +
		    right->who.count == 0)
			continue;
		if (right->who.count > 0)
			parties_join(&right->who, &frame->nodes[i].about);
		else
			parties_join(&right->about, &frame->nodes[i].about);
		right->first = frame->nodes[i].first;
		frame_remove(frame, i, 2);
	}
}

/* ---- lists ---------------------------------------------------------------- */

static bool verb_before(const struct frame *frame, int at)
{
	for (int i = at - 1; i >= 0; i--) {
		if (frame->nodes[i].kind == NODE_SUB ||
		    frame->nodes[i].kind == NODE_BREAK)
			return false;
		if (node_is_finite(frame, i))
			return true;
	}
	return false;
}

/* "Finland joined NATO and Sweden applied": what is behind "and" begins a clause
 * where a verb follows and the left side is an object already. */
static bool begins_clause(const struct frame *frame, int left, int right)
{
	return node_is_finite(frame, right + 1) && verb_before(frame, left);
}

static void absorb(struct node *to, const struct node *from)
{
	parties_join(&to->who, &from->who);
	parties_join(&to->about, &from->about);
	to->last = from->last;
	to->head = from->head;
	to->place = to->place && from->place;
}

/* "acceded to NATO in March 2020 and Montenegro in June 2017": a date parts an alliance
 * from a state that is no second object. */
static bool is_gap(const struct frame *frame, int at)
{
	const struct node *left = &frame->nodes[at], *right = &frame->nodes[at + 2];

	if (left->who.count == 0 || right->who.count == 0 ||
	    left->who.items[0].alliance == right->who.items[0].alliance)
		return false;
	for (int i = left->last + 1; i < frame->nodes[at + 1].first; i++)
		if (frame_token(frame, i)->hidden)
			return true;
	return false;
}

/* Where the list that begins at group `at` ends: behind "and" stands its last
 * item.  Returns that item's place, or `at` where there is no list. */
static int list_end(const struct frame *frame, int at)
{
	int i = at;

	while (node_is(frame, i + 1, NODE_COMMA) && is_named(frame, i + 2))
		i += 2;
	if (node_is(frame, i + 1, NODE_COMMA) && node_is(frame, i + 2, NODE_AND) &&
	    ends_list(frame, i + 3))
		return begins_clause(frame, i, i + 3) ? at : i + 3;
	if (node_is(frame, i + 1, NODE_AND) && ends_list(frame, i + 2) &&
	    !is_gap(frame, i))
		return begins_clause(frame, i, i + 2) ? at : i + 2;
	return at;
}

/* "At their summit in Brussels, ASEAN and the EU signed": the comma behind the
 * first phrase ends it and makes no list. */
static bool opens_sentence(const struct frame *frame, int at)
{
	if (!node_is(frame, at - 1, NODE_PREP) || !node_is(frame, at + 1, NODE_COMMA))
		return false;
	for (int i = at; i >= 0; i--)
		if (!node_is(frame, i, NODE_PREP) && !node_is(frame, i, NODE_GROUP))
			return false;
	return node_is(frame, 0, NODE_PREP);
}

/* Whom "it" in a list means. */
static const struct parties *subject_so_far(const struct frame *frame, int at)
{
	for (int i = 0; i < at; i++)
		if (frame->nodes[i].kind == NODE_GROUP &&
		    frame->nodes[i].who.count > 0)
			return &frame->nodes[i].who;
	return &frame->story->subject;
}

static void join_lists(struct frame *frame)
{
	for (int i = 0; i < frame->count; i++) {
		int end;

		if (!is_named(frame, i) || opens_sentence(frame, i))
			continue;
		end = list_end(frame, i);
		if (end == i)
			continue;
		if (frame->nodes[i].pronoun) {
			frame->nodes[i].pronoun = false;
			frame->nodes[i].who = *subject_so_far(frame, i);
		}
		for (int k = i + 1; k <= end; k++)
			if (frame->nodes[k].kind == NODE_GROUP)
				absorb(&frame->nodes[i], &frame->nodes[k]);
		frame_remove(frame, i + 1, end - i);
	}
}

/* ---- of ------------------------------------------------------------------- */

static bool acts_for_what_follows(const struct frame *frame,
				  const struct node *node)
{
	const struct sets *sets = frame->sets;

	return node_has(frame, node, sets->office | sets->organ | sets->force |
			sets->members | sets->people) &&
	       !node_has(frame, node, sets->former);
}

/* "NATO Jens Stoltenberg" behind "Secretary General of": the name alone counts. */
static void name_in_front(struct frame *frame, struct node *of)
{
	const struct token *token;
	int at = of->first;

	if (of->who.count > 0 && !of->who.items[0].carried)
		return;
	while (at < of->last && token_has(frame_token(frame, at),
					  frame->sets->det))
		at++;
	token = frame_token(frame, at);
	if (!token->name || token->name->kind == NAME_ADJECTIVE ||
	    token->name->kind == NAME_STOP || of->about.count == 0)
		return;
	for (int i = at + (int)token->name_len; i <= of->last; i++)
		if (!frame_token(frame, i)->capital)
			return;
	of->who = (struct parties){ 0 };
	parties_add(&of->who, of->about.items[0]);
}

static void join_of(struct frame *frame, int at)
{
	struct node *node = &frame->nodes[at], *of = &frame->nodes[at + 2];
	bool acts = acts_for_what_follows(frame, node);

	if (acts)
		name_in_front(frame, of);
	node->of = of->who;
	parties_join(&node->of, &of->about);
	if (acts && of->who.count > 0) {
		node->who = of->who;
		for (int i = 0; i < node->who.count; i++)
			node->who.items[i].capital = false;
		node->person = node_has(frame, node, frame->sets->office);
		node->place = false;
	}
	parties_join(&node->about, &of->about);
	if (node->who.count == 0)
		parties_join(&node->about, &of->who);
	node->last = of->last;
	if (node->who.count > 0 && node->person) {
		struct node named = *node;

		named.head = of->head;
		group_learn(frame, &named, node->head, node->who.items[0]);
	}
	frame_remove(frame, at + 1, 2);
}

/* "notifies the United Nations of": a name takes no "of". */
static bool is_proper_name(const struct frame *frame, const struct node *node)
{
	return node->who.count > 0 && !node->person &&
	       frame_token(frame, node->head)->in_name;
}

/* "the parliament of Greece", "officials from Kazakhstan" */
static bool is_of(const struct frame *frame, int at)
{
	const struct node *prep = &frame->nodes[at + 1];

	if (frame_word_is(frame, prep, "in")) /* "voters in the Netherlands" */
		return frame->nodes[at].about.count == 0 &&
		       node_has(frame, &frame->nodes[at], frame->sets->organ |
				frame->sets->people) &&
		       !node_has(frame, &frame->nodes[at], frame->sets->office);
	return frame_word_is(frame, prep, "of") ||
	       (frame_word_is(frame, prep, "from") &&
		frame->nodes[at].about.count == 0 &&
		node_has(frame, &frame->nodes[at],
			 frame->sets->office | frame->sets->members));
}

/* From the right, so that the inner ones are joined first. */
static void join_all_of(struct frame *frame)
{
	for (int i = frame->count - 3; i >= 0; i--)
		if (node_is(frame, i, NODE_GROUP) &&
		    node_is(frame, i + 1, NODE_PREP) &&
		    is_of(frame, i) && node_is(frame, i + 2, NODE_GROUP) &&
		    !is_proper_name(frame, &frame->nodes[i]))
			join_of(frame, i);
}

/* ---- appositions ---------------------------------------------------------- */

/* "Kofi Annan, Secretary General of the United Nations, announces": who is named
 * by his office only behind the comma. */
static void join_apposition(struct frame *frame, int at)
{
	struct node *node = &frame->nodes[at], *office = &frame->nodes[at + 2];
	bool closed = node_is(frame, at + 3, NODE_COMMA);

	if (!closed && !node_is_finite(frame, at + 3))
		return;
	if (node->who.count > 0 && office->who.count > 0 && !office->person)
		return; /* a list without "and" */
	if (node->who.count == 0 && office->who.count > 0 &&
	    (frame_token(frame, node->head)->capital ||
	     node_has(frame, node, frame->sets->country | frame->sets->bloc))) {
		node->who = office->who;
		node->person = true;
		group_learn(frame, node, node->first - 1, office->who.items[0]);
	} else if (node->who.count == 0 || !closed) {
		return;
	}
	parties_join(&node->about, &office->about);
	parties_join(&node->about, &office->of);
	node->last = office->last;
	frame_remove(frame, at + 1, closed ? 3 : 2);
}

static void join_appositions(struct frame *frame)
{
	for (int i = 0; i + 3 < frame->count; i++)
		if (node_is(frame, i, NODE_GROUP) &&
		    node_is(frame, i + 1, NODE_COMMA) &&
		    node_is(frame, i + 2, NODE_GROUP) &&
		    !(i > 0 && node_is(frame, i - 1, NODE_PREP)))
			join_apposition(frame, i);
}

/* "leaders and delegates of the Council": both act for it. */
static void join_offices(struct frame *frame)
{
	for (int i = 0; i + 2 < frame->count; i++) {
		struct node *left = &frame->nodes[i];
		struct node *right = &frame->nodes[i + 2];

		if (left->kind != NODE_GROUP || right->kind != NODE_GROUP ||
		    !node_is(frame, i + 1, NODE_AND) || left->who.count > 0 ||
		    left->about.count > 0 || !right->person ||
		    !token_has(frame_token(frame, left->head),
			       frame->sets->office))
			continue;
		right->first = left->first;
		frame_remove(frame, i, 2);
	}
}

/* "the Comprehensive Economic and Trade Agreement" */
static void join_titles(struct frame *frame)
{
	for (int i = 0; i + 2 < frame->count; i++) {
		struct node *left = &frame->nodes[i];
		const struct node *right = &frame->nodes[i + 2];

		if (left->kind != NODE_GROUP || right->kind != NODE_GROUP ||
		    !node_is(frame, i + 1, NODE_AND) || left->who.count > 0 ||
		    !frame_token(frame, left->head)->capital ||
		    !frame_token(frame, right->first)->capital ||
		    !token_has(frame_token(frame, right->head),
			       frame->sets->bloc))
			continue;
		parties_join(&left->about, &right->about);
		left->last = right->last;
		left->head = right->head;
		frame_remove(frame, i + 1, 2);
	}
}

/* "Niger was suspended on 22 August, and Gabon on 31 August": the verb is not said
 * again, only who and when. */
static void join_gap(struct frame *frame)
{
	int last = frame->count - 1, subject = clause_main_subject(frame);
	const struct node *gap;

	if (last < 4 || subject < 0 || !is_named(frame, last) ||
	    !node_is(frame, last - 1, NODE_AND))
		return;
	gap = &frame->nodes[last];
	if (gap->place || gap->last + 1 >= frame->sentence->count ||
	    !frame_token(frame, gap->last + 1)->hidden ||
	    token_is(frame_token(frame, gap->last + 1), "("))
		return;
	if (gap->who.items[0].alliance != frame->nodes[subject].who.items[0].alliance)
		return;
	parties_join(&frame->nodes[subject].who, &gap->who);
	last -= node_is(frame, last - 2, NODE_COMMA) ? 2 : 1;
	frame_remove(frame, last, frame->count - last);
}

void frame_join(struct frame *frame)
{
	join_adjectives(frame);
	join_titles(frame);
	join_lists(frame);
	join_all_of(frame);
	join_offices(frame);
	join_lists(frame);
	join_appositions(frame);
	join_gap(frame);
}
