/*
 * cursor.c - listing events by number.
 *
 * The log only grows and its events never change, so a cursor that remembers the
 * last number it may show sees one state without holding a transaction, which
 * would keep LMDB from using freed pages again.
 */
#include "log/log.h"

#include "log/record.h"

#include <inttypes.h>
#include <string.h>

struct ent_cursor {
	struct ent_log *log;
	struct arena arena;
	struct ent_filter filter;
	uint64_t next; /* 0 when done */
	uint64_t last;
};

static int copy(struct ent_cursor *cursor, const char **text,
		struct ent_error *err)
{
	if (!*text)
		return ENT_OK;
	*text = arena_text(&cursor->arena, *text, strlen(*text));
	return *text ? ENT_OK : mem_error(err);
}

static int copy_filter(struct ent_cursor *cursor,
		       const struct ent_filter *filter, struct ent_error *err)
{
	int rc;

	if (!filter)
		return ENT_OK;
	cursor->filter = *filter;
	rc = copy(cursor, &cursor->filter.alliance, err);
	if (rc == ENT_OK)
		rc = copy(cursor, &cursor->filter.actor, err);
	if (rc == ENT_OK)
		rc = copy(cursor, &cursor->filter.type, err);
	return rc;
}

/* Without the root: what is damaged must not keep the rest from being listed. */
static int find_last(struct ent_log *log, uint64_t *out, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = log_last(txn, out, err);
	store_abort(txn);
	return rc;
}

int ent_log_read(struct ent_log *log, const struct ent_filter *filter,
		 struct ent_cursor **out, struct ent_error *err)
{
	struct ent_cursor *cursor = mem_new(1, sizeof(*cursor));
	int rc;

	if (!cursor)
		return mem_error(err);
	cursor->log = log;
	rc = copy_filter(cursor, filter, err);
	if (rc == ENT_OK)
		rc = find_last(log, &cursor->last, err);
	if (rc < 0) {
		ent_cursor_close(cursor);
		return rc;
	}
	if (cursor->filter.known && cursor->filter.known < cursor->last)
		cursor->last = cursor->filter.known;
	cursor->next = cursor->filter.reverse ? cursor->last : 1;
	*out = cursor;
	return ENT_OK;
}

static bool same(const char *wanted, const char *have)
{
	return !wanted || (have && strcmp(wanted, have) == 0);
}

static bool type_matches(const char *wanted, const char *type)
{
	size_t len = wanted ? strlen(wanted) : 0;

	if (len > 0 && wanted[len - 1] == '.')
		return strncmp(wanted, type, len) == 0;
	return same(wanted, type);
}

static bool date_matches(const struct ent_filter *f,
			 const struct ent_event *event)
{
	if (!f->has_from && !f->has_to)
		return true;
	if (!event->date)
		return false;
	return (!f->has_from || event->when.hi >= f->from) &&
	       (!f->has_to || event->when.lo <= f->to);
}

static bool matches(const struct ent_filter *f, const struct ent_event *event)
{
	return same(f->alliance, event->alliance) &&
	       same(f->actor, event->actor) &&
	       type_matches(f->type, event->type) && date_matches(f, event);
}

static void advance(struct ent_cursor *cursor)
{
	if (cursor->filter.reverse)
		cursor->next--;
	else
		cursor->next = cursor->next < cursor->last ? cursor->next + 1 :
							     0;
}

int ent_cursor_next(struct ent_cursor *cursor, struct ent_event **out,
		    struct ent_error *err)
{
	struct ent_event *event = NULL;
	int rc;

	while (cursor->next != 0 && cursor->next <= cursor->last) {
		rc = ent_log_get(cursor->log, cursor->next, &event, err);
		if (rc == ENT_END)
			rc = ent_error_set(err, ENT_ECORRUPT,
					   "event %" PRIu64 " is missing",
					   cursor->next);
		if (rc == ENT_OK || rc == ENT_ECORRUPT)
			advance(cursor); /* what is damaged ends nothing */
		if (rc < 0)
			return rc;
		if (matches(&cursor->filter, event)) {
			*out = event;
			return ENT_OK;
		}
		ent_event_free(event);
		event = NULL;
	}
	return ENT_END;
}

void ent_cursor_close(struct ent_cursor *cursor)
{
	if (!cursor)
		return;
	arena_release(&cursor->arena);
	mem_free(cursor);
}
