/*
 * match.h - the rules on one sentence: which fire, with which parties.
 */
#ifndef NEWS_MATCH_H
#define NEWS_MATCH_H

#include "news/frame/mood.h"
#include "news/rules/rules.h"

enum { FINDINGS_MAX = 48 };

/* What a rule found: one event for each actor (and each target). */
struct finding {
	const struct rule *rule;
	const char *type;      /* of the rule, or what its mood makes of it */
	const char *modality;  /* of the contract; never NULL */
	int trigger;           /* node */
	struct parties actor, alliance, target, object;
	struct mood mood;
	bool firm; /* only the rule makes it less than a fact */
	bool only_future; /* an event only where a day to come is named */
	int score;
};

struct findings {
	struct finding items[FINDINGS_MAX];
	int count;
};

/* Tells why a rule did not fire; NULL where nobody asks. */
struct teller {
	void (*tell)(void *arg, const char *rule, const char *word,
		     const char *why);
	void *arg;
};

void match_rules(const struct frame *frame, const struct rules *rules,
		 bool all_types, const struct teller *teller,
		 struct findings *out);

/* Fills slot parties; false where nobody stands in any place of slots.
 * (slots.c) */
struct place {
	const struct frame *frame;
	const struct rule *rule;
	int trigger;
	bool passive; /* read the verb as a passive */
};
bool slots_fill(const struct place *place, const struct slots *slots,
		struct parties *out);
int slots_object(const struct place *place);  /* the object's node, or NONE */
int slots_subject(const struct place *place);

/* The word of a node that rules look at, whether it is one of a rule's, and what of
 * the rule's conditions is not met there, NULL for nothing.  (conditions.c) */
const struct token *match_word(const struct frame *frame, int at);
bool match_trigger(const struct frame *frame, int at, const struct rule *rule);
const char *match_unmet(const struct place *place);

#endif
