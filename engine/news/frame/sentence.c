/*
 * sentence.c - the words of a sentence, and the names among them.
 */
#include "news/frame/sentence.h"

#include "ground/utf8.h"

#include <string.h>

bool token_has(const struct token *token, word_sets sets)
{
	return token->word && (token->word->sets & sets) != 0;
}

bool token_on(const struct token *token, const struct topics *topics)
{
	return token->word && topics_meet(&token->word->topics, topics);
}

bool token_is(const struct token *token, const char *lower)
{
	return strcmp(token->lower, lower) == 0;
}

void sentence_hide(struct sentence *sentence, size_t start, size_t end)
{
	for (int i = 0; i < sentence->count; i++)
		if (sentence->tokens[i].start >= start &&
		    sentence->tokens[i].end <= end)
			sentence->tokens[i].hidden = true;
}

/* ---- cutting ------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of the mark of punctuation at text, which may have several bytes; 0
 * where it is part of a word. */
static size_t mark_length(const char *text, size_t len)
{
	unsigned char c = (unsigned char)text[0];

	if (c < 0x80)
		return !is_letter(text[0]) && !is_digit(text[0]);
	if (len >= 3 && memcmp(text, "\xE2\x80", 2) == 0)
		return 3; /* dashes, quotes, ellipsis, odd blanks */
	if (len >= 2 && c == 0xC2)
		return 2; /* no-break space, guillemets, signs of Latin-1 */
	return 0;
}

/* Is the apostrophe at text an ASCII or a typographic one?  Its length, or 0. */
static size_t apostrophe(const char *text, size_t len)
{
	if (len >= 1 && text[0] == '\'')
		return 1;
	if (len >= 3 && memcmp(text, "\xE2\x80\x99", 3) == 0)
		return 3;
	return 0;
}

static bool word_goes_on(const char *text, size_t len)
{
	return len > 0 && mark_length(text, len) == 0;
}

/* "U.S.", "a.m.": single letters, each with a dot. */
static size_t dotted_length(const char *text, size_t len)
{
	size_t at = 0;

	while (at + 1 < len && is_letter(text[at]) && text[at + 1] == '.')
		at += 2;
	return at >= 4 ? at : 0;
}

/* Does a clitic ('s, 'll, 're) stand behind the apostrophe of that length? */
static bool is_clitic(const char *text, size_t len, size_t mark)
{
	size_t end = mark;

	while (end < len && is_letter(text[end]))
		end++;
	return end - mark <= 2 && (end == len || !word_goes_on(text + end, len - end));
}

/* Marks that may stand inside a word: 2,500  3.5  Guinea-Bissau  d'Ivoire */
static size_t joint_length(const char *text, size_t len, size_t at)
{
	size_t mark = apostrophe(text + at, len - at);

	if (mark && text[at - 1] == 'n' && at + mark < len &&
	    text[at + mark] == 't')
		return mark; /* "didn't": cut_length() cuts it */
	if (mark)
		return is_clitic(text + at, len - at, mark) ||
		       !word_goes_on(text + at + mark, len - at - mark) ? 0 : mark;
	if (len - at >= 4 && memcmp(text + at, "\xE2\x80\x93", 3) == 0)
		return is_digit(text[at - 1]) && is_digit(text[at + 3]) ? 3 : 0;
	if (text[at] == '-' || text[at] == '&')
		return word_goes_on(text + at + 1, len - at - 1);
	if ((text[at] == ',' || text[at] == '.') && at + 1 < len)
		return is_digit(text[at - 1]) && is_digit(text[at + 1]);
	return 0;
}

static size_t word_length(const char *text, size_t len)
{
	size_t at = dotted_length(text, len), joint;

	if (at)
		return at;
	while (at < len) {
		if (word_goes_on(text + at, len - at)) {
			at++;
			continue;
		}
		joint = at > 0 ? joint_length(text, len, at) : 0;
		if (joint == 0)
			break;
		at += joint;
	}
	return at;
}

