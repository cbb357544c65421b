/*
 * sentence.h - where sentences begin and end, and the words of one.
 */
#ifndef NEWS_SENTENCE_H
#define NEWS_SENTENCE_H

#include "entente/date.h"
#include "ground/mem.h"
#include "news/lexicon/lexicon.h"
#include "news/rules/words.h"

enum { TOKENS_MAX = 320 };

struct token {
	size_t start, end;        /* bytes of the article's text */
	const char *text;         /* as written, with plain apostrophes */
	const char *lower;        /* ASCII letters in lower case */
	const struct word *word;  /* NULL: not in words.tsv or verbs.tsv */
	const struct name *name;  /* of the name that starts here, or NULL */
	unsigned name_len;        /* words of that name */
	const struct name *led_by; /* "Russian-led" */
	bool in_name;             /* part of a name, its first word too */
	bool capital;             /* begins with a capital letter */
	bool number;              /* begins with a digit */
	bool hidden;              /* in brackets, a date or a quotation mark: no part
	                           * of the frame of the sentence */
};

struct sentence {
	size_t start, end; /* bytes of the article's text */
	size_t index;      /* of the sentence in the article, from 0 */
	struct token tokens[TOKENS_MAX];
	int count;
	bool too_long;     /* has more than TOKENS_MAX words: not taken apart */
};

/*
 * The sentence that begins at or behind *at; *at is moved behind it.  Returns
 * false at the end of the text.
 */
bool sentence_next(const char *text, size_t len, size_t *at, size_t *out_start,
		   size_t *out_end);

/* Cut text[start, end) into words and look them up.  Texts live in arena. */
int sentence_read(struct sentence *sentence, const char *text, size_t start,
		  size_t end, const struct words *words,
		  const struct lexicon *lexicon, struct arena *arena,
		  struct ent_error *err);

bool token_has(const struct token *token, word_sets sets); /* any of them */
bool token_on(const struct token *token, const struct topics *topics);
bool token_is(const struct token *token, const char *lower);

/* Hide the tokens that lie in text[start, end). */
void sentence_hide(struct sentence *sentence, size_t start, size_t end);

#endif
