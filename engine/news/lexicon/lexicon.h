/*
 * lexicon.h - who and what a sentence may name: states, their people, capitals and
 * past forms, alliances and organisations, and names that look like one of them
 * and are not.
 *
 * The data are the files engine/news/lexicon/(name).tsv, compiled in as text.
 */
#ifndef NEWS_LEXICON_H
#define NEWS_LEXICON_H

#include "entente/error.h"
#include "ground/mem.h"

enum name_kind {
	NAME_STATE,    /* "Armenia", "the Czech Republic", "UK" */
	NAME_ADJECTIVE,/* "Armenian": of the state; "Armenians" is NAME_PEOPLE */
	NAME_PEOPLE,   /* "Armenians", "the French", "Finns" */
	NAME_CAPITAL,  /* "Yerevan", "the Kremlin": the government, or the place */
	NAME_ALLIANCE, /* "CSTO", "the Collective Security Treaty Organization" */
	NAME_TREATY,   /* "the Treaty of Lisbon", "Rome Statute": code is that of
	                * its alliance */
	NAME_PERSON,   /* an office that needs no state, "the Pope", or who held one:
	                * "Putin"; see lexicon_person() */
	NAME_STOP      /* "Georgia Representative", "Commonwealth Court": nobody */
};

enum {
	NAME_MILITARY = 1, /* of an alliance: members owe each other help */
	NAME_WEAK = 2      /* needs other signs: a common word, a town of that name */
};

struct name {
	enum name_kind kind;
	const char *code; /* ISO 3166-1 alpha-3, or an alliance's; "" for STOP.
	                   * No alliance has the code of a state */
	unsigned flags;
	int from, to;     /* years in which it stood, was called so or held office;
	                   * 0 = open */
	struct name *other; /* NAME_PERSON: whose these words are in other
	                     * years, or NULL */
};

struct lexicon;

/* ENT_ECORRUPT  a file that was compiled in breaks its form; the message names
 * file and line.  *out is owned: lexicon_close(). */
int lexicon_open(struct lexicon **out, struct ent_error *err);
void lexicon_close(struct lexicon *lexicon); /* NULL is allowed */

/*
 * The longest name that starts with words[0] (texts of count words as written; an
 * apostrophe-s is a word of its own, and so are commas and brackets).  Returns how
 * many words it takes, 0 for none; *out is then the name, borrowed from the
 * lexicon.  Names are matched by case: "WHO" is one, "who" is not.
 *
 * "the" in front is taken with the name.  Of "the French have left", the two words
 * are NAME_PEOPLE; of "the French government", NAME_ADJECTIVE, as a noun follows.
 * Marks for an apostrophe are the same, and so are a hyphen and an en dash within a
 * word, and a word with a full stop behind it and without.
 */
size_t lexicon_match(const struct lexicon *lexicon, const char *const *words,
		     size_t count, const struct name **out);

/*
 * Whom the words of name, as lexicon_match() gave it, mean in a year: of the rows
 * that share these words the one whose years hold it, or NULL.  "Stoltenberg" is
 * NOR in 2012, NATO in 2020, and nobody in 2002.  Whoever holds a name in one year
 * acts for one code.
 *
 * Year 0 is an unknown one: a person who acted for one code only is given, any other
 * is NULL.  What is no person is given where its own years hold the year, or in
 * year 0.
 */
const struct name *lexicon_person(const struct lexicon *lexicon,
				  const struct name *name, int year);

/* The full name of an alliance or a state of that code, or NULL. */
const char *lexicon_title(const struct lexicon *lexicon, const char *code);

/* Is code that of an alliance, of a military one? */
bool lexicon_is_alliance(const struct lexicon *lexicon, const char *code);
bool lexicon_is_military(const struct lexicon *lexicon, const char *code);

/* The state whose government ISO 3166-1 alpha-2 or alpha-3, a three-letter code of
 * GDELT/CAMEO ("ROM"), or a Correlates of War number means; NULL where none.  GDELT's
 * two-letter codes of places are others (FIPS 10-4) and are not known.  year picks
 * between successors: 365 is RUS, SUN from 1922 to 1991, and RUS. */
const char *lexicon_iso2(const struct lexicon *lexicon, const char *iso2);
const char *lexicon_cow(const struct lexicon *lexicon, int number, int year);

/* Each file as it was compiled in, for the digest of what coded a candidate.
 * NULL behind the last. */
const char *lexicon_file(size_t i, size_t *out_len);

#endif