/* The next token's length: a word, a clitic, or a mark. */
static size_t token_length(const char *text, size_t len)
{
	size_t mark = apostrophe(text, len), at = mark;

	if (mark && is_clitic(text, len, mark)) {
		while (at < len && is_letter(text[at]))
			at++;
		return at;
	}
	mark = mark_length(text, len);
	return mark ? mark : word_length(text, len);
}

static bool is_name(const char *word, size_t len, const struct lexicon *lexicon,
		    struct arena *arena)
{
	const struct name *name;
	const char *text = arena_text(arena, word, len);

	return text && lexicon_match(lexicon, &text, 1, &name) > 0;
}

/* "n't" at the end of "didn't"; of "can't" only "'t", so that "can" is left.  Its
 * length, or 0. */
static size_t negation_length(const char *word, size_t len)
{
	size_t mark;

	if (len < 4 || word[len - 1] != 't')
		return 0;
	mark = word[len - 2] == '\'' ? 1 : 3;
	if (len < mark + 3 || apostrophe(word + len - 1 - mark, mark) != mark ||
	    word[len - 2 - mark] != 'n')
		return 0;
	return len == mark + 4 && memcmp(word + 1, "an", 2) == 0 ? mark + 1 :
								 mark + 2;
}

/* "UK-Russia", "Union-African": cut between two capitals where a part is a name and
 * the whole is none (so not "Kassym-Jomart"); "didn't": in front of "n't". */
static size_t cut_length(const char *word, size_t len,
			 const struct lexicon *lexicon, struct arena *arena)
{
	const char *hyphen = memchr(word, '-', len);

	if (negation_length(word, len) > 0)
		return len - negation_length(word, len);
	if (!hyphen || hyphen == word || hyphen + 1 == word + len ||
	    hyphen[1] < 'A' || hyphen[1] > 'Z' || word[0] < 'A' || word[0] > 'Z')
		return len;
	if (is_name(word, len, lexicon, arena) ||
	    !(is_name(word, (size_t)(hyphen - word), lexicon, arena) ||
	      is_name(hyphen + 1, len - (size_t)(hyphen + 1 - word), lexicon,
		      arena)))
		return len;
	return (size_t)(hyphen - word);
}

/* ---- one token ----------------------------------------------------------- */

static char *plain_text(const char *text, size_t len, struct arena *arena)
{
	char *copy = arena_text(arena, text, len);
	char *to = copy;

	for (size_t i = 0; copy && i < len; i++) {
		if (apostrophe(text + i, len - i) == 3) {
			*to++ = '\'';
			i += 2;
		} else {
			*to++ = text[i];
		}
	}
	if (copy)
		*to = '\0';
	return copy;
}

