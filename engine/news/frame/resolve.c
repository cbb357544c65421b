/*
 * resolve.c - whom pronouns and titles mean: it, he, its, the country, the bloc.
 *
 * The nearest subject in front, else what the story spoke of last.
 */
#include "news/frame/frame.h"

#include <string.h>

static void carry(struct parties *to, const struct parties *from)
{
	*to = *from;
	for (int i = 0; i < to->count; i++)
		to->items[i].carried = true;
}

static bool is_definite(const struct frame *frame, const struct node *node)
{
	static const char *const words[] = { "the", "this", "both", "these" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (frame_word_is(frame, node, words[i]))
			return true;
	return frame_has(frame, node->first, frame->sets->its);
}

static void keep_kind(struct parties *parties, bool alliance)
{
	int kept = 0;

	for (int i = 0; i < parties->count; i++)
		if (parties->items[i].alliance == alliance)
			parties->items[kept++] = parties->items[i];
	parties->count = kept;
}

static bool subject_is_state(const struct frame *frame)
{
	const struct parties *subject = &frame->story->subject;

	return subject->count == 1 && !subject->items[0].alliance;
}

/* "the bloc", "the regional bloc", "the 15-nation bloc"; not "the customs union". */
static bool is_plain_bloc(const struct frame *frame, const struct node *node)
{
	if (node->about.count > 0)
		return false;
	for (int i = node->first + 1; i < node->head; i++)
		if (!frame_has(frame, i, frame->sets->blocword) &&
		    !strchr(frame_token(frame, i)->lower, '-'))
			return false;
	return true;
}

/* "both", "the two" */
static bool names_several(const struct frame *frame, const struct node *node)
{
	return frame_has(frame, node->first, frame->sets->both) ||
	       (node->first < node->head &&
		frame_has(frame, node->first, frame->sets->det) &&
		frame_has(frame, node->first + 1, frame->sets->both));
}

/* "both", "both countries", "the two governments" */
static bool is_some_states(const struct frame *frame, const struct node *node)
{
	return node->about.count == 0 &&
	       (node->head == node->first ||
		frame_has(frame, node->head, frame->sets->country |
			  frame->sets->organ | frame->sets->office |
			  frame->sets->members));
}

/* "lawmakers ratified", "Foreign Minister Delcy Rodriguez said" */
static bool is_bare_office(const struct frame *frame, const struct node *node)
{
	if (node->about.count > 0 || node_has(frame, node, frame->sets->former))
		return false;
	if (node->first == node->head)
		return frame_has(frame, node->head, frame->sets->organ |
				 frame->sets->office);
	return frame_token(frame, node->first)->capital &&
	       node->head > node->first && node_has(frame, node, frame->sets->office);
}

/* "the country", "the bloc", "the president": by what the story spoke of last. */
static void resolve_title(struct frame *frame, struct node *node)
{
	const struct sets *sets = frame->sets;
	struct story *story = frame->story;

	if (node->who.count > 0)
		return;
	if (names_several(frame, node) && is_some_states(frame, node)) {
		carry(&node->who, &story->states);
		return;
	}
	if (!is_definite(frame, node) && !is_bare_office(frame, node))
		return;
	if (frame_has(frame, node->head, sets->country) && node->about.count == 0)
		carry(&node->who, &story->state);
	else if (frame_has(frame, node->head, sets->bloc) && is_plain_bloc(frame, node))
		carry(&node->who, &story->alliance);
	else if (node->about.count == 0 &&
		 (frame_has(frame, node->head, sets->office | sets->organ |
			    sets->force) || is_bare_office(frame, node)))
		carry(&node->who, subject_is_state(frame) ? &story->subject :
							    &story->state);
}

/* "the summit of the alliance", "leaders of the bloc", "the president of the country":
 * what was joined before anybody knew whom it meant. */
static void resolve_of(struct frame *frame, struct node *node)
{
	const struct sets *sets = frame->sets;
	const struct parties *meant = NULL;
	struct parties carried;

	if (node->last - node->head < 2 || node->of.count > 0 ||
	    !frame_has(frame, node->last - 1, sets->det))
		return;
	if (frame_has(frame, node->last, sets->bloc))
		meant = &frame->story->alliance;
	else if (frame_has(frame, node->last, sets->country))
		meant = &frame->story->state;
	if (!meant)
		return;
	carry(&carried, meant);
	node->of = carried;
	parties_join(&node->about, &carried);
	if (node->who.count == 0 && node_has(frame, node, sets->office |
					     sets->organ | sets->members))
		node->who = carried;
}

/* "the country's accession", "its membership" */
static void resolve_owner(struct frame *frame, struct node *node)
{
	const struct sets *sets = frame->sets;
	struct story *story = frame->story;

	if (node->owner.count > 0)
		return;
	for (int i = node->first; i <= node->last; i++) {
		const struct token *next = i < node->last ?
			frame_token(frame, i + 1) : NULL;
		const struct learned *known;

		if (frame_has(frame, i, sets->its)) {
			carry(&node->owner, &story->subject);
			return;
		}
		if (!next || !token_is(next, "'s"))
			continue;
		if (frame_has(frame, i, sets->country))
			carry(&node->owner, &story->state);
		else if (frame_has(frame, i, sets->bloc))
			carry(&node->owner, &story->alliance);
		for (int k = 0; k < story->names_count; k++) {
			known = &story->names[k];
			if (strcmp(known->name, frame_token(frame, i)->text) == 0)
				parties_add(&node->owner, known->party);
		}
	}
}

/* Is the group at the subject of the next finite verb? */
static bool is_subject_place(const struct frame *frame, int at)
{
	for (int i = at + 1; i < frame->count; i++)
		if (frame->nodes[i].kind == NODE_VERB)
			return clause_subject(frame, i) == at;
	return false;
}

/* Whoever does something is what "it" and "its" mean behind that. */
static void note_subject(struct frame *frame, int v)
{
	int at;

	if (frame->nodes[v].infinitive || frame->nodes[v].gerund)
		return;
	at = clause_subject(frame, v);
	if (at >= 0 && frame->nodes[at].who.count > 0)
		frame->story->subject = frame->nodes[at].who;
}

static bool subject_is_alliance(const struct frame *frame)
{
	return frame->story->subject.count > 0 &&
	       frame->story->subject.items[0].alliance;
}

/* As an object "it" may be the subject ("to suspend it") or the alliance ("to leave
 * it"): a rule's place takes the kind that it wants. */
static void resolve_pronoun(struct frame *frame, struct node *node, bool subject)
{
	if (!node->pronoun)
		return;
	if (node->person) {
		carry(&node->who, &frame->story->person);
		return;
	}
	carry(&node->who, &frame->story->subject);
	if (subject && subject_is_alliance(frame)) {
		struct parties state;

		carry(&state, &frame->story->state);
		parties_join(&node->who, &state);
	} else if (!subject && !subject_is_alliance(frame)) {
		struct parties alliance;

		carry(&alliance, &frame->story->alliance);
		parties_join(&node->who, &alliance);
	}
}

/* ---- what the story speaks of now ----------------------------------------- */

static void note_last(struct parties *last, const struct parties *seen,
		      bool alliance)
{
	struct parties some = *seen;

	keep_kind(&some, alliance);
	if (some.count > 0)
		*last = some;
}

static void note_states(struct story *story, const struct node *node)
{
	const struct parties *all[] = { &node->about, &node->who };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct parties some = *all[i];

		keep_kind(&some, false);
		if (some.count > 1)
			story->states = some;
	}
}

