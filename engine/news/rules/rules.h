/*
 * rules.h - the rules: which words tell of which event, and where its parties stand.
 *
 * The data is rules/rules.tsv, whose head describes its form.
 */
#ifndef NEWS_RULES_H
#define NEWS_RULES_H

#include "news/rules/words.h"

enum { RULE_LEMMAS_MAX = 24, RULE_SLOTS_MAX = 10, RULE_YIELDS_MAX = 14 };

/* Where in the sentence a party stands. */
enum slot_place {
	SLOT_SUBJECT, /* who does it (of a passive: behind "by") */
	SLOT_OBJECT,  /* to whom it is done (of a passive: the subject) */
	SLOT_PREP,    /* behind a preposition, right of the trigger */
	SLOT_OWNER,   /* "Armenia's ...", "its ..."; "Armenian ..." */
	SLOT_NAMED,   /* a name within the object (or the noun's own group) */
	SLOT_CONTEXT, /* the alliance that the story spoke of last */
	SLOT_OBJECT_OWNER, /* whose the object is: "freezes its membership" */
	SLOT_MAIN,    /* who does what the main verb says */
	SLOT_SPEAKER, /* who says so: "the Armenians stated that" */
	SLOT_OTHER    /* the nearest other party, right of the trigger */
};

enum slot_kind { SLOT_STATE, SLOT_ALLIANCE, SLOT_ANY };

struct slot {
	enum slot_place place;
	enum slot_kind kind;
	char prep[12]; /* of SLOT_PREP */
};

struct slots {
	struct slot items[RULE_SLOTS_MAX];
	int count;
	bool optional; /* the event stands without it */
};

struct lemmas {
	struct lemma {
		const char *text;     /* of a verb: as words_find() lends it */
		const char *particle; /* "out" of "pull_out", or NULL */
	} items[RULE_LEMMAS_MAX];
	int count;
};

enum rule_polarity {
	POLARITY_PLAIN,   /* negation turns the event into a denied one */
	POLARITY_NEGATED, /* the event is that it is not done: "did not send" */
	POLARITY_ANY      /* negation plays no part */
};

struct rule {
	const char *id;
	const char *type;
	struct lemmas lemmas;
	bool noun;             /* lemmas are the main words of groups */
	struct slots actor, alliance, target, object;
	struct topics with;    /* the object (or a group behind a preposition) has
	                        * one of these words, where there are some */
	struct topics without; /* and none of these */
	struct topics subject; /* the subject has one of these */
	struct topics beside;  /* the sentence has one of these */
	struct topics not_beside;
	struct lemmas under;   /* the verb that governs the noun */
	struct lemmas not_under;
	const char *yields[RULE_YIELDS_MAX]; /* types beside which it is not told */
	int yields_count;
	enum rule_polarity polarity;
	const char *modality;  /* that it has at best, or NULL */
	bool named_after;      /* the group behind is the new name: data.name */
	bool bare;             /* only of a verb that has no object */
	bool not_doing;        /* not "in" and a verb behind the object */
	bool since;            /* only where it says since when */
	bool direct;           /* with= is of the object alone */
	bool dated_fact;       /* possible at best, but a fact with a past date */
	bool active_only;      /* only of what is no passive */
	bool passive_only;     /* only of a passive */
	bool symmetric;        /* parties may be swapped: one event for each pair */
	bool announced;        /* of a withdrawal: what is decided or announced is
	                        * told as a fact, member.announced_withdrawal */
	bool disputed;         /* said by another it is that one's claim */
	bool all_types;        /* only where all types are asked for */
	int score;             /* 0 to 1000 */
};

struct rules {
	struct arena arena;
	struct rule *items;
	size_t count, room;
};

/* ENT_ECORRUPT  a line breaks the form; the message names it */
int rules_open(struct rules *rules, const struct words *words,
	       struct ent_error *err);
/* Add the rules of text, as those of rules.tsv. */
int rules_read(struct rules *rules, const struct words *words, const char *text,
	       size_t len, struct ent_error *err);
void rules_close(struct rules *rules);

#endif
