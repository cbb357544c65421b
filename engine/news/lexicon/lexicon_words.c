/*
 * lexicon_words.c - a name as words.
 */
#include "news/lexicon/lexicon_words.h"

#include <string.h>

/* The mark behind the byte E2 that is written for a plain one, or 0. */
static unsigned char plain_mark(const char *at)
{
	if ((unsigned char)at[0] != 0x80)
		return 0;
	switch ((unsigned char)at[1]) {
	case 0x98: /* U+2018, U+2019: single quotes */
	case 0x99:
		return '\'';
	case 0x90: /* U+2010, U+2011: hyphens; U+2013: en dash */
	case 0x91:
	case 0x93:
		return '-';
	default:
		return 0;
	}
}

static unsigned char next_byte(const char **at)
{
	unsigned char byte = (unsigned char)*(*at)++;
	unsigned char plain = 0;

	if (byte == 0xe2)
		plain = plain_mark(*at);
	if (!plain)
		return byte;
	*at += 2;
	return plain;
}

/* Its end, without a full stop behind it; "." alone keeps it. */
static const char *word_end(const char *word)
{
	const char *end = word + strlen(word);

	return end - word > 1 && end[-1] == '.' ? end - 1 : end;
}

/* FNV-1a. */
uint64_t word_hash(const char *word)
{
	const char *end = word_end(word);
	uint64_t hash = 0xcbf29ce484222325u;

	while (word < end)
		hash = (hash ^ next_byte(&word)) * 0x100000001b3u;
	return hash;
}

bool word_equal(const char *a, const char *b)
{
	const char *a_end = word_end(a);
	const char *b_end = word_end(b);

	while (a < a_end && b < b_end) {
		if (next_byte(&a) != next_byte(&b))
			return false;
	}
	return a == a_end && b == b_end;
}

unsigned char word_first(const char *word)
{
	return next_byte(&word);
}

/* Bytes of the word at text, of which there is at least one. */
static size_t word_length(const char *text)
{
	size_t len = strcspn(text, " ,()");

	if (len == 0)
		return 1;
	if (len > 2 && memcmp(text + len - 2, "'s", 2) == 0)
		return len - 2;
	return len;
}

unsigned phrase_words(const char *phrase, char *room,
		      const char *words[PHRASE_WORDS_MAX])
{
	unsigned count = 0;

	for (phrase += strspn(phrase, " "); *phrase;
	     phrase += strspn(phrase, " ")) {
		size_t len = word_length(phrase);

		if (count == PHRASE_WORDS_MAX)
			return PHRASE_WORDS_MAX + 1;
		memcpy(room, phrase, len);
		room[len] = '\0';
		words[count++] = room;
		room += len + 1;
		phrase += len;
	}
	return count;
}
