/*
 * lexicon_words.h - a name as words, and words that are written in more than one
 * way.
 *
 * Two words are the same where they differ in the mark that stands for an
 * apostrophe, a hyphen or an en dash, or in one full stop behind them.
 */
#ifndef NEWS_LEXICON_WORDS_H
#define NEWS_LEXICON_WORDS_H

#include <stdbool.h>
#include <stdint.h>

enum { PHRASE_WORDS_MAX = 24 };

uint64_t word_hash(const char *word);
bool word_equal(const char *a, const char *b);

/* The first byte of word as word_hash() sees it. */
unsigned char word_first(const char *word);

/*
 * Cut phrase (which is written to) into words as a sentence is cut: at spaces, with
 * commas, brackets and apostrophe-s as words of their own.  room is where words
 * that are cut off go: twice the length of phrase and two more.  Returns how many;
 * PHRASE_WORDS_MAX + 1 where there are more.
 */
unsigned phrase_words(const char *phrase, char *room,
		      const char *words[PHRASE_WORDS_MAX]);

#endif
