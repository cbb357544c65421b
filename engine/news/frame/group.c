/*
 * group.c - whom a group of words names: "Kazakh President Kassym-Jomart Tokayev",
 * "Turkey's Grand National Assembly", "EU leaders", "CSTO member Kyrgyzstan".
 *
 * A group acts for a state when it is its name, or when it is an office or an organ
 * of it; not when it is a company, a party or a person of that nation.
 */
#include "news/frame/frame.h"

#include <string.h>

static struct party party_of(const struct frame *frame, const struct token *token,
			     const struct name *name)
{
	return (struct party){
		.code = name->code,
		.word = (int)(token - frame->sentence->tokens),
		.alliance = name->kind == NAME_ALLIANCE ||
			    name->kind == NAME_TREATY ||
			    (name->kind == NAME_PERSON &&
			     lexicon_is_alliance(frame->story->lexicon,
						 name->code)),
		.capital = name->kind == NAME_CAPITAL
	};
}

static bool names_party(const struct name *name)
{
	return name && name->code[0] && name->kind != NAME_STOP;
}

/* The last word that makes the group an office, an organ, members ...; NONE. */
static int office_at(const struct frame *frame, const struct node *node)
{
	const struct sets *sets = frame->sets;

	for (int i = node->last; i >= node->first; i--)
		if (frame_has(frame, i, sets->office | sets->organ | sets->force))
			return i;
	return NONE;
}

/* Only names of persons behind `at`: "President Kassym-Jomart Tokayev". */
static bool only_names_behind(const struct frame *frame, const struct node *node,
			      int at)
{
	for (int i = at + 1; i <= node->last; i++) {
		const struct token *token = frame_token(frame, i);

		if (token->hidden || token_is(token, "'s") ||
		    token_is(token, "al") || token_is(token, "de") ||
		    token_is(token, "von") || token_is(token, "van") ||
		    token_is(token, "der") || token_is(token, "el") ||
		    strncmp(token->lower, "al-", 3) == 0)
			continue;
		if (!token->capital && !frame_has(frame, i, frame->sets->office |
						  frame->sets->organ |
						  frame->sets->members))
			return false;
	}
	return true;
}

/* The name that ends at or in front of word `at` and begins in the group. */
static const struct token *name_before(const struct frame *frame,
				       const struct node *node, int at)
{
	for (int i = at; i >= node->first; i--)
		if (names_party(frame_token(frame, i)->name))
			return frame_token(frame, i);
	return NULL;
}

/* The name whose last word is the group's last. */
static const struct token *name_at_end(const struct frame *frame,
				       const struct node *node)
{
	for (int i = node->first; i <= node->head; i++) {
		const struct token *token = frame_token(frame, i);

		if (token->name && i + (int)token->name_len - 1 == node->head)
			return names_party(token->name) ? token : NULL;
	}
	return NULL;
}

/* ---- persons -------------------------------------------------------------- */

static const struct learned *find_person(const struct frame *frame, int at)
{
	const char *text = frame_token(frame, at)->text;

	for (int i = frame->story->names_count - 1; i >= 0; i--)
		if (strcmp(frame->story->names[i].name, text) == 0)
			return &frame->story->names[i];
	return NULL;
}

static struct learned *learned_name(struct story *story, const char *name)
{
	for (int i = 0; i < story->names_count; i++)
		if (strcmp(story->names[i].name, name) == 0)
			return &story->names[i];
	return NULL;
}

static void story_learn(struct story *story, const char *name, struct party party)
{
	struct learned *known = learned_name(story, name);

	party.carried = true;
	party.capital = false;
	if (known) {
		known->party = party;
		return;
	}
	if (story->names_count == NAMES_MAX)
		return;
	known = &story->names[story->names_count];
	*known = (struct learned){ arena_text(story->arena, name, strlen(name)),
				   party };
	if (known->name)
		story->names_count++;
	else
		story->failed = true;
}

/* Learn the last name behind an office: "Pashinyan" acts for ARM from now on. */
void group_learn(struct frame *frame, const struct node *node, int office,
		 struct party party)
{
	const struct token *token = frame_token(frame, node->head);

