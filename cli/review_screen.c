/*
 * review_screen.c - one candidate as a person sees it: what it says, what that
 * would change, and the words that it was taken from.
 */
#include "review_screen.h"
#include "wrap.h"

#include <stdlib.h>
#include <string.h>

/* A hostile text may be long: more than this of one is not drawn. */
enum { INDENT = 2, SHOWN_MAX = 3000, AROUND_MAX = 500 };

/* To the top of the screen, and clear it from there; where the terminal cannot do
 * that, below what is there. */
static void clear(void)
{
	const char *term = getenv("TERM");

	if (term && *term && strcmp(term, "dumb") != 0)
		out_str("\x1b[H\x1b[2J");
	else
		out_str("\n--------\n");
}

static struct wrap begin(void)
{
	size_t columns = out_columns();

	return (struct wrap){ .columns = columns > 1 ? columns - 1 : columns,
			      .indent = INDENT };
}

/* At most max bytes, without half a character behind. */
static size_t cut(const char *str, size_t max)
{
	size_t len = strnlen(str, max + 1);

	if (len <= max)
		return len;
	while (max > 0 && ((unsigned char)str[max] & 0xC0) == 0x80)
		max--;
	return max;
}

static void add(struct wrap *wrap, enum style style, const char *str)
{
	size_t len = cut(str, SHOWN_MAX);

	wrap_add(wrap, style, str, len);
	if (str[len] != '\0')
		wrap_add(wrap, STYLE_DIM, "\xE2\x80\xA6", 3);
}

static void finish(struct wrap *wrap)
{
	wrap_end(wrap);
	out_text(&wrap->out);
	text_release(&wrap->out);
	text_release(&wrap->word);
}

/* One line, or several, of text from outside. */
static void print(enum style style, const char *before, const char *str)
{
	struct wrap wrap = begin();

	if (!str || *str == '\0')
		return;
	add(&wrap, STYLE_DIM, before);
	add(&wrap, style, str);
	finish(&wrap);
}

static void print_top(const struct review *review, size_t at)
{
	const struct review_item *item = &review->items[at];
	const char *rule = item->candidate->rule;
	struct text line = { 0 };

	clear();
	text_fmt(&line, "%zu of %zu   score %d", at + 1, review->count,
		 item->candidate->score);
	if (rule)
		text_fmt(&line, "   rule %s", rule);
	if (item->edited)
		text_str(&line, "   edited");
	print(STYLE_DIM, "", text_get(&line));
	text_release(&line);
}

/* ---- the event --------------------------------------------------------- */

static void print_event(const struct ent_candidate *candidate)
{
	const struct ent_value *event = candidate->event;
	const struct ent_value *data = ent_value_get(event, "data");
	struct text line = { 0 };

	review_gist(&line, candidate);
	print(STYLE_BOLD, "", text_get(&line));
	text_release(&line);
	print(STYLE_NONE, "", ent_value_get_text(event, "summary"));
	print(STYLE_NONE, "about: ", ent_value_get_text(event, "object"));
	print(STYLE_NONE, "name: ", ent_value_get_text(data, "name"));
	print(STYLE_NONE, "reason: ", ent_value_get_text(data, "reason"));
}

static void print_effect(const struct ent_candidate *candidate)
{
	print(STYLE_GOOD, "if accepted: ", candidate->effect);
	print(candidate->already ? STYLE_NONE : STYLE_WARN, "note: ",
	      candidate->note);
}

/* ---- the quote --------------------------------------------------------- */

/* The bytes of the quote that fired; none where they are not in it. */
static void find_trigger(const struct ent_candidate *candidate, size_t *from,
			 size_t *to)
{
	size_t len = cut(candidate->quote, SHOWN_MAX);

	*from = candidate->trigger_start - candidate->start;
	*to = candidate->trigger_end - candidate->start;
	if (candidate->trigger_start < candidate->start || *to > len ||
	    *from > *to)
		*from = *to = 0;
}

/* Without colours two marks do what bold does. */
static void add_trigger(struct wrap *wrap, const char *str, size_t len)
{
	bool plain = *out_on(STYLE_BOLD) == '\0' && len > 0;

	if (plain)
		add(wrap, STYLE_NONE, "\xC2\xBB");
	wrap_add(wrap, STYLE_MARK, str, len);
	if (plain)
		add(wrap, STYLE_NONE, "\xC2\xAB");
}

