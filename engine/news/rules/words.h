/*
 * words.h - what the coder knows of English: sets of words, and the forms of verbs.
 *
 * The data are rules/words.tsv, topics.tsv and verbs.tsv, compiled in as text.
 */
#ifndef NEWS_WORDS_H
#define NEWS_WORDS_H

#include "ground/map.h"
#include "ground/mem.h"

/* One bit for each set of words.tsv or verbs.tsv; 0 = no such set. */
typedef uint64_t word_sets;

enum { TOPICS_MAX = 256 };

/* The same for topics.tsv, which has more. */
struct topics {
	uint64_t bits[TOPICS_MAX / 64];
};

enum verb_form {
	FORM_BASE = 1,
	FORM_S = 2,
	FORM_PAST = 4,
	FORM_PARTICIPLE = 8,
	FORM_ING = 16
};

struct word {
	const char *text;  /* lower case */
	word_sets sets;    /* of words.tsv */
	struct topics topics;
	const char *lemma; /* of the verb that it is a form of, or NULL */
	word_sets verb;    /* sets of that verb, of verbs.tsv: "say", "commit" ... */
	unsigned forms;
	bool noun;         /* this form is a noun as well: "plans", "vote" */
};

struct words {
	struct arena arena;
	struct map map; /* hash of the text -> index */
	struct word *items;
	size_t count, room;
	struct set_names {
		const char *names[TOPICS_MAX];
		size_t count;
	} sets, topics, verb_sets; /* of words.tsv, topics.tsv, verbs.tsv */
};

/* ENT_ECORRUPT  a line breaks its form; the message names file and line */
int words_open(struct words *words, struct ent_error *err);
/* Add the lines of text, as those of the file of that name: "words.tsv". */
int words_read(struct words *words, const char *name, const char *text,
	       size_t len, struct ent_error *err);
void words_close(struct words *words);

/* The bit of the set of that name, 0 where there is none. */
word_sets words_set(const struct words *words, const char *name);
/* Add the topic of that name; false where there is none. */
bool words_topic(const struct words *words, const char *name, struct topics *out);
bool topics_meet(const struct topics *a, const struct topics *b);
bool topics_any(const struct topics *topics); /* is there one? */
word_sets words_verb_set(const struct words *words, const char *name);

/* What is known of text (lower case), or NULL. */
const struct word *words_find(const struct words *words, const char *text);

/* Is text the lemma of a verb that is known? */
bool words_is_lemma(const struct words *words, const char *text);

/* A file of rules as it was compiled in; NULL behind the last. */
const char *rule_file(const char *name, size_t *out_len);
const char *rule_file_at(size_t i, size_t *out_len);

#endif