	if (node->head > office && token->capital && !token->in_name &&
	    strlen(token->text) > 2 && !token->word)
		story_learn(frame->story, token->text, party);
}

static bool name_known_person(struct frame *frame, struct node *node)
{
	const struct learned *known = find_person(frame, node->head);

	if (!known)
		return false;
	node->who.count = 0;
	parties_add(&node->who, known->party);
	node->person = true;
	return true;
}

/* ---- the group ------------------------------------------------------------ */

/* "Armenia's": the last name with 's is the owner. */
static void find_owner(const struct frame *frame, struct node *node)
{
	for (int i = node->first; i < node->last; i++) {
		const struct token *token = frame_token(frame, i);
		int behind = i + (int)token->name_len;

		if (!names_party(token->name) || behind > node->last ||
		    token->name->kind == NAME_ADJECTIVE)
			continue;
		if (token_is(frame_token(frame, behind), "'s") ||
		    token_is(frame_token(frame, behind), "'"))
			parties_add(&node->owner, party_of(frame, token, token->name));
	}
}

static void find_about(const struct frame *frame, struct node *node)
{
	for (int i = node->first; i <= node->last; i++) {
		const struct token *token = frame_token(frame, i);

		if (names_party(token->name))
			parties_add(&node->about, party_of(frame, token, token->name));
		if (names_party(token->led_by))
			parties_add(&node->about, party_of(frame, token, token->led_by));
	}
}

/* Singular heads that are one of many: "a member", "a candidate". */
static bool is_collective(const struct frame *frame, int at)
{
	return frame_has(frame, at, frame->sets->members);
}

static bool is_former(const struct frame *frame, const struct node *node)
{
	return node_has(frame, node, frame->sets->former);
}

/* An office or organ with the state or alliance that it belongs to. */
static bool name_office(struct frame *frame, struct node *node)
{
	int office = office_at(frame, node);
	const struct token *name;

	if (office < 0)
		office = is_collective(frame, node->head) ? node->head : NONE;
	if (office < 0 || !only_names_behind(frame, node, office) ||
	    is_former(frame, node))
		return false;
	name = name_before(frame, node, office);
	if (!name)
		return false;
	parties_add(&node->who, party_of(frame, name, name->name));
	node->person = frame_has(frame, office, frame->sets->office);
	node->who.items[0].capital = false;
	group_learn(frame, node, office, node->who.items[0]);
	return true;
}

/* Adjectives name nobody by themselves, but for the coordination of two:
 * "Lithuanian and Polish presidents". */
static bool name_itself(struct frame *frame, struct node *node)
{
	const struct token *name = name_at_end(frame, node);

	if (!name || name->name->kind == NAME_ADJECTIVE)
		return false;
	if (token_is(frame_token(frame, node->last), "'s"))
		return true; /* "Armenia's": an owner of what is not said */
	parties_add(&node->who, party_of(frame, name, name->name));
	node->place = name->name->kind == NAME_CAPITAL;
	node->person = name->name->kind == NAME_PERSON;
	return true;
}

static bool is_pronoun(const struct frame *frame, struct node *node)
{
	const struct sets *sets = frame->sets;

	if (node->first != node->last)
		return false;
	node->person = frame_has(frame, node->first, sets->person);
	return node->person || frame_has(frame, node->first, sets->it);
}

void group_name(struct frame *frame, struct node *node)
{
	node->pronoun = is_pronoun(frame, node);
	if (node->pronoun)
		return;
	find_owner(frame, node);
	find_about(frame, node);
	if (!name_office(frame, node) && !name_itself(frame, node))
		name_known_person(frame, node);
	/* what it names itself is not beside it */
	for (int i = 0; i < node->who.count; i++)
		for (int k = 0; k < node->about.count; k++)
			if (strcmp(node->about.items[k].code,
				   node->who.items[i].code) == 0) {
				memmove(&node->about.items[k],
					&node->about.items[k + 1],
					(size_t)(node->about.count - k - 1) *
						sizeof(node->about.items[0]));
				node->about.count--;
				break;
			}
}
