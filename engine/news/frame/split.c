/*
 * split.c - where sentences begin and end.
 *
 * A full stop ends a sentence unless it belongs to an abbreviation or an initial,
 * or the next word goes on in lower case.  A blank line always does; so does the
 * end of a line that is not a line of a filled paragraph.
 */
#include "news/frame/sentence.h"

#include <string.h>

enum { FILLED_LINE_MIN = 50 }; /* bytes of a line that was broken to fit a width */

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The word that ends in front of text[at]. */
static size_t word_before(const char *text, size_t start, size_t at)
{
	size_t from = at;

	while (from > start && !is_blank(text[from - 1]) &&
	       text[from - 1] != '(' && text[from - 1] != '"')
		from--;
	return from;
}

static bool is_abbreviation(const char *word, size_t len)
{
	static const char *const known[] = {
		"Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj",
		"Capt", "Sgt", "Adm", "Sen", "Rep", "Gov", "Rev", "Hon", "St",
		"Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug",
		"Sep", "Sept", "Oct", "Nov", "Dec", "No", "Nos", "vs", "approx",
		"ca", "Art", "Inc", "Ltd", "Co", "Corp", "i.e", "e.g", "cf",
		"Pres", "Amb", "Fr", "Mt", "Ft"
	};

	if (len == 1 && is_upper(word[0]))
		return true; /* an initial */
	if (len >= 3 && word[1] == '.' && word[len - 2] == '.')
		return true; /* "U.S", "a.m" */
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i]) == len && memcmp(known[i], word, len) == 0)
			return true;
	return false;
}

/* Step over what may close a sentence behind its stop: quotes and brackets. */
static size_t skip_closing(const char *text, size_t len, size_t at)
{
	while (at < len) {
		if (text[at] == '"' || text[at] == ')' || text[at] == ']' ||
		    text[at] == '\'')
			at++;
		else if (len - at >= 3 && memcmp(text + at, "\xE2\x80", 2) == 0 &&
			 (text[at + 2] == '\x9D' || text[at + 2] == '\x99'))
			at += 3;
		else
			break;
	}
	return at;
}

static bool goes_on(const char *text, size_t len, size_t at)
{
	while (at < len && (text[at] == ' ' || text[at] == '\t'))
		at++;
	return at < len && (is_lower(text[at]) || text[at] == ',' ||
			    text[at] == ';');
}

/* Does the stop at text[at] end a sentence?  *end is set behind it. */
static bool stops(const char *text, size_t len, size_t start, size_t at,
		  size_t *end)
{
	size_t after = skip_closing(text, len, at + 1), word;

	if (after < len && !is_blank(text[after]))
		return false;
	word = word_before(text, start, at);
	if (text[at] == '.') {
		if (goes_on(text, len, after))
			return false;
		if (after == at + 1 && is_abbreviation(text + word, at - word) &&
		    after < len && text[after] != '\n')
			return false;
	}
	*end = after;
	return true;
}

/* Is the newline at text[at] the end of a heading or paragraph? */
static bool breaks(const char *text, size_t len, size_t at)
{
	size_t line = at;

	if (at + 1 < len && is_blank(text[at + 1]))
		return true;
	while (line > 0 && text[line - 1] != '\n')
		line--;
	return at - line < FILLED_LINE_MIN;
}

bool sentence_next(const char *text, size_t len, size_t *at, size_t *out_start,
		   size_t *out_end)
{
	size_t start = *at, i, end;

	while (start < len && is_blank(text[start]))
		start++;
	if (start >= len)
		return false;
	for (i = start, end = len; i < len; i++) {
		if ((text[i] == '.' || text[i] == '!' || text[i] == '?') &&
		    stops(text, len, start, i, &end))
			break;
		if (text[i] == '\n' && breaks(text, len, i)) {
			end = i;
			break;
		}
	}
	*at = end;
	while (end > start && is_blank(text[end - 1]))
		end--;
	*out_start = start;
	*out_end = end;
	return true;
}
