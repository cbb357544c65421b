/*
 * review_bulk.c - review --accept-all: everything that passes, in one batch.
 */
#include "ask.h"
#include "out.h"
#include "review.h"
#include "safe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum outcome { LEFT, ACCEPT, SUPPORT, ALREADY };

#define NONE SIZE_MAX

struct bulk {
	struct review *review;
	enum outcome *outcomes; /* one for each item */
	size_t *before; /* likewise: the one of its kind before it, or NONE */
	struct ent_batch *batch;
	struct text notes; /* lines for the file of decisions */
	uint64_t counts[4];
	struct ent_appended done;
};

static const char *modality_of(const struct ent_candidate *candidate)
{
	const char *modality = ent_value_get_text(candidate->event, "modality");

	return modality ? modality : "fact";
}

static bool passes(const struct review *review,
		   const struct ent_candidate *candidate)
{
	const char *only = review->only ? review->only : "fact";
	uint64_t bar = review->min_score.given ? review->min_score.value :
						 REVIEW_BAR;

	return (strcmp(only, "any") == 0 ||
		strcmp(only, modality_of(candidate)) == 0) &&
	       (uint64_t)candidate->score >= bar;
}

/* With another coder it is another event, whose id later ones may name. */
static int put_coder(struct review *review, struct review_item *item)
{
	const struct review_change change = { .coder = review->coder };
	struct ent_candidate *changed = NULL;
	struct ent_error err = { 0 };
	struct text line = { 0 };
	int rc = CLI_DONE;

	if (!review->coder)
		return CLI_DONE;
	review_event(&line, item->candidate, &change);
	if (ent_candidate_edit(item->candidate, text_get(&line), line.len,
			       &changed, &err) < 0) {
		rc = fail_ent(&err, "%s:%" PRIu64, review->name, item->line);
	} else {
		ent_candidate_free(item->candidate);
		item->candidate = changed;
	}
	text_release(&line);
	return rc;
}

/* ---- of a kind --------------------------------------------------------- */

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_kinds(const struct ent_candidate *a,
			 const struct ent_candidate *b)
{
	static const char *const keys[] = { "alliance", "actor", "type" };
	int order = 0;

	for (size_t i = 0; i < 3 && order == 0; i++)
		order = compare_texts(ent_value_get_text(a->event, keys[i]),
				      ent_value_get_text(b->event, keys[i]));
	return order;
}

/* A candidate and its place among the items. */
struct place {
	const struct ent_candidate *candidate;
	size_t at;
};

