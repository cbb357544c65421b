/*
 * lexicon.c - what a lexicon answers.
 */
#include "news/lexicon/lexicon_private.h"

#include "news/lexicon/lexicon_words.h"

#include <string.h>

size_t lexicon_child(const struct lexicon *lexicon, size_t parent,
		     const char *word)
{
	struct map_key key = { word_hash(word), parent };
	const size_t *at = map_find(&lexicon->children, key);

	return at && word_equal(lexicon->nodes[*at].word, word) ? *at : 0;
}

static bool is_letter(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       byte >= 0x80;
}

/* May words stand behind a people, rather than be what that people's word is an
 * adjective of? */
static bool follows_people(const struct lexicon *lexicon,
			   const char *const *words, size_t count)
{
	unsigned char first;

	if (count == 0)
		return true;
	first = word_first(words[0]);
	if (!is_letter(first))
		return first < '0' || first > '9';
	return lexicon_child(lexicon, NODE_FOLLOWERS, words[0]) != 0;
}

/* The longest name that is just these words, without a "the" that it does not
 * have. */
static size_t longest(const struct lexicon *lexicon, const char *const *words,
		      size_t count, const struct name **out)
{
	size_t length = 0;
	size_t at = NODE_NAMES;

	if (count == 0 || !lexicon->starts[(unsigned char)words[0][0]])
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct word_node *node;

		at = lexicon_child(lexicon, at, words[i]);
		if (at == 0)
			break;
		node = &lexicon->nodes[at];
		if (!node->name ||
		    (node->alone && !follows_people(lexicon, words + i + 1,
						    count - i - 1)))
			continue;
		*out = node->name;
		length = i + 1;
	}
	return length;
}

static bool is_article(const char *word)
{
	return (word[0] == 't' || word[0] == 'T') && word[1] == 'h' &&
	       word[2] == 'e' && word[3] == '\0';
}

size_t lexicon_match(const struct lexicon *lexicon, const char *const *words,
		     size_t count, const struct name **out)
{
	size_t with, without;
	const struct name *name;

	if (count == 0)
		return 0;
	with = longest(lexicon, words, count, out);
	if (!is_article(words[0]))
		return with;
	without = longest(lexicon, words + 1, count - 1, &name);
	if (without == 0 || without + 1 <= with)
		return with;
	*out = name;
	return without + 1;
}

bool lexicon_years_hold(int from, int to, int year)
{
	return (!from || from <= year) && (!to || year <= to);
}

static const struct name *of_any_year(const struct name *name)
{
	for (const struct name *at = name->other; at; at = at->other) {
		if (strcmp(at->code, name->code) != 0)
			return NULL;
	}
	return name;
}

const struct name *lexicon_person(const struct lexicon *lexicon,
				  const struct name *name, int year)
{
	(void)lexicon; /* names know the others of their words themselves */
	if (year == 0)
		return of_any_year(name);
	while (name && !lexicon_years_hold(name->from, name->to, year))
		name = name->other;
	return name;
}

const struct party *lexicon_party(const struct lexicon *lexicon,
				  const char *code, enum code_kind kind)
{
	struct map_key key = { word_hash(code), kind };
	const size_t *at = map_find(&lexicon->codes_index, key);

	if (!at || strcmp(lexicon->codes[*at].text, code) != 0)
		return NULL;
	return &lexicon->parties[lexicon->codes[*at].party];
}

const char *lexicon_title(const struct lexicon *lexicon, const char *code)
{
	const struct party *party = lexicon_party(lexicon, code, CODE_OWN);

	return party ? party->title : NULL;
}

bool lexicon_is_alliance(const struct lexicon *lexicon, const char *code)
{
	const struct party *party = lexicon_party(lexicon, code, CODE_OWN);

	return party && party->alliance;
}

bool lexicon_is_military(const struct lexicon *lexicon, const char *code)
{
	const struct party *party = lexicon_party(lexicon, code, CODE_OWN);

	return party && (party->flags & NAME_MILITARY) != 0;
}

const char *lexicon_iso2(const struct lexicon *lexicon, const char *iso2)
{
	const struct party *party = lexicon_party(lexicon, iso2, CODE_SHORT);

	if (!party && strlen(iso2) == 3)
		party = lexicon_party(lexicon, iso2, CODE_OWN);
	return party && !party->alliance ? party->code : NULL;
}

const char *lexicon_cow(const struct lexicon *lexicon, int number, int year)
{
	for (size_t i = 0; i < lexicon->spans_count; i++) {
		const struct cow_span *span = &lexicon->spans[i];

		if (span->number == number &&
		    lexicon_years_hold(span->from, span->to, year))
			return lexicon->parties[span->party].code;
	}
	return NULL;
}

void lexicon_close(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	arena_release(&lexicon->arena);
	mem_free(lexicon->nodes);
	mem_free(lexicon->parties);
	mem_free(lexicon->codes);
	mem_free(lexicon->spans);
	mem_free(lexicon->spellings);
	map_release(&lexicon->children);
	map_release(&lexicon->codes_index);
	mem_free(lexicon);
}
