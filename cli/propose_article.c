/*
 * propose_article.c - what an article gives: candidates, the further source of an
 * event where it is a copy, nothing where it was read before.  A copy with news of
 * its own, and what corrects or updates another, is read like any other.
 */
#include "propose.h"
#include "progress.h"

#include <stdio.h>
#include <string.h>

static int cannot(const struct ent_article *article, const struct ent_error *err)
{
	return fail_ent(err, "%s", article->name);
}

static int print(struct propose *propose, const struct ent_article *article,
		 struct ent_candidate *candidate)
{
	struct ent_error err = { 0 };
	char *json = NULL;
	size_t len = 0;

	if (propose->log &&
	    ent_candidate_weigh(candidate, propose->log, &err) < 0)
		return cannot(article, &err);
	if (ent_candidate_json(candidate, &json, &len, &err) < 0)
		return cannot(article, &err);
	out_bytes(json, len);
	out_str("\n");
	ent_free(json);
	propose->candidates++;
	return CLI_DONE;
}

/* Nothing that was found is left out in silence, or for good. */
static void leave_undated(const struct propose *propose,
			  const struct ent_article *article)
{
	size_t undated = ent_coder_undated(propose->coder);

	if (undated == 0)
		return;
	note("%s: %zu event%s cannot be dated, for the day of publication is not "
	     "known; give it with --published", article->name, undated,
	     undated == 1 ? "" : "s");
	ent_memory_forget(propose->memory, article);
}

static int propose_events(struct propose *propose,
			  const struct ent_article *article)
{
	struct ent_candidate **candidates = NULL;
	struct ent_error err = { 0 };
	size_t count = 0;
	int rc = CLI_DONE;

	if (ent_propose(propose->coder, article, &candidates, &count, &err) < 0)
		return cannot(article, &err);
	for (size_t i = 0; i < count && rc == CLI_DONE && !propose->explain; i++)
		rc = print(propose, article, candidates[i]);
	ent_candidates_free(candidates, count);
	if (!propose->explain)
		leave_undated(propose, article);
	return rc;
}

static void leave_undated_copy(const struct propose *propose,
			       const struct ent_article *article,
			       const struct ent_met *met)
{
	note("%s: a copy of %s, without a day of publication; nothing proposed",
	     article->name, met->original_name);
	ent_memory_forget(propose->memory, article);
}

static int propose_source(struct propose *propose,
			  const struct ent_article *article,
			  const struct ent_met *met)
{
	struct ent_candidate *candidate = NULL;
	struct ent_error err = { 0 };
	int rc = ent_propose_source(article, met, &candidate, &err);

	if (rc < 0)
		return cannot(article, &err);
	if (rc == ENT_END) {
		leave_undated_copy(propose, article, met);
		return CLI_DONE;
	}
	rc = print(propose, article, candidate);
	ent_candidate_free(candidate);
	return rc;
}

/* ---- explanations ------------------------------------------------------- */

static void print_heading(const struct ent_article *article)
{
	out_str(out_on(STYLE_BOLD));
	out_safe(article->name);
	out_str(out_off(STYLE_BOLD));
	if (article->title) {
		out_str(": ");
		out_safe(article->title);
	}
	out_str("\n");
}

static void explain_met(const struct ent_met *met)
{
	if (met->again)
		out_str("  read before\n");
	if (!met->copy)
		return;
	out_fmt("  %s (%u of 1000) of ",
		met->longer ? "another form" : "a copy", met->shared_permille);
	out_safe(met->original_name);
	out_str("\n");
}

int propose_article(struct propose *propose, const struct ent_article *article)
{
	struct ent_error err = { 0 };
	struct ent_met met = { 0 };
	bool copy;

	propose->articles++;
	progress_count("propose", propose->articles, "articles");
	if (ent_memory_meet(propose->memory, article, &met, &err) < 0)
		return cannot(article, &err);
	copy = met.copy && !met.longer;
	propose->copies += copy;
	propose->again += met.again;

	if (propose->explain) {
		print_heading(article);
		explain_met(&met);
	}
	if (met.again || (copy && propose->explain))
		return CLI_DONE;
	return copy ? propose_source(propose, article, &met) :
		      propose_events(propose, article);
}
