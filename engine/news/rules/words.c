/*
 * words.c - reading the sets of words and the verbs, and finding words in them.
 */
#include "news/rules/words.h"

#include "news/rules/lines.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { SETS_MAX = 64 }; /* bits of word_sets */

static struct map_key key_of(const char *text)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a, 64 bits */
	size_t len = 0;

	for (; text[len]; len++)
		hash = (hash ^ (unsigned char)text[len]) * 1099511628211u;
	return (struct map_key){ hash, len };
}

const struct word *words_find(const struct words *words, const char *text)
{
	const size_t *at = map_find(&words->map, key_of(text));

	if (!at || strcmp(words->items[*at].text, text) != 0)
		return NULL;
	return &words->items[*at];
}

bool words_is_lemma(const struct words *words, const char *text)
{
	const struct word *word = words_find(words, text);

	return word && word->lemma && strcmp(word->lemma, text) == 0;
}

/* The place of the name, or SIZE_MAX. */
static size_t place_of(const struct set_names *sets, const char *name)
{
	for (size_t i = 0; i < sets->count; i++)
		if (strcmp(sets->names[i], name) == 0)
			return i;
	return SIZE_MAX;
}

static word_sets set_of(const struct set_names *sets, const char *name)
{
	size_t place = place_of(sets, name);

	return place == SIZE_MAX ? 0 : (word_sets)1 << place;
}

word_sets words_set(const struct words *words, const char *name)
{
	return set_of(&words->sets, name);
}

static void add_topic(struct topics *topics, size_t place)
{
	topics->bits[place / 64] |= (uint64_t)1 << place % 64;
}

bool words_topic(const struct words *words, const char *name, struct topics *out)
{
	size_t place = place_of(&words->topics, name);

	if (place == SIZE_MAX)
		return false;
	add_topic(out, place);
	return true;
}

bool topics_meet(const struct topics *a, const struct topics *b)
{
	for (size_t i = 0; i < COUNT_OF(a->bits); i++)
		if (a->bits[i] & b->bits[i])
			return true;
	return false;
}

bool topics_any(const struct topics *topics)
{
	return topics_meet(topics, topics);
}

word_sets words_verb_set(const struct words *words, const char *name)
{
	return set_of(&words->verb_sets, name);
}

/* The word of that text, made where it is new. */
static int have_word(struct words *words, const char *text, struct word **out,
		     struct ent_error *err)
{
	const size_t *at = map_find(&words->map, key_of(text));
	struct word *word;
	int rc;

	if (at) {
		*out = &words->items[*at];
		return ENT_OK;
	}
	rc = mem_grow(&words->items, &words->room, words->count + 1,
		      sizeof(*words->items), err);
	if (rc == ENT_OK)
		rc = map_add(&words->map, key_of(text), words->count, err);
	if (rc < 0)
		return rc;
	word = &words->items[words->count];
	*word = (struct word){
		.text = arena_text(&words->arena, text, strlen(text))
	};
	if (!word->text)
		return mem_error(err);
	words->count++;
	*out = word;
	return ENT_OK;
}

static int have_set(struct words *words, struct set_names *sets,
		    size_t max, const struct line *line, const char *name,
		    size_t *out, struct ent_error *err)
{
	*out = place_of(sets, name);
	if (*out != SIZE_MAX)
		return ENT_OK;
	if (sets->count == max)
		return line_error(line, err, "more than %zu sets", max);
	sets->names[sets->count] = arena_text(&words->arena, name, strlen(name));
	if (!sets->names[sets->count])
		return mem_error(err);
	*out = sets->count++;
	return ENT_OK;
}

/* "set<TAB>word word word", into one of the two members of a word. */
static int take_set(struct words *words, struct line *line,
		    struct set_names *names, bool topic, struct ent_error *err)
{
	char *text, *rest = line->fields[1];
	struct word *word;
	size_t place;
	int rc;

