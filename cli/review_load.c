/*
 * review_load.c - candidates from JSON Lines.
 */
#include "ask.h"
#include "input.h"
#include "progress.h"
#include "review.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { REPORTS_MAX = 20 };

struct loading {
	struct review *review;
	struct input input;
	uint64_t bad;
};

static void report(struct loading *loading, int column, const char *why)
{
	if (++loading->bad <= REPORTS_MAX)
		complain("%s:%" PRIu64 ":%d: %s", loading->input.name,
			 loading->input.line, column, why);
}

/* Takes the candidate over. */
static void add(struct review *review, struct ent_candidate *candidate,
		const struct ent_hash *key, uint64_t line)
{
	if (review->count == review->cap) {
		review->cap = review->cap ? review->cap * 2 : 64;
		review->items = grow(review->items, review->cap,
				     sizeof(*review->items));
	}
	review->items[review->count++] = (struct review_item){
		.candidate = candidate, .key = *key, .line = line
	};
}

static int take_line(struct loading *loading)
{
	struct review *review = loading->review;
	struct ent_candidate *candidate = NULL;
	struct ent_error err = { 0 };
	struct ent_hash key;
	int rc;

	if (loading->input.too_long) {
		report(loading, INPUT_LINE_MAX + 1,
		       "the line is longer than 1 MiB");
		return CLI_DONE;
	}
	rc = ent_candidate_parse(text_get(&loading->input.text),
				 loading->input.text.len, &candidate, &err);
	if (rc == ENT_EINPUT) {
		report(loading, err.column > 0 ? err.column : 1, err.msg);
		return CLI_DONE;
	}
	if (rc == ENT_OK)
		rc = ent_candidate_key(candidate, &key, &err);
	if (rc < 0) {
		ent_candidate_free(candidate);
		return fail_ent(&err, "%s:%" PRIu64, loading->input.name,
				loading->input.line);
	}
	if (decisions_settled(&review->decisions, &key)) {
		review->decided++;
		ent_candidate_free(candidate);
	} else {
		add(review, candidate, &key, loading->input.line);
	}
	return CLI_DONE;
}

static int by_key(const void *left, const void *right)
{
	const struct review_item *a = left, *b = right;
	int order = memcmp(&a->key, &b->key, sizeof(a->key));

	if (order != 0)
		return order;
	return a->line < b->line ? -1 : a->line > b->line;
}

static int by_line(const void *left, const void *right)
{
	const struct review_item *a = left, *b = right;

	return a->line < b->line ? -1 : a->line > b->line;
}

static int by_score(const void *left, const void *right)
{
	const struct review_item *a = left, *b = right;

	if (a->candidate->score != b->candidate->score)
		return a->candidate->score > b->candidate->score ? -1 : 1;
	return by_line(left, right);
}

/* The same candidate twice, as where two files were put together, is one. */
static void drop_repeated(struct review *review)
{
	size_t kept = 0;

	if (review->count == 0)
		return;
	qsort(review->items, review->count, sizeof(*review->items), by_key);
	for (size_t i = 0; i < review->count; i++) {
		if (kept > 0 && memcmp(&review->items[kept - 1].key,
				       &review->items[i].key,
				       sizeof(struct ent_hash)) == 0)
			ent_candidate_free(review->items[i].candidate);
		else
			review->items[kept++] = review->items[i];
	}
	review->count = kept;
}

/* What the log says to a candidate is part of its score. */
int review_sort(struct review *review)
{
	bool scores = review->order && strcmp(review->order, "score") == 0;
	struct ent_error err = { 0 };

	for (size_t i = 0; scores && review->log && i < review->count; i++)
		if (ent_candidate_weigh(review->items[i].candidate, review->log,
					&err) < 0)
			return fail_ent(&err, "review: compare with the log");
	if (review->count > 0)
		qsort(review->items, review->count, sizeof(*review->items),
		      scores ? by_score : by_line);
	return CLI_DONE;
}

static int bad_lines(const struct loading *loading)
{
	int rc;

	if (loading->bad > REPORTS_MAX)
		complain("\xE2\x80\xA6 and %" PRIu64 " more",
			 loading->bad - REPORTS_MAX);
	rc = fail(CLI_INPUT, "review: %" PRIu64 " bad line%s; nothing was "
		  "appended", loading->bad, loading->bad == 1 ? "" : "s");
	hint("review takes what `entente propose` prints; articles are for "
	     "propose");
	return rc;
}

int review_load(struct review *review, const char *name)
{
	struct loading loading = { .review = review };
	int rc = decisions_read(&review->decisions, ask_log_name(review->cli),
				review->decisions_name);

	if (rc != CLI_DONE)
		return rc;
	rc = input_open(&loading.input, name);
	review->name = strcmp(name, "-") == 0 ? "<stdin>" : name;
	while (rc == CLI_DONE) {
		rc = input_next(&loading.input);
		if (rc != CLI_DONE)
			break;
		progress_count("review", loading.input.line, "lines");
		rc = take_line(&loading);
	}
	progress_done();
	if (loading.bad > 0 && (rc == INPUT_END || rc == CLI_INPUT))
		rc = bad_lines(&loading);
	input_close(&loading.input);
	if (rc != INPUT_END)
		return rc;
	drop_repeated(review);
	return CLI_DONE;
}

void review_release(struct review *review)
{
	for (size_t i = 0; i < review->count; i++)
		ent_candidate_free(review->items[i].candidate);
	free(review->items);
	decisions_release(&review->decisions);
	ent_log_close(review->log);
	review->log = NULL;
}
