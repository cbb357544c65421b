/*
 * moments.c - the days on which a membership can change.  Corrected events count
 * too: a day too many changes nothing.
 */
#include "moments.h"
#include "cli.h"
#include "progress.h"

#include <stdlib.h>
#include <string.h>

static void add(struct moments *moments, const char *alliance, int32_t day)
{
	if (day == ENT_DAY_OPEN_START || day == ENT_DAY_OPEN_END)
		return;
	if (moments->count == moments->cap) {
		moments->cap = moments->cap ? 2 * moments->cap : 256;
		moments->items = grow(moments->items, moments->cap,
				      sizeof(*moments->items));
	}
	moments->items[moments->count++] = (struct moment){
		.alliance = copy(alliance), .day = day
	};
}

/* The day behind one that is a day. */
static int32_t after(int32_t day)
{
	return day == ENT_DAY_OPEN_START || day == ENT_DAY_OPEN_END ? day :
								      day + 1;
}

static void add_event(struct moments *moments, const struct ent_event *event)
{
	if (!event->alliance || (strncmp(event->type, "member.", 7) != 0 &&
				 strcmp(event->type, "alliance.dissolved") != 0))
		return;
	add(moments, event->alliance, event->when.lo);
	add(moments, event->alliance, event->when.hi);
	if (!event->until)
		return;
	add(moments, event->alliance, after(event->held.lo));
	add(moments, event->alliance, after(event->held.hi));
}

static int compare(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;
	int order = strcmp(x->alliance, y->alliance);

	return order ? order : (x->day > y->day) - (x->day < y->day);
}

int moments_read(struct ent_log *log, struct moments *out)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	int rc = ent_log_read(log, NULL, &cursor, &err);

	while (rc == ENT_OK) {
		rc = ent_cursor_next(cursor, &event, &err);
		if (rc != ENT_OK)
			break;
		progress_count("export", event->seq, "events");
		add_event(out, event);
		ent_event_free(event);
	}
	progress_done();
	ent_cursor_close(cursor);
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), compare);
	return rc < 0 ? fail_ent(&err, "read the log") : CLI_DONE;
}

void moments_release(struct moments *moments)
{
	for (size_t i = 0; i < moments->count; i++)
		free(moments->items[i].alliance);
	free(moments->items);
	*moments = (struct moments){ 0 };
}