/* The end of what stands before is next to the quote. */
static void add_before(struct wrap *wrap, const char *before)
{
	size_t len = before ? strlen(before) : 0, from = 0;

	if (len > AROUND_MAX)
		from = cut(before, len - AROUND_MAX);
	if (len == 0)
		return;
	wrap_add(wrap, STYLE_DIM, before + from, len - from);
	wrap_add(wrap, STYLE_NONE, " ", 1);
}

static void add_after(struct wrap *wrap, const char *after)
{
	if (!after)
		return;
	wrap_add(wrap, STYLE_NONE, " ", 1);
	wrap_add(wrap, STYLE_DIM, after, cut(after, AROUND_MAX));
}

static void print_quote(const struct ent_candidate *candidate)
{
	struct wrap wrap = begin();
	const char *quote = candidate->quote;
	size_t from, to;

	if (!quote)
		return;
	find_trigger(candidate, &from, &to);
	add_before(&wrap, candidate->before);
	wrap_add(&wrap, STYLE_NONE, quote, from);
	add_trigger(&wrap, quote + from, to - from);
	add(&wrap, STYLE_NONE, quote + to);
	add_after(&wrap, candidate->after);
	out_str("\n");
	finish(&wrap);
}

static void print_source(const struct ent_candidate *candidate)
{
	const struct ent_value *source = ent_value_get(candidate->event, "source");
	static const char *const keys[] = { "publisher", "title", "published",
					    "url" };
	struct text line = { 0 };

	for (size_t i = 0; i < 4; i++) {
		const char *part = ent_value_get_text(source, keys[i]);

		if (part && *part)
			text_fmt(&line, "%s%s", line.len ? ", " : "", part);
	}
	out_str("\n");
	print(STYLE_DIM, "", text_get(&line));
	if (candidate->file && candidate->quote) {
		text_clear(&line);
		text_fmt(&line, "%s, bytes %zu to %zu", candidate->file,
			 candidate->start, candidate->end);
		print(STYLE_DIM, "", text_get(&line));
	}
	text_release(&line);
}

/* ---- the whole --------------------------------------------------------- */

static void print_keys(const struct ent_candidate *candidate)
{
	out_str("\n");
	if (candidate && candidate->same_report)
		print(STYLE_NONE, "", "[a]lready there  append as a [n]ew event  "
		      "[e]dit  [r]eject  [s]kip  [u]ndo  [q]uit  [?]");
	else if (candidate && candidate->already)
		print(STYLE_NONE, "", "[a]dd as a further source  append as a "
		      "[n]ew event  [c]laim  [e]dit  [r]eject  [s]kip  [u]ndo  "
		      "[q]uit  [?]");
	else if (candidate)
		print(STYLE_NONE, "", "[a]ccept  [c]laim  [e]dit  [r]eject  "
		      "[s]kip  [u]ndo  [q]uit  [?]");
	else
		print(STYLE_NONE, "", "[u]ndo  [q]uit");
}

void screen_item(const struct review *review, size_t at, const char *said)
{
	const struct ent_candidate *candidate = review->items[at].candidate;

	print_top(review, at);
	print(STYLE_GOOD, "", said);
	out_str("\n");
	print_event(candidate);
	print_effect(candidate);
	print_quote(candidate);
	print_source(candidate);
	print_keys(candidate);
	out_flush();
}

void screen_end(const struct review *review, const char *said)
{
	struct text line = { 0 };

	clear();
	print(STYLE_GOOD, "", said);
	text_fmt(&line, "That was the last of %zu.", review->count);
	print(STYLE_BOLD, "", text_get(&line));
	text_release(&line);
	print_keys(NULL);
	out_flush();
}

void screen_help(void)
{
	clear();
	out_str("  a  accept: append the event to the log\n"
		"     (one that the log has already: add this article as a further\n"
		"     source of it; m does the same, n appends it as a new event)\n"
		"  c  accept as a claim of somebody\n"
		"  e  edit the event in $VISUAL or $EDITOR\n"
		"  r  reject; R asks for a reason\n"
		"  s  skip: it comes again the next time\n"
		"  u  undo the last decision; an event that was appended is taken\n"
		"     back by another one, since nothing is ever removed\n"
		"  q  quit; what was decided stays decided\n"
		"\n"
		"  any key goes on\n");
	out_flush();
}