/* "in Abuja, Nigeria": where something happens is not what the story is about. */
static bool is_where(const struct frame *frame, const struct node *node)
{
	const struct node *before = node - 1;

	if (node == frame->nodes)
		return false;
	if (before->kind == NODE_COMMA && before - 1 > frame->nodes)
		before -= 2; /* behind the town */
	return before->kind == NODE_PREP && frame->story->state.count > 0 &&
	       (frame_word_is(frame, before, "in") ||
		frame_word_is(frame, before, "at"));
}

static void note_group(struct frame *frame, const struct node *node)
{
	struct story *story = frame->story;

	if (!is_where(frame, node)) {
		note_last(&story->state, &node->about, false);
		note_last(&story->state, &node->owner, false);
		note_last(&story->state, &node->who, false);
	}
	note_states(story, node);
	note_last(&story->alliance, &node->about, true);
	note_last(&story->alliance, &node->who, true);
	for (int i = node->first; i <= node->last; i++)
		if (frame_token(frame, i)->name &&
		    (frame_token(frame, i)->name->kind == NAME_ALLIANCE ||
		     frame_token(frame, i)->name->kind == NAME_TREATY))
			story->alliance_seen = frame->sentence->index;
	if (node->person && node->who.count > 0)
		story->person = node->who;
}

void frame_resolve(struct frame *frame)
{
	for (int i = 0; i < frame->count; i++) {
		struct node *node = &frame->nodes[i];

		if (node->kind == NODE_VERB)
			note_subject(frame, i);
		if (node->kind != NODE_GROUP)
			continue;
		resolve_pronoun(frame, node, is_subject_place(frame, i));
		resolve_of(frame, node);
		resolve_title(frame, node);
		resolve_owner(frame, node);
		note_group(frame, node);
	}
}