	if (line->count != 2)
		return line_error(line, err, "%zu fields instead of 2",
				  line->count);
	rc = have_set(words, names, topic ? TOPICS_MAX : SETS_MAX, line,
		      line->fields[0], &place, err);
	while (rc == ENT_OK && (text = lines_word(&rest)) != NULL) {
		rc = have_word(words, text, &word, err);
		if (rc == ENT_OK && topic)
			add_topic(&word->topics, place);
		else if (rc == ENT_OK)
			word->sets |= (word_sets)1 << place;
	}
	return rc;
}

static int read_set(struct words *words, struct line *line, struct ent_error *err)
{
	return take_set(words, line, &words->sets, false, err);
}

static int read_topic(struct words *words, struct line *line,
		      struct ent_error *err)
{
	return take_set(words, line, &words->topics, true, err);
}

/* ---- verbs --------------------------------------------------------------- */

struct verb {
	const char *lemma;
	word_sets sets;
	bool noun;
};

static int add_form(struct words *words, const struct verb *verb,
		    const char *text, unsigned form, struct ent_error *err)
{
	struct word *word;
	int rc = have_word(words, text, &word, err);

	if (rc < 0)
		return rc;
	if (!word->lemma) { /* "found": the verb that comes first in the file */
		word->lemma = verb->lemma;
		word->verb = verb->sets;
	}
	if (word->lemma == verb->lemma)
		word->forms |= form;
	if (verb->noun && (form & (FORM_BASE | FORM_S | FORM_ING)))
		word->noun = true;
	return ENT_OK;
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static bool is_vowel(char c)
{
	return strchr("aeiou", c) != NULL;
}

/* The regular form: stem, less its last letters, with an ending. */
static int add_regular(struct words *words, const struct verb *verb, size_t drop,
		       const char *ending, unsigned form, struct ent_error *err)
{
	char text[64];
	size_t len = strlen(verb->lemma) - drop;
	int wanted = snprintf(text, sizeof(text), "%.*s%s", (int)len,
			      verb->lemma, ending);

	if (wanted < 0 || (size_t)wanted >= sizeof(text))
		return ENT_OK;
	return add_form(words, verb, text, form, err);
}

static int add_s(struct words *words, const struct verb *verb,
		 struct ent_error *err)
{
	const char *lemma = verb->lemma;
	size_t len = strlen(lemma);

	if (ends_with(lemma, "y") && len > 1 && !is_vowel(lemma[len - 2]))
		return add_regular(words, verb, 1, "ies", FORM_S, err);
	if (ends_with(lemma, "s") || ends_with(lemma, "x") ||
	    ends_with(lemma, "ch") || ends_with(lemma, "sh") ||
	    ends_with(lemma, "o"))
		return add_regular(words, verb, 0, "es", FORM_S, err);
	return add_regular(words, verb, 0, "s", FORM_S, err);
}

static int add_past(struct words *words, const struct verb *verb,
		    struct ent_error *err)
{
	const unsigned both = FORM_PAST | FORM_PARTICIPLE;
	size_t len = strlen(verb->lemma);

	if (ends_with(verb->lemma, "e"))
		return add_regular(words, verb, 0, "d", both, err);
	if (ends_with(verb->lemma, "y") && len > 1 &&
	    !is_vowel(verb->lemma[len - 2]))
		return add_regular(words, verb, 1, "ied", both, err);
	return add_regular(words, verb, 0, "ed", both, err);
}

static int add_ing(struct words *words, const struct verb *verb,
		   struct ent_error *err)
{
	bool drops = ends_with(verb->lemma, "e") && !ends_with(verb->lemma, "ee");

	return add_regular(words, verb, drops, "ing", FORM_ING, err);
}

/* Irregular forms in the order past, participle, -ing; those not given are
 * regular. */
static int add_forms(struct words *words, const struct verb *verb, char *given,
		     struct ent_error *err)
{
	static const unsigned forms[] = {
		FORM_PAST, FORM_PARTICIPLE, FORM_ING
	};
	char *text;
	size_t n = 0;
	int rc = add_form(words, verb, verb->lemma, FORM_BASE, err);

	if (rc == ENT_OK)
		rc = add_s(words, verb, err);
	for (; rc == ENT_OK && (text = lines_word(&given)) != NULL; n++)
		if (n < COUNT_OF(forms))
			rc = add_form(words, verb, text, forms[n], err);
	if (rc == ENT_OK && n == 0)
		rc = add_past(words, verb, err);
	if (rc == ENT_OK && n < 3)
		rc = add_ing(words, verb, err);
	return rc;
}

/* The same text for the same verb: "cancelled" and "canceled" have a line each. */
static const char *lemma_text(struct words *words, const char *lemma)
{
	const struct word *word = words_find(words, lemma);

	if (word && word->lemma && strcmp(word->lemma, lemma) == 0)
		return word->lemma;
	return arena_text(&words->arena, lemma, strlen(lemma));
}

/* "lemma<TAB>irregular forms or -<TAB>sets or -" */
static int read_verb(struct words *words, struct line *line,
		     struct ent_error *err)
{
	struct verb verb = { 0 };
	size_t place;
	char *name, *rest, none[] = "";
	int rc = ENT_OK;

	if (line->count != 3)
		return line_error(line, err, "%zu fields instead of 3",
				  line->count);
	verb.lemma = lemma_text(words, line->fields[0]);
	if (!verb.lemma)
		return mem_error(err);
	rest = strcmp(line->fields[2], "-") == 0 ? none : line->fields[2];
	while (rc == ENT_OK && (name = lines_word(&rest)) != NULL) {
		if (strcmp(name, "noun") == 0) {
			verb.noun = true;
			continue;
		}
		rc = have_set(words, &words->verb_sets, SETS_MAX, line, name,
			      &place, err);
		if (rc == ENT_OK) {
			assert(place < SETS_MAX);
			verb.sets |= (word_sets)1 << place;
		}
	}
	if (rc < 0)
		return rc;
	rest = strcmp(line->fields[1], "-") == 0 ? none : line->fields[1];
	return add_forms(words, &verb, rest, err);
}

/* In the order in which they are read. */
static const struct word_file {
	const char *name;
	int (*take)(struct words *, struct line *, struct ent_error *);
} word_files[] = {
	{ "words.tsv", read_set },
	{ "topics.tsv", read_topic },
	{ "verbs.tsv", read_verb },
};

static int read_file(struct words *words, const struct word_file *file,
		     const char *text, size_t len, struct ent_error *err)
{
	struct lines lines;
	struct line line;
	int rc = lines_open(&lines, file->name, text, len, err);

	while (rc == ENT_OK && (rc = lines_next(&lines, &line)) == ENT_OK)
		rc = file->take(words, &line, err);
	lines_close(&lines);
	return rc == ENT_END ? ENT_OK : rc;
}

int words_read(struct words *words, const char *name, const char *text,
	       size_t len, struct ent_error *err)
{
	for (size_t i = 0; i < COUNT_OF(word_files); i++)
		if (strcmp(word_files[i].name, name) == 0)
			return read_file(words, &word_files[i], text, len, err);
	return ent_error_set(err, ENT_ECORRUPT, "%s: no file of words has that "
			     "name", name);
}

int words_open(struct words *words, struct ent_error *err)
{
	int rc = ENT_OK;

	*words = (struct words){ 0 };
	for (size_t i = 0; i < COUNT_OF(word_files) && rc == ENT_OK; i++) {
		size_t len = 0;
		const char *text = rule_file(word_files[i].name, &len);

		rc = words_read(words, word_files[i].name, text, len, err);
	}
	if (rc < 0)
		words_close(words);
	return rc;
}

void words_close(struct words *words)
{
	map_release(&words->map);
	mem_free(words->items);
	arena_release(&words->arena);
	*words = (struct words){ 0 };
}