static int by_kind(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	int order = compare_kinds(a->candidate, b->candidate);

	if (order != 0)
		return order;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Only candidates of one kind can be the same: each leads to the one of its kind
 * before it, so that not all are compared with all. */
static void chain_kinds(struct bulk *bulk)
{
	size_t count = bulk->review->count;
	struct place *places = grow(NULL, count + 1, sizeof(*places));

	for (size_t i = 0; i < count; i++)
		places[i] = (struct place){ bulk->review->items[i].candidate, i };
	qsort(places, count, sizeof(*places), by_kind);
	for (size_t i = 0; i < count; i++) {
		bool same = i > 0 && compare_kinds(places[i - 1].candidate,
						   places[i].candidate) == 0;

		bulk->before[places[i].at] = same ? places[i - 1].at : NONE;
	}
	free(places);
}

/* ---- deciding ---------------------------------------------------------- */

/* One thing may be told by several articles of the file: one is taken, the others
 * stand by it. */
static int compare_earlier(struct bulk *bulk, size_t i)
{
	struct ent_candidate *candidate = bulk->review->items[i].candidate;
	struct ent_error err = { 0 };

	for (size_t j = bulk->before[i]; j != NONE && !candidate->already;
	     j = bulk->before[j]) {
		const struct ent_candidate *other =
			bulk->review->items[j].candidate;

		if (bulk->outcomes[j] == ACCEPT &&
		    ent_candidate_compare(candidate, other, &err) < 0)
			return fail_ent(&err, "review: compare candidates");
	}
	return CLI_DONE;
}

static int weigh(struct review *review, struct ent_candidate *candidate)
{
	struct ent_error err = { 0 };

	if (ent_candidate_weigh(candidate, review->log, &err) < 0)
		return fail_ent(&err, "review: compare with the log");
	return CLI_DONE;
}

static int decide(struct bulk *bulk, size_t i)
{
	struct review *review = bulk->review;
	struct review_item *item = &review->items[i];
	int rc = put_coder(review, item);

	if (rc == CLI_DONE)
		rc = weigh(review, item->candidate);
	if (rc == CLI_DONE)
		rc = compare_earlier(bulk, i);
	if (rc != CLI_DONE)
		return rc;
	if (!passes(review, item->candidate))
		bulk->outcomes[i] = LEFT;
	else if (!item->candidate->already)
		bulk->outcomes[i] = ACCEPT;
	else if (item->candidate->same_report)
		bulk->outcomes[i] = ALREADY;
	else
		bulk->outcomes[i] = SUPPORT;
	bulk->counts[bulk->outcomes[i]]++;
	return CLI_DONE;
}

/* ---- writing ----------------------------------------------------------- */

static void note_decision(struct bulk *bulk, const struct review_item *item,
			  enum outcome outcome, const char *event)
{
	const struct decision_note note = {
		.key = &item->key, .by = bulk->review->coder, .event = event,
		.decision = outcome == SUPPORT ? DECISION_SUPPORTED :
						 DECISION_ACCEPTED
	};

	decisions_line(&bulk->notes, &note);
}

/* A run may have been cut off between the log and the file of decisions.  Whether
 * it is the same under that id, append says. */
static void count_known(struct bulk *bulk, const struct ent_id *id,
			enum outcome outcome)
{
	uint64_t seq;

	if (!bulk->review->log ||
	    ent_log_find(bulk->review->log, id, &seq, NULL) != ENT_OK)
		return;
	bulk->counts[outcome]--;
	bulk->counts[ALREADY]++;
}

/* Add the event of candidate to the batch, and give the id that it will have. */
static int add_event(struct bulk *bulk, const struct review_item *item,
		     const struct ent_candidate *candidate, enum outcome outcome,
		     char id[ENT_ID_TEXT_SIZE])
{
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	struct text label = { 0 };
	char *json = NULL;
	size_t len = 0;
	int rc;

	text_fmt(&label, "%s:%" PRIu64, bulk->review->name, item->line);
	rc = ent_candidate_event_json(candidate, &json, &len, &err);
	if (rc == ENT_OK)
		rc = ent_event_parse(json, len, &event, &err);
	if (rc == ENT_OK)
		rc = ent_batch_add(bulk->batch, json, len, text_get(&label), &err);
	if (rc == ENT_OK) {
		ent_id_text(&event->id, id);
		count_known(bulk, &event->id, outcome);
	} else {
		rc = fail_ent(&err, "%s", text_get(&label));
	}
	ent_event_free(event);
	ent_free(json);
	text_release(&label);
	return rc;
}

static int add_support(struct bulk *bulk, const struct review_item *item,
		       char id[ENT_ID_TEXT_SIZE])
{
	struct ent_candidate *support = NULL;
	struct ent_error err = { 0 };
	int rc;

	if (ent_candidate_support(item->candidate, &support, &err) < 0)
		return fail_ent(&err, "review");
	rc = add_event(bulk, item, support, SUPPORT, id);
	ent_candidate_free(support);
	return rc;
}

static int add_item(struct bulk *bulk, size_t i)
{
	const struct review_item *item = &bulk->review->items[i];
	enum outcome outcome = bulk->outcomes[i];
	char id[ENT_ID_TEXT_SIZE];
	int rc = CLI_DONE;

	if (outcome == LEFT)
		return CLI_DONE;
	if (outcome == ACCEPT)
		rc = add_event(bulk, item, item->candidate, ACCEPT, id);
	if (outcome == SUPPORT)
		rc = add_support(bulk, item, id);
	if (rc == CLI_DONE)
		note_decision(bulk, item, outcome,
			      outcome == ALREADY ? item->candidate->already : id);
	return rc;
}

static void obstacle(const char *label, const char *what, void *arg)
{
	(void)arg;
	complain("%s%s%s", label ? label : "", label ? ": " : "", what);
}

static int append(struct bulk *bulk)
{
	const struct ent_append_options options = { .now_us = ask_now_us(),
						    .skip_existing = true,
						    .obstacle = obstacle };
	struct ent_error err = { 0 };
	int rc = CLI_DONE;

	if (ent_batch_count(bulk->batch) > 0) {
		rc = review_open(bulk->review, true);
		if (rc == CLI_DONE &&
		    ask_append(bulk->review->cli, &bulk->review->log, bulk->batch,
			       &options, &bulk->done, &err) < 0)
			rc = fail_ent(&err, "review: append");
	}
	if (rc != CLI_DONE)
		return rc;
	out_appended(bulk->done.first_seq, bulk->done.last_seq);
	rc = decisions_append(&bulk->review->decisions, &bulk->notes);
	if (rc != CLI_DONE)
		review_hint_in_log(bulk->done.first_seq, bulk->done.last_seq);
	return rc;
}

/* ---- what was done ----------------------------------------------------- */

static void list(const struct bulk *bulk)
{
	static const char *const names[] = { [LEFT] = "left", [ACCEPT] = "accept",
					     [SUPPORT] = "source",
					     [ALREADY] = "already" };
	struct text line = { 0 };

	for (size_t i = 0; i < bulk->review->count; i++) {
		const struct review_item *item = &bulk->review->items[i];
		const struct ent_candidate *candidate = item->candidate;

		text_fmt(&line, "%-7s %s:%" PRIu64 "  %4d  ",
			 names[bulk->outcomes[i]], bulk->review->name, item->line,
			 candidate->score);
		review_gist(&line, candidate);
		if (candidate->effect)
			text_fmt(&line, "  [%s]", candidate->effect);
		if (candidate->note)
			text_fmt(&line, "  %s", candidate->note);
		out_safe(text_get(&line));
		out_str("\n");
		text_clear(&line);
	}
	text_release(&line);
}

static void print_text(const struct bulk *bulk)
{
	const struct ent_appended *done = &bulk->done;

	out_fmt("%s %" PRIu64 ", and %" PRIu64 " further source%s",
		bulk->review->dry_run ? "would accept" : "accepted",
		bulk->counts[ACCEPT], bulk->counts[SUPPORT],
		bulk->counts[SUPPORT] == 1 ? "" : "s");
	if (done->appended == 1)
		out_fmt(" (event %" PRIu64 ")", done->first_seq);
	if (done->appended > 1)
		out_fmt(" (events %" PRIu64 " to %" PRIu64 ")", done->first_seq,
			done->last_seq);
	out_fmt("; %" PRIu64 " already there, %" PRIu64 " left",
		bulk->counts[ALREADY], bulk->counts[LEFT]);
	if (bulk->review->decided > 0)
		out_fmt(", %" PRIu64 " decided before", bulk->review->decided);
	out_str("\n");
}

static void add_seq(struct text *text, const char *key, uint64_t seq)
{
	if (seq == 0)
		text_fmt(text, ",\"%s\":null", key);
	else
		text_fmt(text, ",\"%s\":%" PRIu64, key, seq);
}

static void print_json(const struct bulk *bulk)
{
	struct text text = { 0 };

	text_fmt(&text, "{\"accepted\":%" PRIu64 ",\"already\":%" PRIu64
		 ",\"decided\":%" PRIu64 ",\"dry_run\":%s",
		 bulk->counts[ACCEPT], bulk->counts[ALREADY],
		 bulk->review->decided,
		 bulk->review->dry_run ? "true" : "false");
	add_seq(&text, "first_seq", bulk->done.first_seq);
	text_str(&text, ",\"head\":");
	if (bulk->done.appended > 0)
		text_json_hash(&text, &bulk->done.head);
	else
		text_str(&text, "null");
	add_seq(&text, "last_seq", bulk->done.last_seq);
	text_fmt(&text, ",\"left\":%" PRIu64 ",\"sources\":%" PRIu64 "}\n",
		 bulk->counts[LEFT], bulk->counts[SUPPORT]);
	out_text(&text);
	text_release(&text);
}

static int run(struct bulk *bulk)
{
	struct review *review = bulk->review;
	int rc = CLI_DONE;

	chain_kinds(bulk);
	for (size_t i = 0; i < review->count && rc == CLI_DONE; i++)
		rc = decide(bulk, i);
	for (size_t i = 0; i < review->count && rc == CLI_DONE; i++)
		rc = add_item(bulk, i);
	if (rc == CLI_DONE && !review->dry_run)
		rc = append(bulk);
	if (rc != CLI_DONE)
		return rc;
	if (review->json) {
		print_json(bulk);
		return CLI_DONE;
	}
	if (review->dry_run)
		list(bulk);
	print_text(bulk);
	return CLI_DONE;
}

int review_bulk(struct review *review)
{
	struct bulk bulk = { .review = review };
	struct ent_error err = { 0 };
	int rc;

	bulk.outcomes = grow(NULL, review->count + 1, sizeof(*bulk.outcomes));
	bulk.before = grow(NULL, review->count + 1, sizeof(*bulk.before));
	if (ent_batch_new(&bulk.batch, &err) < 0)
		rc = fail_ent(&err, "review");
	else
		rc = run(&bulk);
	ent_batch_free(bulk.batch);
	text_release(&bulk.notes);
	free(bulk.outcomes);
	free(bulk.before);
	return rc;
}