static char *lower_text(const char *text, struct arena *arena)
{
	char *copy = arena_text(arena, text, strlen(text));

	for (char *c = copy; copy && *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

/* Latin letters with marks come in pairs, the capital first; up to U+017E. */
static bool is_capital(const char *text, size_t len)
{
	size_t at = 0;
	int32_t code = utf8_next(text, len, &at);

	if (code < 0x80)
		return code >= 'A' && code <= 'Z';
	if (code <= 0xDE)
		return code >= 0xC0;
	if (code < 0x100 || code > 0x17E)
		return false;
	if ((code >= 0x139 && code <= 0x148) || code >= 0x179)
		return code % 2 == 1;
	return code % 2 == 0;
}

/* A verb that verbs.tsv does not have, by its ending: it still ends a subject. */
static const struct word unknown_past = {
	.text = "-ed", .lemma = "-", .forms = FORM_PAST | FORM_PARTICIPLE
};

static bool looks_past(const struct token *token)
{
	size_t len = strlen(token->lower);

	return !token->capital && len > 4 &&
	       strcmp(token->lower + len - 2, "ed") == 0 &&
	       !strchr(token->lower, '-');
}

static int add_token(struct sentence *sentence, const char *text, size_t start,
		     size_t len, const struct words *words, struct arena *arena,
		     struct ent_error *err)
{
	struct token *token = &sentence->tokens[sentence->count];

	*token = (struct token){ .start = start, .end = start + len };
	token->text = plain_text(text + start, len, arena);
	token->lower = token->text ? lower_text(token->text, arena) : NULL;
	if (!token->lower)
		return mem_error(err);
	token->capital = is_capital(text + start, len);
	token->number = is_digit(text[start]);
	token->word = words_find(words, token->lower);
	if (!token->word && looks_past(token))
		token->word = &unknown_past;
	sentence->count++;
	return ENT_OK;
}

static bool is_space(const char *text, size_t len)
{
	return text[0] == ' ' || text[0] == '\n' || text[0] == '\t' ||
	       (len >= 2 && memcmp(text, "\xC2\xA0", 2) == 0);
}

static int cut(struct sentence *sentence, const char *text,
	       const struct words *words, const struct lexicon *lexicon,
	       struct arena *arena, struct ent_error *err)
{
	size_t at = sentence->start, end = sentence->end, len;
	int rc = ENT_OK;

	while (rc == ENT_OK && at < end && !sentence->too_long) {
		if (is_space(text + at, end - at)) {
			at += text[at] == '\xC2' ? 2 : 1;
			continue;
		}
		len = token_length(text + at, end - at);
		len = cut_length(text + at, len, lexicon, arena);
		if (sentence->count == TOKENS_MAX)
			sentence->too_long = true;
		else
			rc = add_token(sentence, text, at, len, words, arena, err);
		at += len;
	}
	return rc;
}

/* ---- names and what is not read ------------------------------------------ */

/* "Russian-led", "US-backed": the name in front of the hyphen. */
static void find_leader(struct token *token, const struct lexicon *lexicon,
			struct arena *arena)
{
	const char *hyphen = strchr(token->text, '-');
	const char *name;

	if (!hyphen || !token->capital || hyphen[1] < 'a' || hyphen[1] > 'z')
		return;
	name = arena_text(arena, token->text, (size_t)(hyphen - token->text));
	if (name && lexicon_match(lexicon, &name, 1, &token->led_by) == 0)
		token->led_by = NULL;
}

static void find_names(struct sentence *sentence, const struct lexicon *lexicon,
		       struct arena *arena)
{
	const char *texts[TOKENS_MAX];
	size_t len;

	for (int i = 0; i < sentence->count; i++)
		texts[i] = sentence->tokens[i].text;
	for (int i = 0; i < sentence->count; i += len ? (int)len : 1) {
		struct token *token = &sentence->tokens[i];

		len = lexicon_match(lexicon, texts + i,
				    (size_t)(sentence->count - i), &token->name);
		token->name_len = (unsigned)len;
		if (len == 0) {
			token->name = NULL;
			find_leader(token, lexicon, arena);
		}
		for (size_t k = 0; k < len; k++)
			token[k].in_name = true;
	}
}

/* Sources and abbreviations in round brackets, marks of quotation, and square
 * brackets (but not what is in them). */
static void hide_marks(struct sentence *sentence)
{
	int depth = 0;

	for (int i = 0; i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];

		if (token_is(token, "("))
			depth++;
		token->hidden = depth > 0 ||
			strchr("\"[]'", token->lower[0]) != NULL ||
			strncmp(token->lower, "\xE2\x80\x9C", 3) == 0 ||
			strncmp(token->lower, "\xE2\x80\x9D", 3) == 0 ||
			strncmp(token->lower, "\xE2\x80\x98", 3) == 0;
		if (token->lower[0] == '\'' && token->lower[1])
			token->hidden = depth > 0; /* 's */
		if (token_is(token, ")") && depth > 0)
			depth--;
	}
}

int sentence_read(struct sentence *sentence, const char *text, size_t start,
		  size_t end, const struct words *words,
		  const struct lexicon *lexicon, struct arena *arena,
		  struct ent_error *err)
{
	int rc;

	sentence->start = start;
	sentence->end = end;
	sentence->count = 0;
	sentence->too_long = false;
	rc = cut(sentence, text, words, lexicon, arena, err);
	if (rc < 0)
		return rc;
	find_names(sentence, lexicon, arena);
	hide_marks(sentence);
	return ENT_OK;
}
