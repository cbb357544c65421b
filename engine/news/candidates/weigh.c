/*
 * weigh.c - what a log says to a candidate: a score, a note, an effect, and
 * whether it is there already.
 */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "news/candidates/weigh.h"
#include "values/value.h"

/* What is found out, before any of it is put into the candidate. */
struct verdict {
	struct buf note; /* the coder's, and then the log's */
	struct buf effect;
	bool already, same_report;
	struct ent_id id;
	int score; /* before the ceiling */
	int ceiling;
};

static void verdict_release(struct verdict *verdict)
{
	buf_release(&verdict->note);
	buf_release(&verdict->effect);
}

static void lower(struct verdict *verdict, int ceiling)
{
	if (verdict->ceiling > ceiling)
		verdict->ceiling = ceiling;
}

/* A note stands behind those before it. */
static void say(struct verdict *verdict)
{
	if (verdict->note.len > 0)
		buf_text(&verdict->note, "; ");
}

/* The id that the event will have in the log. */
static int id_of(const struct ent_candidate *view, struct ent_id *out,
		 struct ent_error *err)
{
	struct ent_event *event = NULL;
	char *json = NULL;
	size_t len = 0;
	int rc = ent_candidate_event_json(view, &json, &len, err);

	if (rc == ENT_OK)
		rc = ent_event_parse(json, len, &event, err);
	if (rc == ENT_OK)
		*out = event->id;
	ent_event_free(event);
	ent_free(json);
	return rc;
}

/* The same article can tell of a thing twice, and the same candidate may be there:
 * that is no further source. */
static int same_report(const struct ent_candidate *view,
		       const struct ent_value *body, const struct ent_id *id,
		       bool *out, struct ent_error *err)
{
	const char *article = ent_value_get_text(ent_value_get(body, "data"),
						 "article");
	const struct ent_value *source = ent_value_get(view->event, "source");
	const struct ent_value *other = ent_value_get(body, "source");
	struct ent_id own = { 0 };
	int rc = id_of(view, &own, err);

	if (rc == ENT_OK)
		*out = ent_id_equal(&own, id) ||
		       (article && view->article &&
			strcmp(article, view->article) == 0) ||
		       (ent_value_get(source, "url") && other &&
			ent_value_equal(source, other));
	return rc;
}

static void say_likeness(const struct ent_event *found, enum likeness like,
			 struct verdict *verdict)
{
	say(verdict);
	if (like == LIKE_SAME && verdict->same_report)
		buf_printf(&verdict->note, "the log has this as event %" PRIu64
			   ", from the same article", found->seq);
	else if (like == LIKE_SAME)
		buf_printf(&verdict->note, "the log has this as event %" PRIu64
			   ": a further source of the same fact", found->seq);
	else
		buf_printf(&verdict->note, "possibly event %" PRIu64 " again",
			   found->seq);
}

static int weigh_against_events(const struct candidate *candidate,
				struct ent_log *log,
				const struct ent_event *event,
				struct verdict *verdict, struct ent_error *err)
{
	enum likeness like = LIKE_NOT;
	struct ent_event *found = NULL;
	int rc = log ? weigh_find(log, event, &found, &like, err) : ENT_OK;

	if (rc < 0 || like == LIKE_NOT)
		return rc;
	if (like == LIKE_SAME)
		rc = same_report(&candidate->view, found->body, &found->id,
				 &verdict->same_report, err);
	say_likeness(found, like, verdict);
	if (like == LIKE_NEAR)
		lower(verdict, CEILING_NEAR);
	if (like == LIKE_SAME) {
		verdict->already = true;
		verdict->id = found->id;
		buf_text(&verdict->effect, "no change");
	}
	ent_event_free(found);
	return rc;
}

static int weigh_nonsense_in(const struct ent_event *event, enum event_type type,
			     const struct stands *stands,
			     struct verdict *verdict, struct ent_error *err)
{
	struct buf why = { 0 };
	int rc = weigh_nonsense(event, type, stands, &why, err);

	if (rc == ENT_OK && why.len > 0) {
		say(verdict);
		buf_add(&verdict->note, why.data, why.len);
		lower(verdict, CEILING_NONSENSE);
	}
	buf_release(&why);
	return rc;
}

/* Where the log knows nothing of the alliance, nothing can be wrong. */
static int weigh_against_state(struct ent_log *log, const struct ent_event *event,
			       enum event_type type, struct verdict *verdict,
			       struct ent_error *err)
{
	struct stands stands = { 0 };
	int rc;

	if (!event->alliance || verdict->already)
		return ENT_OK;
	rc = stands_read(log, event, &stands, err);
	if (rc == ENT_OK)
		rc = weigh_effect(event, type, &stands, &verdict->effect, err);
	if (rc == ENT_OK && stands.at[STAND_END] &&
	    event_modality(event) != MODALITY_DENIED)
		rc = weigh_nonsense_in(event, type, &stands, verdict, err);
	stands_release(&stands);
	return rc;
}

/* Of buf where there is something in it, else NULL. */
static int keep(struct candidate *candidate, const struct buf *buf,
		const char **out, struct ent_error *err)
{
	int rc = buf_check(buf, err);

	if (rc == ENT_OK)
		rc = candidate_text(candidate, buf->len ? buf->data : NULL, out,
				    err);
	return rc;
}

static int apply(struct candidate *candidate, const struct verdict *verdict,
		 struct ent_error *err)
{
	struct ent_candidate *view = &candidate->view;
	const char *note = NULL, *effect = NULL, *already = NULL;
	char id[ENT_ID_TEXT_SIZE];
	int rc = keep(candidate, &verdict->note, &note, err);

