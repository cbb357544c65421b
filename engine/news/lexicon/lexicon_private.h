/*
 * lexicon_private.h - a lexicon, to those who fill it and those who ask it.
 */
#ifndef NEWS_LEXICON_PRIVATE_H
#define NEWS_LEXICON_PRIVATE_H

#include "ground/map.h"
#include "ground/mem.h"
#include "news/lexicon/lexicon.h"

/* One word of names, in a tree of their words. */
struct word_node {
	const char *word;
	struct name *name;       /* of the words up to here, or NULL */
	bool alone;              /* only where no noun follows */
};

/* A state or an alliance. */
struct party {
	const char *code;
	const char *title;
	int from, to;
	unsigned flags;
	bool alliance;
};

enum code_kind { CODE_OWN, CODE_SHORT };

struct code {
	const char *text;
	size_t party;
};

struct cow_span {
	int number;
	int from, to; /* 0 = open */
	size_t party;
};

struct spelling {
	const char *word, *other;
};

struct lexicon {
	struct arena arena;
	struct word_node *nodes; /* the first NODE_ROOTS are roots */
	size_t nodes_count, nodes_room;
	struct map children;     /* (hash of a word, its parent) to its node */
	bool starts[256];        /* bytes that a name may start with */
	struct party *parties;
	size_t parties_count, parties_room;
	struct code *codes;
	size_t codes_count, codes_room;
	struct map codes_index;  /* (hash of a text, enum code_kind) to its code */
	struct cow_span *spans;
	size_t spans_count, spans_room;
	struct spelling *spellings;
	size_t spellings_count, spellings_room;
};

/* The root of names, and that of the words which may stand behind a people. */
enum { NODE_NAMES, NODE_FOLLOWERS, NODE_ROOTS };

/* The node of word below parent, or 0. */
size_t lexicon_child(const struct lexicon *lexicon, size_t parent,
		     const char *word);

/* The party that has that code, or NULL. */
const struct party *lexicon_party(const struct lexicon *lexicon,
				  const char *code, enum code_kind kind);

/* The node of word below parent, made where it is not there. */
int lexicon_grow(struct lexicon *lexicon, size_t parent, const char *word,
		 size_t *out, struct ent_error *err);

/* Do the years of a row, 0 = open, hold that one? */
bool lexicon_years_hold(int from, int to, int year);

/*
 * Let phrase mean name, which the lexicon keeps a pointer to.  Every spelling of it
 * does, and where it begins with a small letter, a capital one.  Persons may share
 * a phrase: name->other is set.  Messages are without the place.
 *
 * ENT_ECORRUPT  phrase means something else already, in the same years; is empty or
 *               too long
 */
int lexicon_learn(struct lexicon *lexicon, const char *phrase,
		  struct name *name, struct ent_error *err);

/* An empty lexicon; *out is owned: lexicon_close(). */
int lexicon_new(struct lexicon **out, struct ent_error *err);

/*
 * Read one file into lexicon; name tells what its rows are.
 *
 * ENT_ECORRUPT  the message names file and line
 */
int lexicon_load(struct lexicon *lexicon, const char *name, const char *text,
		 size_t len, struct ent_error *err);

/* One row of each file, cut into its columns, which may be cut further. */
int lexicon_read_state(struct lexicon *lexicon, char **columns,
		       struct ent_error *err);
int lexicon_read_alliance(struct lexicon *lexicon, char **columns,
			  struct ent_error *err);
int lexicon_read_office(struct lexicon *lexicon, char **columns,
			struct ent_error *err);
int lexicon_read_leader(struct lexicon *lexicon, char **columns,
			struct ent_error *err);
int lexicon_read_stop(struct lexicon *lexicon, char **columns,
		      struct ent_error *err);
int lexicon_read_spelling(struct lexicon *lexicon, char **columns,
			  struct ent_error *err);
int lexicon_read_follower(struct lexicon *lexicon, char **columns,
			  struct ent_error *err);

/* The name of the i-th file of lexicon_file(). */
const char *lexicon_file_name(size_t i);

#endif
