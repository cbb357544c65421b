/*
 * causes.c - the events behind a change.
 *
 * One article is behind many changes: its title and address are told once, in a
 * list below, and each event has the number of its source.
 */
#include "causes.h"
#include "event_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CAUSES_MAX = 16, INDENT = 5 };

size_t sources_number(struct sources *sources, const struct ent_event *event)
{
	struct text text = { 0 };
	size_t at = 0;

	if (!event->has_source)
		return 0;
	event_source(&text, event);
	while (at < sources->count &&
	       strcmp(sources->items[at], text_get(&text)) != 0)
		at++;
	if (at == sources->count) {
		sources->items = grow(sources->items, ++sources->count,
				      sizeof(*sources->items));
		sources->items[at] = copy(text_get(&text));
	}
	text_release(&text);
	return at + 1;
}

static int by_seq(const void *a, const void *b)
{
	const struct ent_event *x = *(const struct ent_event *const *)a;
	const struct ent_event *y = *(const struct ent_event *const *)b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* Up to CAUSES_MAX different events; *more says how many there are besides. */
static size_t gather(const struct ent_diff *diff, size_t first, size_t last,
		     const struct ent_event **causes, size_t *more)
{
	size_t n = 0;

	*more = 0;
	for (size_t i = first; i < last; i++) {
		const struct ent_change *change = ent_diff_get(diff, i);

		for (size_t j = 0; j < change->causes_count; j++) {
			bool known = false;

			for (size_t k = 0; k < n; k++)
				known |= causes[k]->seq ==
					 change->causes[j]->seq;
			if (!known && n < CAUSES_MAX)
				causes[n++] = change->causes[j];
			else if (!known)
				++*more;
		}
	}
	if (n > 1)
		qsort(causes, n, sizeof(*causes), by_seq);
	return n;
}

static void add_line(struct text *line, struct sources *sources,
		     const struct ent_event *event)
{
	size_t number = sources_number(sources, event);

	event_line(line, event);
	if (number)
		text_fmt(line, " [%zu]", number);
}

static void add_brief(struct text *line, struct sources *sources,
		      const struct ent_event *event)
{
	size_t number = sources_number(sources, event);

	text_fmt(line, "%s#%" PRIu64 " %s", line->len ? ", " : "", event->seq,
		 event->type);
	if (number)
		text_fmt(line, " [%zu]", number);
}

void causes_add(struct table *table, struct sources *sources,
		const struct ent_diff *diff, size_t first, size_t last,
		bool brief)
{
	const struct ent_event *causes[CAUSES_MAX];
	struct text line = { 0 };
	size_t more = 0, n = gather(diff, first, last, causes, &more);

	for (size_t i = 0; i < n; i++) {
		if (brief) {
			add_brief(&line, sources, causes[i]);
			continue;
		}
		text_clear(&line);
		add_line(&line, sources, causes[i]);
		table_line(table, STYLE_DIM, INDENT, text_get(&line));
	}
	if (brief && n > 0)
		table_line(table, STYLE_DIM, INDENT, text_get(&line));
	if (more > 0)
		table_line(table, STYLE_DIM, INDENT, "and others");
	text_release(&line);
}

bool cause_is_itself(struct text *out, struct sources *sources,
		     const struct ent_diff *diff, size_t first, size_t last,
		     uint64_t seq)
{
	const struct ent_event *causes[CAUSES_MAX];
	size_t more = 0, n = gather(diff, first, last, causes, &more), number;

	if (n != 1 || causes[0]->seq != seq)
		return false;
	number = sources_number(sources, causes[0]);
	text_fmt(out, "#%" PRIu64, seq);
	if (number)
		text_fmt(out, " [%zu]", number);
	return true;
}

void sources_release(struct sources *sources)
{
	for (size_t i = 0; i < sources->count; i++)
		free(sources->items[i]);
	free(sources->items);
	*sources = (struct sources){ 0 };
}

void sources_print(struct sources *sources)
{
	if (sources->count > 0)
		out_str("\nsources\n");
	for (size_t i = 0; i < sources->count; i++) {
		out_fmt("  [%zu] ", i + 1);
		out_safe(sources->items[i]);
		out_str("\n");
	}
	sources_release(sources);
}
