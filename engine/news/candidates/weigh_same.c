/*
 * weigh_same.c - is it the same event?
 *
 * The same type, actor, alliance, object and modality, and days of which one side
 * lies within the other.  Days that only overlap, or lie within two months, or
 * lie within each other only because one side has no start or end, make it a
 * possible one.
 */
#include <string.h>

#include "log/codes.h"
#include "log/log.h"
#include "log/row_walk.h"
#include "news/candidates/weigh.h"
#include "state/basis.h"

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Both have one, and not the same. */
static bool clash(const char *a, const char *b)
{
	return a && b && strcmp(a, b) != 0;
}

static bool within(const struct ent_date *a, const struct ent_date *b)
{
	return a->lo >= b->lo && a->hi <= b->hi;
}

static bool is_open(const struct ent_date *date)
{
	return date->lo == ENT_DAY_OPEN_START || date->hi == ENT_DAY_OPEN_END;
}

/* Days between the two; 0 or less where they overlap. */
static int64_t gap(const struct ent_date *a, const struct ent_date *b)
{
	int64_t later = a->lo > b->lo ? a->lo : b->lo;
	int64_t sooner = a->hi < b->hi ? a->hi : b->hi;

	return later - sooner;
}

/* A state joins, leaves or ratifies once; it speaks and meets every week. */
static bool happens_once(const char *type)
{
	return strncmp(type, "member.", 7) == 0 ||
	       strncmp(type, "alliance.", 9) == 0 ||
	       strncmp(type, "treaty.", 7) == 0;
}

static enum likeness like_days(const struct ent_event *a,
			       const struct ent_event *b)
{
	bool once = happens_once(a->type);
	bool inside = within(&a->when, &b->when) || within(&b->when, &a->when);
	int64_t days = gap(&a->when, &b->when);

	if (inside && (once || (!is_open(&a->when) && !is_open(&b->when))))
		return LIKE_SAME;
	if (days <= 0)
		return LIKE_NEAR;
	if (days > NEAR_DAYS)
		return LIKE_NOT;
	return once ? LIKE_NEAR : LIKE_AGAIN;
}

/* A founding, a new name and an end are the alliance's own: whether it is written
 * down as the actor as well says nothing. */
static bool needs_no_actor(const char *type)
{
	return strcmp(type, "alliance.founded") == 0 ||
	       strcmp(type, "alliance.renamed") == 0 ||
	       strcmp(type, "alliance.dissolved") == 0;
}

static bool same_actor(const struct ent_event *a, const struct ent_event *b)
{
	return needs_no_actor(a->type) || same(a->actor, b->actor);
}

enum likeness weigh_like(const struct ent_event *a, const struct ent_event *b)
{
	enum likeness like;

	if (!same(a->type, b->type) || !same_actor(a, b) ||
	    !same(a->alliance, b->alliance) || !same(a->modality, b->modality) ||
	    clash(a->target, b->target) || clash(a->object, b->object) ||
	    clash(event_data_text(a, "name"), event_data_text(b, "name")))
		return LIKE_NOT;
	like = like_days(a, b);
	/* Who says what it was about says more than who does not. */
	return like == LIKE_SAME && !same(a->object, b->object) ? LIKE_NEAR : like;
}

/* ---- in the log -------------------------------------------------------- */

struct search {
	const struct ent_event *event;
	struct store_txn *txn;
	struct selection selection;
	struct row wanted; /* type, modality and codes */
	struct ent_event *best;
	enum likeness like;
};

/* ENT_END: the log has never seen the code. */
static int find_code(struct search *search, const char *text, uint32_t *out,
		     struct ent_error *err)
{
	return text ? codes_find(search->txn, text, out, err) : ENT_OK;
}

static int prepare(struct search *search, struct ent_error *err)
{
	const struct ent_basis all = { .known = ENT_KNOWN_ALL };
	enum event_type type = TYPE_USER;
	int rc = vocabulary_find(search->event->type, &type, err);

	search->wanted.type = (uint8_t)type;
	search->wanted.modality = (uint8_t)event_modality(search->event);
	if (rc == ENT_OK)
		rc = find_code(search, search->event->alliance,
			       &search->wanted.alliance, err);
	if (rc == ENT_OK && !needs_no_actor(search->event->type))
		rc = find_code(search, search->event->actor,
			       &search->wanted.actor, err);
	if (rc == ENT_OK)
		rc = selection_make(search->txn, &all, &search->selection, err);
	return rc;
}

static bool may_match(const struct search *search, const struct row *row)
{
	return row->type == search->wanted.type &&
	       row->modality == search->wanted.modality &&
	       row->alliance == search->wanted.alliance &&
	       (needs_no_actor(search->event->type) ||
		row->actor == search->wanted.actor) &&
	       !selection_killer(&search->selection, row->seq);
}

static int look_at(struct search *search, const struct row *row,
		   struct ent_error *err)
{
	struct ent_event *event = NULL;
	enum likeness like;
	int rc;

	if (!may_match(search, row))
		return ENT_OK;
	rc = log_event(search->txn, row->seq, &event, err);
	if (rc < 0)
		return rc;
	if (rc == ENT_END)
		return ent_error_set(err, ENT_ECORRUPT,
				     "an index names event %llu, which is missing",
				     (unsigned long long)row->seq);
	like = weigh_like(search->event, event);
	if (like > search->like) {
		search->like = like;
		ent_event_free(search->best);
		search->best = event;
		event = NULL;
	}
	ent_event_free(event);
	return ENT_OK;
}

static int walk(struct search *search, struct ent_error *err)
{
	struct row_walk rows = { 0 };
	const struct row *row;
	int rc = row_walk_begin(search->txn, search->wanted.alliance,
				ENT_DAY_OPEN_START, ENT_DAY_OPEN_END, &rows,
				err);

	while (rc == ENT_OK && search->like != LIKE_SAME &&
	       row_walk_next(&rows, &row))
		rc = look_at(search, row, err);
	row_walk_end(&rows);
	return rc;
}

int weigh_find(struct ent_log *log, const struct ent_event *event,
	       struct ent_event **out, enum likeness *out_like,
	       struct ent_error *err)
{
	struct search search = { .event = event, .like = LIKE_NOT };
	int rc = store_begin_read(log->store, &search.txn, err);

	if (rc == ENT_OK)
		rc = prepare(&search, err);
	if (rc == ENT_OK)
		rc = walk(&search, err);
	selection_release(&search.selection);
	store_abort(search.txn);
	if (rc < 0) {
		ent_event_free(search.best);
		return rc;
	}
	*out = search.best;
	*out_like = search.like;
	return ENT_OK;
}
