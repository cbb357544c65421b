/*
 * frame.c - helpers of the frame, and the sets of words that its parts name.
 */
#include "news/frame/frame.h"

#include "news/rules/lines.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct wanted {
	const char *name;
	size_t at;
};

static const struct wanted wanted_words[] = {
	{ "det", offsetof(struct sets, det) },
	{ "prep", offsetof(struct sets, prep) },
	{ "and", offsetof(struct sets, and) },
	{ "but", offsetof(struct sets, but) },
	{ "sub", offsetof(struct sets, sub) },
	{ "if", offsetof(struct sets, sub_if) },
	{ "rel", offsetof(struct sets, rel) },
	{ "that", offsetof(struct sets, that) },
	{ "modal", offsetof(struct sets, modal) },
	{ "will", offsetof(struct sets, will) },
	{ "be", offsetof(struct sets, be) },
	{ "have", offsetof(struct sets, have) },
	{ "do", offsetof(struct sets, to_do) },
	{ "neg", offsetof(struct sets, neg) },
	{ "adv", offsetof(struct sets, adv) },
	{ "reportedly", offsetof(struct sets, reportedly) },
	{ "to", offsetof(struct sets, to) },
	{ "it", offsetof(struct sets, it) },
	{ "person", offsetof(struct sets, person) },
	{ "its", offsetof(struct sets, its) },
	{ "we", offsetof(struct sets, we) },
	{ "office", offsetof(struct sets, office) },
	{ "organ", offsetof(struct sets, organ) },
	{ "force", offsetof(struct sets, force) },
	{ "former", offsetof(struct sets, former) },
	{ "country", offsetof(struct sets, country) },
	{ "bloc", offsetof(struct sets, bloc) },
	{ "members", offsetof(struct sets, members) },
	{ "people", offsetof(struct sets, people) },
	{ "ingnoun", offsetof(struct sets, ingnoun) },
	{ "ready", offsetof(struct sets, ready) },
	{ "unready", offsetof(struct sets, unready) },
	{ "prospect", offsetof(struct sets, prospect) },
	{ "decision", offsetof(struct sets, decision) },
	{ "refusal", offsetof(struct sets, refusal) },
	{ "ordinal", offsetof(struct sets, ordinal) },
	{ "according", offsetof(struct sets, according) },
	{ "then", offsetof(struct sets, then) },
	{ "intent", offsetof(struct sets, intent) },
	{ "measure", offsetof(struct sets, measure) },
	{ "truth", offsetof(struct sets, truth) },
	{ "respectively", offsetof(struct sets, respectively) },
	{ "joint", offsetof(struct sets, joint) },
	{ "falsehood", offsetof(struct sets, falsehood) },
	{ "rumour", offsetof(struct sets, rumour) },
	{ "also_prep", offsetof(struct sets, also_prep) },
	{ "both", offsetof(struct sets, both) },
	{ "blocword", offsetof(struct sets, blocword) },
	{ "apposed", offsetof(struct sets, apposed) },
};

static const struct wanted wanted_verbs[] = {
	{ "say", offsetof(struct sets, say) },
	{ "claim", offsetof(struct sets, claim) },
	{ "accuse", offsetof(struct sets, accuse) },
	{ "announce", offsetof(struct sets, announce) },
	{ "commit", offsetof(struct sets, commit) },
	{ "plan", offsetof(struct sets, plan) },
	{ "ask", offsetof(struct sets, ask) },
	{ "negate", offsetof(struct sets, negate) },
	{ "deny", offsetof(struct sets, deny) },
	{ "end", offsetof(struct sets, end) },
	{ "prepverb", offsetof(struct sets, prepverb) },
	{ "weigh", offsetof(struct sets, weigh) },
};

static int take_sets(struct sets *sets, const struct wanted *wanted, size_t count,
		     word_sets (*find)(const struct words *, const char *),
		     const struct words *words, struct ent_error *err)
{
	for (size_t i = 0; i < count; i++) {
		word_sets set = find(words, wanted[i].name);

		if (!set)
			return ent_error_set(err, ENT_ECORRUPT, "no set \"%s\" "
					     "in words.tsv or verbs.tsv",
					     wanted[i].name);
		memcpy((char *)sets + wanted[i].at, &set, sizeof(set));
	}
	return ENT_OK;
}

int sets_open(struct sets *sets, const struct words *words, struct ent_error *err)
{
	int rc = take_sets(sets, wanted_words, COUNT_OF(wanted_words), words_set,
			   words, err);

	if (rc == ENT_OK)
		rc = take_sets(sets, wanted_verbs, COUNT_OF(wanted_verbs),
			       words_verb_set, words, err);
	return rc;
}

