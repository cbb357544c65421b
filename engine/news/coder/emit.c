/*
 * emit.c - from drafts to candidates: the event in the contract's form, its quote
 * and what stands around it.
 */
#include "news/coder/coder.h"

#include "ground/buf.h"
#include "ground/utf8.h"
#include "news/candidates/candidate.h"

#include <string.h>

enum { AROUND_BYTES = 200 }; /* of text before and behind the quote */

struct emission {
	const struct ent_coder *coder;
	const struct ent_article *article;
	const struct draft *draft;
	struct candidate *candidate;
};

/* Context begins and ends between words. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* A copy of text[start, end) that lives in the candidate. */
static int keep(struct emission *emission, size_t start, size_t end,
		const char **out, struct ent_error *err)
{
	const char *copy = arena_text(&emission->candidate->arena,
				      emission->article->text + start,
				      end - start);

	if (!copy)
		return mem_error(err);
	*out = copy;
	return ENT_OK;
}

static int keep_around(struct emission *emission, struct ent_error *err)
{
	const struct ent_article *article = emission->article;
	const struct draft *draft = emission->draft;
	struct ent_candidate *view = &emission->candidate->view;
	size_t from = article->body, to = article->len;
	int rc = ENT_OK;

	if (draft->start > from + AROUND_BYTES)
		from = draft->start - AROUND_BYTES;
	while (from > article->body && from < draft->start &&
	       !is_blank(article->text[from - 1]))
		from++;
	if (draft->end + AROUND_BYTES < to)
		to = draft->end + AROUND_BYTES;
	while (to > draft->end && to < article->len &&
	       !is_blank(article->text[to]))
		to--;
	if (from < draft->start)
		rc = keep(emission, from, draft->start, &view->before, err);
	if (rc == ENT_OK && to > draft->end)
		rc = keep(emission, draft->end, to, &view->after, err);
	return rc;
}

/* ---- the event ------------------------------------------------------------ */

static const char *attributed_to(const struct emission *emission)
{
	if (strcmp(emission->draft->modality, "claim") != 0)
		return NULL;
	if (emission->draft->attributed_to)
		return emission->draft->attributed_to;
	return emission->article->publisher ? emission->article->publisher :
					      "reports";
}

static int put_name(struct emission *emission, struct ent_error *err)
{
	const char *name = NULL;
	int rc = keep(emission, emission->draft->name_start,
		      emission->draft->name_end, &name, err);

	return rc < 0 ? rc : candidate_put_data(emission->candidate, "name", name,
						err);
}

static int put_event(struct emission *emission, struct ent_error *err)
{
	struct candidate *candidate = emission->candidate;
	const struct draft *draft = emission->draft;
	const bool fact = strcmp(draft->modality, "fact") == 0;
	const struct {
		const char *key;
		const char *text;
	} members[] = {
		{ "type", draft->type },
		{ "alliance", draft->alliance },
		{ "actor", draft->actor },
		{ "target", draft->target },
		{ "object", draft->object },
		{ "date", draft->moment.date },
		{ "until", draft->moment.until[0] ? draft->moment.until : NULL },
		{ "modality", fact ? NULL : draft->modality },
		{ "attributed_to", attributed_to(emission) },
		{ "coder", candidate_coder() },
	};
	int rc = ENT_OK;

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]) &&
			   rc == ENT_OK; i++)
		rc = candidate_put(candidate, members[i].key, members[i].text,
				   err);
	if (rc == ENT_OK && draft->name_end > 0)
		rc = put_name(emission, err);
	return rc;
}

static const char *note_of(const struct draft *draft)
{
	if (draft->moment.guessed && draft->carried)
		return "no date is given, and a party is named only by a pronoun "
		       "or title";
	if (draft->moment.guessed)
		return "no date is given";
	if (draft->carried)
		return "a party is named only by a pronoun or title";
	return NULL;
}

static int fill_view(struct emission *emission, struct ent_error *err)
{
	struct ent_candidate *view = &emission->candidate->view;
	const struct draft *draft = emission->draft;
	int rc;

	view->rule = draft->rule->id;
	view->start = draft->start;
	view->end = draft->end;
	view->trigger_start = draft->trigger_start;
	view->trigger_end = draft->trigger_end;
	view->score = draft->score;
	view->note = note_of(draft);
	rc = candidate_text(emission->candidate, view->rule, &view->rule, err);
	if (rc == ENT_OK)
		rc = candidate_text(emission->candidate,
				    emission->coder->coded_by, &view->coded_by,
				    err);
	if (rc == ENT_OK)
		rc = keep_around(emission, err);
	return rc;
}

static int emit(struct emission *emission, struct ent_error *err)
{
	struct ent_candidate *view = &emission->candidate->view;
	int rc;

	rc = keep(emission, emission->draft->start, emission->draft->end,
		  &view->quote, err);
	if (rc == ENT_OK)
		rc = put_event(emission, err);
	if (rc == ENT_OK)
		rc = candidate_source(emission->candidate, emission->article,
				      view->quote, err);
	if (rc == ENT_OK)
		rc = fill_view(emission, err);
	return rc;
}

/* An event that the contract refuses (a target such as "U2", an until before its
 * date) is not proposed. */
static int is_allowed(const struct ent_candidate *view, bool *out,
		      struct ent_error *err)
{
	char *json = NULL;
	size_t len;
	struct ent_event *event = NULL;
	int rc = ent_candidate_event_json(view, &json, &len, err);

	if (rc == ENT_OK)
		rc = ent_event_parse(json, len, &event, err);
	*out = rc == ENT_OK;
	ent_event_free(event);
	ent_free(json);
	return rc == ENT_EINPUT ? ENT_OK : rc;
}

int coder_emit(const struct ent_coder *coder, const struct ent_article *article,
	       const struct drafts *drafts, struct ent_candidate ***out,
	       size_t *out_count, struct ent_error *err)
{
	struct ent_candidate **all = NULL;
	size_t count = 0;
	bool allowed = false;
	int rc = ENT_OK;

	if (drafts->count > 0) {
		all = mem_new(drafts->count, sizeof(*all));
		if (!all)
			return mem_error(err);
	}
	for (size_t i = 0; i < drafts->count && rc == ENT_OK; i++) {
		struct emission emission = { coder, article, &drafts->items[i],
					     NULL };

		rc = candidate_new(&emission.candidate, err);
		if (rc == ENT_OK)
			all[count++] = &emission.candidate->view;
		if (rc == ENT_OK)
			rc = emit(&emission, err);
		if (rc == ENT_OK)
			rc = is_allowed(all[count - 1], &allowed, err);
		if (rc == ENT_OK && !allowed)
			ent_candidate_free(all[--count]);
	}
	if (rc < 0 || count == 0) {
		ent_candidates_free(all, count);
		all = NULL;
	}
	if (rc < 0)
		return rc;
	*out = all;
	*out_count = count;
	return ENT_OK;
}
