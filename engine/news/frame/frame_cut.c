/*
 * frame_cut.c - from words to a row of groups, verbs and what ties them.
 */
#include "news/frame/frame.h"

#include <string.h>

/* "that" joins a clause behind a verb of saying, and else stands for a noun; in
 * front of a noun it only points. */
static enum node_kind that_kind(const struct frame *frame, int at)
{
	const struct sets *sets = frame->sets;
	int before = frame_before(frame, at);
	const struct token *token = before >= 0 ? frame_token(frame, before) : NULL;

	if (!token)
		return NODE_SUB;
	if (token->word && token->word->forms)
		return NODE_SUB;
	return token_has(token, sets->prep) ? NODE_GROUP : NODE_REL;
}

/* "take the country out of the bloc": one preposition of two words. */
static bool is_out_of(const struct frame *frame, int at)
{
	return token_is(frame_token(frame, at), "out") &&
	       at + 1 < frame->sentence->count &&
	       token_is(frame_token(frame, at + 1), "of");
}

/* What a word that ties groups is; NODE_GROUP where it is none. */
static enum node_kind tie_kind(const struct frame *frame, int at)
{
	const struct sets *sets = frame->sets;
	const struct token *token = frame_token(frame, at);

	if (token->in_name)
		return NODE_GROUP;
	if (token_is(token, ","))
		return NODE_COMMA;
	if (token_is(token, ";") || token_is(token, ":") ||
	    strncmp(token->lower, "\xE2\x80\x93", 3) == 0 ||
	    strncmp(token->lower, "\xE2\x80\x94", 3) == 0 ||
	    token_is(token, "-"))
		return NODE_BREAK;
	if (frame_has(frame, at, sets->that))
		return that_kind(frame, at);
	if (frame_has(frame, at, sets->rel))
		return NODE_REL;
	if (frame_has(frame, at, sets->and | sets->but))
		return NODE_AND;
	if (frame_has(frame, at, sets->sub))
		return NODE_SUB;
	if (frame_has(frame, at, sets->prep) || is_out_of(frame, at))
		return NODE_PREP;
	return NODE_GROUP;
}

static bool is_ignored(const struct frame *frame, int at)
{
	const struct token *token = frame_token(frame, at);
	char c = token->lower[0];

	if (token->hidden)
		return true;
	if (token->in_name)
		return false;
	if (frame_is_adverb(frame, at))
		return true;
	/* what is left of a date: "next week's" */
	if (token_is(token, "'s"))
		return at > 0 && frame_token(frame, at - 1)->hidden;
	return strchr(".!?/()|*", c) != NULL || strncmp(token->lower, "\xE2\x80\xA6", 3) == 0;
}

/* A determiner begins a group of its own: "gave Armenia | the chair". */
static bool begins_another(const struct frame *frame, int first, int at)
{
	const struct sets *sets = frame->sets;
	int before = frame_before(frame, at);

	if (before < first || before < 0)
		return false;
	if (frame_has(frame, before, sets->det | sets->prep))
		return false;
	if (frame_token(frame, before)->in_name &&
	    (frame_token(frame, at)->number || frame_has(frame, at, sets->both)))
		return true; /* "lend Greece | 110 billion euros" */
	return frame_has(frame, at, sets->det | sets->its | sets->it | sets->person) ||
	       (frame_token(frame, at)->name &&
		token_is(frame_token(frame, at), "the"));
}

/* Nothing that belongs to the name follows: not "a full Mercosur member". */
static bool ends_group(const struct frame *frame, int at)
{
	const struct token *token;

	if (at >= frame->sentence->count)
		return true;
	token = frame_token(frame, at);
	return token->hidden || token->lower[0] < 'a' || token->lower[0] > 'z' ||
	       tie_kind(frame, at) != NODE_GROUP || frame_is_adverb(frame, at) ||
	       (token->word && token->word->forms) ||
	       token_has(token, frame->sets->be | frame->sets->have |
			 frame->sets->modal | frame->sets->to_do);
}

