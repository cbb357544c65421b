/*
 * frame.h - a sentence as a row of groups: who and what, verbs, and what ties them.
 *
 * No parser: a verb takes what stands nearest to it where English puts subject,
 * object and prepositions.  That is right for most of what news agencies write, and
 * a hundred times faster than a parse.
 */
#ifndef NEWS_FRAME_H
#define NEWS_FRAME_H

#include "news/frame/sentence.h"

enum { PARTIES_MAX = 16, NODES_MAX = 200, NAMES_MAX = 64 };

/* A state or an alliance that a group names. */
struct party {
	const char *code;
	int word;      /* that names it; of this sentence where it is not carried */
	bool alliance;
	bool capital;  /* named by its capital: an actor only as a subject */
	bool carried;  /* by a pronoun, a title or an earlier sentence */
};

struct parties {
	struct party items[PARTIES_MAX];
	int count;
};

enum node_kind {
	NODE_GROUP,
	NODE_VERB,
	NODE_PREP,
	NODE_COMMA,
	NODE_AND,   /* and, or, but */
	NODE_SUB,   /* after, because, if, that ... */
	NODE_REL,   /* who, which, that */
	NODE_BREAK  /* a dash, a colon, a semicolon */
};

struct node {
	enum node_kind kind;
	int first, last;       /* words of the sentence */

	/* of a group */
	int head;              /* its main word */
	struct parties who;    /* for whom it acts: itself, its government ... */
	struct parties about;  /* names in it beside those */
	struct parties owner;  /* whose it is: "Armenia's", "its" */
	struct parties of;     /* "the accession of Finland" */
	bool person;
	bool pronoun;
	bool place;            /* only the name of a place: "Brussels" */

	/* of a verb */
	int main;              /* the word that says what is done */
	int particle;          /* "out" of "pull out", or -1 */
	bool passive, negative, perfect, past;
	bool will, would;      /* will; would, could, may ... */
	bool reported_will;    /* "would", which after "said" is will */
	bool progressive;      /* "is leaving" */
	bool infinitive, gerund, participle; /* without a subject of its own */
	bool reportedly;
};

/* What a story has named so far. */
struct story {
	const struct lexicon *lexicon;
	const struct words *words;
	struct arena *arena;
	struct parties subject;   /* of the last verb that had one */
	struct parties state;     /* the last state or states */
	struct parties states;    /* the last list of states */
	struct parties alliance;
	struct parties person;    /* for whom the last person acts */
	size_t alliance_seen;     /* the sentence that named it */
	struct learned {
		const char *name; /* "Pashinyan" */
		struct party party;
	} names[NAMES_MAX];
	int names_count;
	bool failed; /* there was no memory for a name */
};

struct sets {
	word_sets det, prep, and, but, sub, sub_if, rel, that, modal, will,
		be, have, to_do, neg, adv, reportedly, to, it, person, its,
		we, office, organ, force, former, country, bloc, members, people,
		ingnoun, ready, unready, prospect, decision,
		refusal, ordinal, according, then, intent, measure, also_prep, rumour,
		falsehood, truth, joint, respectively, apposed, blocword, both;
	/* of verbs.tsv */
	word_sets say, claim, accuse, announce, commit, plan, ask, negate, deny,
		end, prepverb, weigh;
};

struct frame {
	const struct sentence *sentence;
	const struct sets *sets;
	struct story *story;
	struct node nodes[NODES_MAX];
	int count;
	bool full; /* the sentence has more than NODES_MAX: it is not read */
};

/* The sets that the code names; ENT_ECORRUPT where words.tsv lacks one. */
int sets_open(struct sets *sets, const struct words *words, struct ent_error *err);

/* Take the sentence apart.  Updates the story's names, subjects and so on. */
void frame_build(struct frame *frame, const struct sentence *sentence,
		 const struct sets *sets, struct story *story);

/* ---- pieces, in the order in which frame_build() uses them --------------- */

void frame_cut(struct frame *frame);                  /* frame_cut.c */
int verb_read(struct frame *frame, int at, struct node *out); /* verb.c: words
                                   * that it takes from at, 0 where no verb is */
void group_name(struct frame *frame, struct node *node);  /* group.c: whom it
                                                           * names */
/* From now on the person that node names by its last word, behind word office,
 * acts for party.  (group.c) */
void group_learn(struct frame *frame, const struct node *node, int office,
		 struct party party);
void frame_join(struct frame *frame);                 /* join.c: of, lists,
                                                       * appositions */
void frame_resolve(struct frame *frame);              /* resolve.c: it, the bloc */

enum { NONE = -1 }; /* no word, no node */

/* ---- words ----------------------------------------------------------------- */

const struct token *frame_token(const struct frame *frame, int at);
/* Is the word, which is part of no name, in one of the sets?  Of NONE false. */
bool frame_has(const struct frame *frame, int at, word_sets sets);
bool frame_is_adverb(const struct frame *frame, int at);
int frame_before(const struct frame *frame, int at); /* visible word, or NONE */
int frame_behind(const struct frame *frame, int at);

/* ---- nodes; of a place outside the row false ------------------------------- */

bool node_is(const struct frame *frame, int at, enum node_kind kind);
bool node_is_finite(const struct frame *frame, int at); /* a verb that is neither
                                                         * infinitive nor gerund */
bool verb_has(const struct frame *frame, int v, word_sets sets); /* of verbs.tsv */
/* The sets of the verb at node v: "turn down" has its own, not those of "turn". */
word_sets frame_verb_sets(const struct frame *frame, int v);

bool frame_word_is(const struct frame *frame, const struct node *node,
		   const char *lower); /* its first word */
bool node_has(const struct frame *frame, const struct node *node,
	      word_sets sets);         /* one of its words is in the sets */
bool node_on(const struct frame *frame, const struct node *node,
	     const struct topics *topics);
void frame_remove(struct frame *frame, int at, int count); /* nodes */

/* ---- parties ---------------------------------------------------------------- */

/* False where it is in the list, or the list is full. */
bool parties_add(struct parties *parties, struct party party);
void parties_join(struct parties *to, const struct parties *from);
bool parties_meet(const struct parties *a, const struct parties *b);

/* ---- what stands where: clause.c ----------------------------------------- */

/* The group that does what verb node v says (of a passive: suffers it); NONE. */
int clause_subject(const struct frame *frame, int v);
int clause_main_subject(const struct frame *frame); /* of the main clause */
int clause_object(const struct frame *frame, int v);
/* The group behind that preposition, behind node at; NONE. */
int clause_prep(const struct frame *frame, int at, const char *prep);
/* The verb or noun that an infinitive or gerund hangs on; NONE. */
int clause_matrix(const struct frame *frame, int v);
/* Is the infinitive all there is of a verb, as in "Mali to leave ECOWAS"? */
bool clause_is_headline(const struct frame *frame, int v);
/* The noun that an infinitive or gerund hangs on, where it is one of decisions, hopes
 * or refusals; NONE. */
int clause_hook(const struct frame *frame, int v);
/* The verb that a group belongs to: it is its object, or else its subject. */
int clause_verb_of(const struct frame *frame, int group);
/* The verb of saying whose content node at stands in; NONE. */
int clause_report(const struct frame *frame, int at);

#endif
