/*
 * review_append.c - what a review writes into the log.
 */
#include "ask.h"
#include "fixes.h"
#include "review.h"

#include <inttypes.h>
#include <sys/stat.h>

int review_open(struct review *review, bool create)
{
	const char *name = ask_log_name(review->cli);
	const struct ent_log_options options = { .read_only = review->dry_run,
						 .create = create,
						 .trust = review->cli->trust };
	struct ent_error err = { 0 };
	struct stat st;
	int rc;

	if (review->log)
		return CLI_DONE;
	rc = ent_log_open(name, &options, &review->log, &err);
	if (rc == ENT_ENOLOG && !create &&
	    (stat(name, &st) != 0 || S_ISDIR(st.st_mode)))
		return CLI_DONE; /* the first decision makes it */
	return rc < 0 ? fail_said(&err) : CLI_DONE;
}

static void obstacle(const char *label, const char *what, void *arg)
{
	struct text *text = arg;

	(void)label;
	text_clear(text);
	text_str(text, what);
}

/* What stands in the way says more than that something does. */
static void explain(struct ent_error *err, const struct text *why)
{
	if (why->len > 0)
		ent_error_set(err, err->code, "%s", why->data);
}

int review_append(struct review *review, const struct text *event,
		  struct ent_appended *out, struct ent_error *err)
{
	struct text why = { 0 };
	const struct ent_append_options options = { .now_us = ask_now_us(),
						    .obstacle = obstacle,
						    .obstacle_arg = &why };
	struct ent_batch *batch = NULL;
	int rc = ent_batch_new(&batch, err);

	if (rc == ENT_OK)
		rc = ent_batch_add(batch, text_get(event), event->len, NULL, err);
	if (rc == ENT_OK)
		rc = ask_append(review->cli, &review->log, batch, &options, out,
				err);
	if (rc < 0)
		explain(err, &why);
	ent_batch_free(batch);
	text_release(&why);
	return rc;
}

void review_hint_in_log(uint64_t first, uint64_t last)
{
	if (last > first)
		hint("events %" PRIu64 " to %" PRIu64 " are in the log all the "
		     "same", first, last);
	else if (last > 0)
		hint("event %" PRIu64 " is in the log all the same", first);
}

int review_undone_by(struct review *review, uint64_t seq, uint64_t *out)
{
	struct fixes fixes;
	int rc = fixes_read(review->log, seq, &fixes);

	*out = rc == CLI_DONE ? fixes.items[0].undone_by : 0;
	fixes_release(&fixes);
	return rc;
}

/* The time makes it another event than an earlier taking back of the same. */
static void add_retraction(struct text *text, const struct review *review,
			   const struct ent_id *id, const char *reason)
{
	char target[ENT_ID_TEXT_SIZE], at[ENT_TIME_TEXT_SIZE];

	ent_id_text(id, target);
	ent_time_text(ask_now_us(), at);
	text_fmt(text, "{\"type\":\"event.retracted\",\"retracts\":\"%s\"",
		 target);
	if (review->coder) {
		text_str(text, ",\"coder\":");
		text_json_str(text, review->coder);
	}
	text_fmt(text, ",\"data\":{\"at\":\"%s\",\"reason\":", at);
	text_json_str(text, reason);
	text_str(text, "}}");
}

int review_retract(struct review *review, uint64_t seq, const char *reason,
		   struct ent_appended *out, struct ent_error *err)
{
	struct ent_event *event = NULL;
	struct text text = { 0 };
	int rc = ent_log_get(review->log, seq, &event, err);

	if (rc == ENT_END)
		rc = ent_error_set(err, ENT_ECORRUPT, "event %llu is missing",
				   (unsigned long long)seq);
	if (rc == ENT_OK) {
		add_retraction(&text, review, &event->id, reason);
		rc = review_append(review, &text, out, err);
	}
	text_release(&text);
	ent_event_free(event);
	return rc;
}