void frame_build(struct frame *frame, const struct sentence *sentence,
		 const struct sets *sets, struct story *story)
{
	frame->sentence = sentence;
	frame->sets = sets;
	frame->story = story;
	frame->count = 0;
	frame->full = false;
	frame_cut(frame);
	frame_join(frame);
	frame_resolve(frame);
}

const struct token *frame_token(const struct frame *frame, int at)
{
	return &frame->sentence->tokens[at];
}

bool frame_has(const struct frame *frame, int at, word_sets sets)
{
	return at >= 0 && !frame_token(frame, at)->in_name &&
	       token_has(frame_token(frame, at), sets);
}

bool frame_word_is(const struct frame *frame, const struct node *node,
		   const char *lower)
{
	return token_is(frame_token(frame, node->first), lower);
}

/* Also what ends in -ly and is no word that is known otherwise. */
bool frame_is_adverb(const struct frame *frame, int at)
{
	const struct token *token = frame_token(frame, at);
	size_t len = strlen(token->lower);

	if (token->in_name)
		return false;
	if (token_has(token, frame->sets->adv))
		return true;
	if (token_is(token, "once") && at + 1 < frame->sentence->count)
		return token_is(token + 1, "again") || token_is(token + 1, "more");
	return !token->word && !token->capital && len > 5 &&
	       strcmp(token->lower + len - 2, "ly") == 0;
}

/* Adverbs and what is hidden do not count as neighbours. */
static bool is_visible(const struct frame *frame, int at)
{
	return !frame_token(frame, at)->hidden && !frame_is_adverb(frame, at);
}

int frame_before(const struct frame *frame, int at)
{
	while (--at >= 0)
		if (is_visible(frame, at))
			return at;
	return NONE;
}

int frame_behind(const struct frame *frame, int at)
{
	while (++at < frame->sentence->count)
		if (is_visible(frame, at))
			return at;
	return NONE;
}

bool node_is(const struct frame *frame, int at, enum node_kind kind)
{
	return at >= 0 && at < frame->count && frame->nodes[at].kind == kind;
}

bool node_is_finite(const struct frame *frame, int at)
{
	return node_is(frame, at, NODE_VERB) && !frame->nodes[at].infinitive &&
	       !frame->nodes[at].gerund;
}

bool node_has(const struct frame *frame, const struct node *node,
	      word_sets sets)
{
	for (int i = node->first; i <= node->last; i++)
		if (frame_has(frame, i, sets))
			return true;
	return false;
}

bool node_on(const struct frame *frame, const struct node *node,
	     const struct topics *topics)
{
	for (int i = node->first; i <= node->last; i++)
		if (token_on(frame_token(frame, i), topics))
			return true;
	return false;
}

word_sets frame_verb_sets(const struct frame *frame, int v)
{
	const struct node *node = &frame->nodes[v];
	const struct word *word = frame_token(frame, node->main)->word;
	const struct word *whole;
	char text[64];

	if (!word)
		return 0;
	if (node->particle < 0 || !word->lemma)
		return word->verb;
	snprintf(text, sizeof(text), "%s_%s", word->lemma,
		 frame_token(frame, node->particle)->lower);
	whole = words_find(frame->story->words, text);
	return whole ? whole->verb : word->verb;
}

bool verb_has(const struct frame *frame, int v, word_sets sets)
{
	return node_is(frame, v, NODE_VERB) &&
	       (frame_verb_sets(frame, v) & sets) != 0;
}

bool parties_add(struct parties *parties, struct party party)
{
	for (int i = 0; i < parties->count; i++)
		if (strcmp(parties->items[i].code, party.code) == 0)
			return false;
	if (parties->count == PARTIES_MAX)
		return false;
	parties->items[parties->count++] = party;
	return true;
}

void parties_join(struct parties *to, const struct parties *from)
{
	for (int i = 0; i < from->count; i++)
		parties_add(to, from->items[i]);
}

bool parties_meet(const struct parties *a, const struct parties *b)
{
	for (int i = 0; i < a->count; i++)
		for (int k = 0; k < b->count; k++)
			if (strcmp(a->items[i].code, b->items[k].code) == 0)
				return true;
	return false;
}

void frame_remove(struct frame *frame, int at, int count)
{
	memmove(&frame->nodes[at], &frame->nodes[at + count],
		(size_t)(frame->count - at - count) * sizeof(frame->nodes[0]));
	frame->count -= count;
}
