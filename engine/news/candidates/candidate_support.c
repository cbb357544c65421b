/*
 * candidate_support.c - candidates from candidates: with another event; and further
 * sources, of an event that the log has and of an article that is a copy of another.
 * Those are `x.source` events, which change no state and stand beside what they
 * support.
 */
#include <assert.h>

#include "news/candidates/candidate.h"
#include "values/value.h"

enum { COPY_SCORE = 900 };

static const char type_source[] = "x.source";

static int copy_member(struct candidate *candidate, const struct ent_value *event,
		       const char *key, struct ent_error *err)
{
	const struct ent_value *value = ent_value_get(event, key);
	struct ent_value kept;
	int rc;

	if (!value)
		return ENT_OK;
	rc = value_copy(&candidate->arena, value, &kept, err);
	return rc < 0 ? rc : value_put(&candidate->arena, &candidate->event, key,
				       kept, err);
}

static int copy_view(struct candidate *candidate,
		     const struct ent_candidate *from, struct ent_error *err)
{
	int rc = candidate_copy_place(candidate, from, err);

	if (rc == ENT_OK)
		rc = candidate_text(candidate, from->already,
				    &candidate->view.already, err);
	candidate->view.score = from->score;
	candidate->view.same_report = from->same_report;
	return rc;
}

static int put_support(struct candidate *candidate,
		       const struct ent_candidate *from, struct ent_error *err)
{
	static const char *const kept[] = { "actor", "alliance", "coder", "date",
					    "source" };
	int rc = candidate_put(candidate, "type", type_source, err);

	for (size_t i = 0; i < 5 && rc == ENT_OK; i++)
		rc = copy_member(candidate, from->event, kept[i], err);
	if (rc == ENT_OK)
		rc = candidate_put_data(candidate, "supports", from->already, err);
	if (rc == ENT_OK)
		rc = candidate_put_data(candidate, "article", from->article, err);
	return rc < 0 ? rc : copy_view(candidate, from, err);
}

int ent_candidate_support(const struct ent_candidate *from,
			  struct ent_candidate **out, struct ent_error *err)
{
	struct candidate *candidate = NULL;
	int rc;

	assert(from && from->event && out);

	if (!from->already)
		return ent_error_set(err, ENT_EUSAGE,
				     "the log has no event that says what the "
				     "candidate says");
	rc = candidate_new(&candidate, err);
	if (rc == ENT_OK)
		rc = put_support(candidate, from, err);
	if (rc == ENT_OK)
		*out = &candidate->view;
	else
		ent_candidate_free(candidate ? &candidate->view : NULL);
	return rc;
}

/* ---- another event ----------------------------------------------------- */

int ent_candidate_edit(const struct ent_candidate *view, const char *json,
		       size_t len, struct ent_candidate **out,
		       struct ent_error *err)
{
	const struct candidate *from = (const struct candidate *)view;
	struct ent_candidate *fresh = NULL;
	struct candidate *edited;
	int rc;

	assert(view && out);

	rc = ent_candidate_parse(json, len, &fresh, err);
	if (rc < 0)
		return rc;
	edited = (struct candidate *)fresh;
	rc = candidate_copy_place(edited, view, err);
	if (rc == ENT_OK)
		rc = candidate_text(edited, from->weighed ? from->own_note :
							    view->note,
				    &fresh->note, err);
	if (rc < 0) {
		ent_candidate_free(fresh);
		return rc;
	}
	fresh->score = from->weighed ? from->own_score : view->score;
	fresh->effect = fresh->already = NULL;
	edited->weighed = false;
	*out = fresh;
	return ENT_OK;
}

/* ---- copies ------------------------------------------------------------ */

static int put_note(struct candidate *candidate, const struct ent_met *met,
		    struct ent_error *err)
{
	struct buf note = { 0 };
	int rc;

	buf_printf(&note, "a copy of %s (%u.%u %% of the shorter one is in the "
		   "other)", met->original_name ? met->original_name : "an article",
		   met->shared_permille / 10, met->shared_permille % 10);
	rc = buf_check(&note, err);
	if (rc == ENT_OK)
		rc = candidate_text(candidate, note.data, &candidate->view.note,
				    err);
	buf_release(&note);
	return rc;
}

static int put_copy(struct candidate *candidate,
		    const struct ent_article *article, const struct ent_met *met,
		    struct ent_error *err)
{
	char original[ENT_HASH_TEXT_SIZE];
	int rc;

	ent_hash_text(&met->original, original);
	rc = candidate_put(candidate, "type", type_source, err);
	if (rc == ENT_OK)
		rc = candidate_put(candidate, "date", article->published, err);
	if (rc == ENT_OK)
		rc = candidate_put(candidate, "coder", candidate_coder(), err);
	if (rc == ENT_OK)
		rc = candidate_source(candidate, article, NULL, err);
	if (rc == ENT_OK)
		rc = candidate_put_data(candidate, "copies", original, err);
	return rc < 0 ? rc : put_note(candidate, met, err);
}

int ent_propose_source(const struct ent_article *article,
		       const struct ent_met *met, struct ent_candidate **out,
		       struct ent_error *err)
{
	struct candidate *candidate = NULL;
	int rc;

	assert(article && met && out);

	if (!article->published || !*article->published)
		return ENT_END;
	rc = candidate_new(&candidate, err);
	if (rc == ENT_OK)
		rc = put_copy(candidate, article, met, err);
	if (rc < 0) {
		ent_candidate_free(candidate ? &candidate->view : NULL);
		return rc;
	}
	candidate->view.rule = "copy";
	candidate->view.score = COPY_SCORE;
	*out = &candidate->view;
	return ENT_OK;
}