	ent_id_text(&verdict->id, id);
	if (rc == ENT_OK)
		rc = keep(candidate, &verdict->effect, &effect, err);
	if (rc == ENT_OK)
		rc = candidate_text(candidate, verdict->already ? id : NULL,
				    &already, err);
	if (rc < 0)
		return rc;
	if (!candidate->weighed) {
		candidate->own_score = view->score;
		candidate->own_note = view->note;
	}
	candidate->weighed = true;
	view->score = verdict->score < verdict->ceiling ? verdict->score :
							  verdict->ceiling;
	view->note = note;
	view->effect = effect;
	view->already = already;
	view->same_report = verdict->same_report;
	return ENT_OK;
}

/* To weigh anew is to start from what the coder said. */
static struct verdict begin(const struct candidate *candidate)
{
	const char *note = candidate->weighed ? candidate->own_note :
						candidate->view.note;
	struct verdict verdict = {
		.ceiling = CANDIDATE_SCORE_MAX,
		.score = candidate->weighed ? candidate->own_score :
					      candidate->view.score
	};

	if (note)
		buf_text(&verdict.note, note);
	return verdict;
}

/* What no reducer takes, and what takes the place of an event of the log, is not
 * compared with the rest. */
static bool is_weighed(const struct ent_event *event, enum event_type type)
{
	return type != TYPE_USER && type != TYPE_RETRACTED &&
	       ent_id_is_nil(&event->corrects);
}

static int view_of(struct candidate *candidate, struct ent_event *event,
		   enum event_type *type, struct ent_error *err)
{
	int rc = event_view(candidate->view.event, &candidate->arena, event, err);

	return rc < 0 ? rc : vocabulary_find(event->type, type, err);
}

int ent_candidate_weigh(struct ent_candidate *view, struct ent_log *log,
			struct ent_error *err)
{
	struct candidate *candidate = (struct candidate *)view;
	struct verdict verdict;
	struct ent_event event;
	enum event_type type = TYPE_USER;
	int rc;

	assert(view);

	rc = view_of(candidate, &event, &type, err);
	if (rc < 0 || !is_weighed(&event, type))
		return rc;
	verdict = begin(candidate);
	rc = weigh_against_events(candidate, log, &event, &verdict, err);
	if (rc == ENT_OK)
		rc = weigh_against_state(log, &event, type, &verdict, err);
	if (rc == ENT_OK)
		rc = apply(candidate, &verdict, err);
	verdict_release(&verdict);
	return rc;
}

/* ---- against another candidate ----------------------------------------- */

/* Most candidates are of another kind: found out without reading dates. */
static bool may_be_alike(const struct ent_value *a, const struct ent_value *b)
{
	static const char *const keys[] = { "type", "actor", "alliance" };

	for (int i = 0; i < 3; i++) {
		const char *left = ent_value_get_text(a, keys[i]);
		const char *right = ent_value_get_text(b, keys[i]);

		if (left != right && (!left || !right || strcmp(left, right) != 0))
			return false;
	}
	return true;
}

static int how_alike(struct candidate *candidate,
		     const struct ent_candidate *earlier, enum likeness *out,
		     struct ent_error *err)
{
	struct ent_event event, other;
	enum event_type type = TYPE_USER;
	int rc;

	*out = LIKE_NOT;
	if (!may_be_alike(candidate->view.event, earlier->event))
		return ENT_OK;
	rc = view_of(candidate, &event, &type, err);
	if (rc < 0 || !is_weighed(&event, type))
		return rc;
	rc = event_view(earlier->event, &candidate->arena, &other, err);
	if (rc == ENT_OK)
		*out = weigh_like(&event, &other);
	return rc;
}

static int say_alike(const struct ent_candidate *view,
		     const struct ent_candidate *earlier, enum likeness like,
		     struct verdict *verdict, struct ent_error *err)
{
	int rc;

	say(verdict);
	if (like == LIKE_NEAR) {
		buf_text(&verdict->note, "possibly the same as one before it");
		lower(verdict, CEILING_NEAR);
		return ENT_OK;
	}
	rc = id_of(earlier, &verdict->id, err);
	if (rc == ENT_OK)
		rc = same_report(view, earlier->event, &verdict->id,
				 &verdict->same_report, err);
	if (rc < 0)
		return rc;
	buf_text(&verdict->note, "the same as one before it");
	buf_text(&verdict->note, verdict->same_report ?
			 ", from the same article" :
			 ": a further source of the same fact");
	buf_clear(&verdict->effect);
	buf_text(&verdict->effect, "no change");
	verdict->already = true;
	return ENT_OK;
}

int ent_candidate_compare(struct ent_candidate *view,
			  const struct ent_candidate *earlier,
			  struct ent_error *err)
{
	struct candidate *candidate = (struct candidate *)view;
	struct verdict verdict = { .ceiling = CANDIDATE_SCORE_MAX };
	enum likeness like;
	int rc;

	assert(view && earlier);

	rc = how_alike(candidate, earlier, &like, err);
	if (rc < 0)
		return rc;
	if (like < LIKE_NEAR)
		return ENT_END;
	verdict.score = view->score;
	if (view->note)
		buf_text(&verdict.note, view->note);
	if (view->effect)
		buf_text(&verdict.effect, view->effect);
	rc = say_alike(view, earlier, like, &verdict, err);
	if (rc == ENT_OK)
		rc = apply(candidate, &verdict, err);
	verdict_release(&verdict);
	return rc;
}
