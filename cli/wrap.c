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

static void turn_to(struct wrap *wrap, enum style style)
{
	if (wrap->style == style)
		return;
	text_str(&wrap->out, out_off(wrap->style));
	text_str(&wrap->out, out_on(style));
	wrap->style = style;
}

static void end_line(struct wrap *wrap)
{
	turn_to(wrap, STYLE_NONE);
	if (wrap->used > 0)
		text_str(&wrap->out, "\n");
	wrap->used = 0;
}

/* The blank between two words of a style is of that style. */
static void add_gap(struct wrap *wrap)
{
	if (wrap->used == 0) {
		text_repeat(&wrap->out, ' ', wrap->indent);
		return;
	}
	if (wrap->style != wrap->runs[0].style)
		turn_to(wrap, STYLE_NONE);
	text_str(&wrap->out, " ");
	wrap->used++;
}

static void flush_word(struct wrap *wrap)
{
	size_t at = 0;

	if (wrap->word.len == 0)
		return;
	if (wrap->used > 0 && wrap->used + 1 + wrap->word_columns > room(wrap))
		end_line(wrap);
	add_gap(wrap);
	for (size_t i = 0; i < wrap->runs_count; i++) {
		turn_to(wrap, wrap->runs[i].style);
		text_bytes(&wrap->out, wrap->word.data + at, wrap->runs[i].len);
		at += wrap->runs[i].len;
	}
	wrap->used += wrap->word_columns;
	text_clear(&wrap->word);
	wrap->word_columns = 0;
	wrap->runs_count = 0;
}

/* Where a word changes its style more often than there is room, it keeps it. */
static void add_run(struct wrap *wrap, enum style style, const char *part,
		    size_t len)
{
	size_t last = wrap->runs_count;

	if (last == 0 || (wrap->runs[last - 1].style != style &&
			  last < WRAP_RUNS_MAX))
		wrap->runs[wrap->runs_count++] = (struct wrap_run){ style, 0 };
	wrap->runs[wrap->runs_count - 1].len += len;
	text_bytes(&wrap->word, part, len);
}

/* How much of part fits the line that is left for the word. */
static size_t fitting(const struct wrap *wrap, const char *part)
{
	size_t n = width_cut(part, room(wrap) - wrap->word_columns);

	/* No line is wide enough for one letter: let the terminal break it. */
	return n == 0 && wrap->word_columns == 0 ? strlen(part) : n;
}

/* A part of a word; one that is longer than a line is broken anywhere. */
static void add_part(struct wrap *wrap, enum style style, char *part, size_t len)
{
	char behind = part[len];

	part[len] = '\0';
	while (*part) {
		size_t n = fitting(wrap, part);
		char kept = part[n];

		part[n] = '\0';
		if (n > 0)
			add_run(wrap, style, part, n);
		wrap->word_columns += width_of(part);
		part[n] = kept;
		part += n;
		if (*part)
			flush_word(wrap);
	}
	*part = behind;
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
	end_line(wrap);
}