/* "for the first time in its history NATO": a name behind a common noun is a group
 * of its own, but for "ally Japan" and "President Putin". */
static bool begins_name(const struct frame *frame, int first, int at)
{
	const struct sets *sets = frame->sets;
	const struct token *token = frame_token(frame, at), *before;

	if (at <= first || !token->name || token->name->kind == NAME_ADJECTIVE ||
	    token->name->kind == NAME_STOP)
		return false;
	before = frame_token(frame, at - 1);
	return ends_group(frame, at + (int)token->name_len) &&
	       !before->hidden && !before->in_name && !before->capital &&
	       !before->number && before->lower[0] >= 'a' &&
	       !token_has(before, sets->det | sets->its | sets->office |
			  sets->organ | sets->apposed | sets->and | sets->adv) &&
	       token_has(frame_token(frame, first), sets->det | sets->its);
}

static void read_group(struct frame *frame, int at, struct node *out)
{
	struct node verb;
	int i = at;

	*out = (struct node){ .kind = NODE_GROUP, .first = at, .last = at,
			      .head = at, .main = NONE, .particle = NONE };
	for (; i < frame->sentence->count; i++) {
		if (is_ignored(frame, i))
			continue;
		if (i > at && (tie_kind(frame, i) != NODE_GROUP ||
			       begins_another(frame, at, i) ||
			       begins_name(frame, at, i) ||
			       verb_read(frame, i, &verb) > 0))
			break;
		out->last = i;
	}
	out->head = out->last;
	if (token_is(frame_token(frame, out->last), "'s") && out->last > at)
		out->head = out->last - 1;
}

static void add_node(struct frame *frame, const struct node *node)
{
	if (frame->count < NODES_MAX)
		frame->nodes[frame->count++] = *node;
	else
		frame->full = true;
}

/* "2022 Russian invasion of Ukraine: ...": what a digest puts in front tells of no
 * event and of nobody who acts. */
static void drop_heading(struct frame *frame)
{
	for (int i = 0; i < frame->count; i++) {
		if (frame->nodes[i].kind == NODE_VERB)
			return;
		if (frame->nodes[i].kind != NODE_BREAK)
			continue;
		if (frame_word_is(frame, &frame->nodes[i], ":"))
			frame_remove(frame, 0, i + 1);
		return;
	}
}

/* "after the coup", "as a member": without a verb behind it a conjunction is a
 * preposition. */
static void settle_conjunctions(struct frame *frame)
{
	for (int i = 0; i + 1 < frame->count; i++) {
		int k = i + 1;

		if (frame->nodes[i].kind != NODE_SUB ||
		    !frame_has(frame, frame->nodes[i].first, frame->sets->also_prep) ||
		    frame->nodes[k].kind != NODE_GROUP)
			continue;
		while (k < frame->count && (frame->nodes[k].kind == NODE_GROUP ||
					    frame->nodes[k].kind == NODE_PREP ||
					    frame->nodes[k].kind == NODE_AND))
			k++;
		if (k == frame->count || frame->nodes[k].kind != NODE_VERB)
			frame->nodes[i].kind = NODE_PREP;
	}
}

void frame_cut(struct frame *frame)
{
	struct node node;
	int i = 0;

	while (i < frame->sentence->count) {
		enum node_kind kind;

		if (is_ignored(frame, i) && !frame_has(frame, i, frame->sets->neg)) {
			i++;
			continue;
		}
		if (verb_read(frame, i, &node) > 0) {
			add_node(frame, &node);
			i = node.last + 1;
			continue;
		}
		kind = tie_kind(frame, i);
		if (kind == NODE_GROUP) {
			read_group(frame, i, &node);
			group_name(frame, &node);
		} else {
			node = (struct node){ .kind = kind, .first = i,
					      .last = i + is_out_of(frame, i),
					      .main = NONE, .particle = NONE,
					      .head = NONE };
		}
		add_node(frame, &node);
		i = node.last + 1;
	}
	drop_heading(frame);
	settle_conjunctions(frame);
}
