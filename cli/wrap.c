/*
 * wrap.c - breaking lines.
 */
#include "wrap.h"
#include "safe.h"
#include "width.h"

#include <string.h>

enum { COLUMNS_MIN = 20 };

static size_t room(const struct wrap *wrap)
{
	size_t columns = wrap->columns < COLUMNS_MIN ? COLUMNS_MIN :
						       wrap->columns;

	return columns > wrap->indent ? columns - wrap->indent : 1;
}

static void flush_word(struct wrap *wrap)
{
	if (wrap->word.len == 0)
		return;
	if (wrap->used > 0 && wrap->used + 1 + wrap->word_columns > room(wrap)) {
		text_str(&wrap->out, "\n");
		wrap->used = 0;
	}
	if (wrap->used == 0) {
		text_repeat(&wrap->out, ' ', wrap->indent);
	} else {
		text_str(&wrap->out, " ");
		wrap->used++;
	}
	text_bytes(&wrap->out, wrap->word.data, wrap->word.len);
	wrap->used += wrap->word_columns;
	text_clear(&wrap->word);
	wrap->word_columns = 0;
}

/* A part of a word; one that is longer than a line is broken anywhere. */
static void add_part(struct wrap *wrap, enum style style, char *part, size_t len)
{
	while (len > 0) {
		size_t fits = room(wrap) - wrap->word_columns;
		char end = part[len];
		size_t n;

		part[len] = '\0';
		n = width_cut(part, fits);
		part[len] = end;
		if (n == 0 && wrap->word_columns == 0)
			n = len; /* no line is wide enough: let the terminal */
		end = part[n];
		part[n] = '\0';
		text_str(&wrap->word, n > 0 ? out_on(style) : "");
		text_bytes(&wrap->word, part, n);
		text_str(&wrap->word, n > 0 ? out_off(style) : "");
		wrap->word_columns += width_of(part);
		part[n] = end;
		part += n;
		len -= n;
		if (len > 0)
			flush_word(wrap);
	}
}

void wrap_add(struct wrap *wrap, enum style style, const char *str, size_t len)
{
	struct text safe = { 0 };
	char *at;

	safe_bytes(&safe, str, len, SAFE_FOLD);
	text_bytes(&safe, "", 0);
	for (at = safe.data; *at;) {
		size_t n = strcspn(at, " ");

		add_part(wrap, style, at, n);
		at += n;
		if (*at == ' ') {
			flush_word(wrap);
			at++;
		}
	}
	text_release(&safe);
}

void wrap_end(struct wrap *wrap)
{
	flush_word(wrap);
	if (wrap->used > 0)
		text_str(&wrap->out, "\n");
	wrap->used = 0;
}
