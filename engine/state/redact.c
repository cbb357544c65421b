/*
 * redact.c - a redaction: the event that says so, and the content that goes, in one
 * transaction; checkpoints that knew of it are made anew.
 */
#include "entente/redaction.h"

#include "log/append.h"
#include "log/fixes.h"
#include "log/redact.h"
#include "log/redacted.h"
#include "state/checkpoint/checkpoint.h"
#include "values/value.h"

#include <inttypes.h>
#include <string.h>

struct redacting {
	uint64_t seq;
};

/* ---- the event that says so -------------------------------------------------- */

static int put_text(struct arena *arena, struct ent_value *map, const char *key,
		    const char *text, struct ent_error *err)
{
	struct ent_value value;
	int rc = value_text(arena, text, &value, err);

	return rc == ENT_OK ? value_put(arena, map, key, value, err) : rc;
}

static int make_event(const struct ent_id *target,
		      const struct ent_redact_options *options,
		      struct arena *arena, struct ent_value *out,
		      struct ent_error *err)
{
	struct ent_value root = value_map(), data = value_map();
	char id[ENT_ID_TEXT_SIZE];
	int rc = put_text(arena, &data, "reason", options->reason, err);

	ent_id_text(target, id);
	if (rc == ENT_OK)
		rc = value_put(arena, &data, "redacted", value_bool(true), err);
	if (rc == ENT_OK && options->coder)
		rc = put_text(arena, &root, "coder", options->coder, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &root, "data", data, err);
	if (rc == ENT_OK)
		rc = put_text(arena, &root, "retracts", id, err);
	if (rc == ENT_OK)
		rc = put_text(arena, &root, "type", "event.retracted", err);
	if (rc == ENT_OK)
		*out = root;
	return rc;
}

static int make_batch(const struct ent_id *target,
		      const struct ent_redact_options *options,
		      struct ent_batch *batch, struct ent_error *err)
{
	struct arena arena = { 0 };
	struct ent_value event;
	char *json = NULL;
	size_t len = 0;
	int rc = make_event(target, options, &arena, &event, err);

	if (rc == ENT_OK)
		rc = ent_value_json(&event, ENT_JSON_SAFE, &json, &len, err);
	if (rc == ENT_OK)
		rc = ent_batch_add(batch, json, len, "the redaction", err);
	ent_free(json);
	arena_release(&arena);
	return rc;
}

/* ---- what the log has of it ---------------------------------------------------- */

/* What an event says of another one stays, or that one would lack its reason. */
static int check_target(const struct ent_event *event, struct ent_error *err)
{
	if (redacted_says(event))
		return ent_error_set(err, ENT_ECONFLICT,
				     "event %" PRIu64 " says why another one was redacted, and stays",
				     event->seq);
	return ENT_OK;
}

static int find_target(struct ent_log *log, uint64_t seq,
		       struct ent_event **out, struct ent_error *err)
{
	int rc = seq > 0 ? ent_log_get(log, seq, out, err) : ENT_END;

	if (rc == ENT_END)
		return ent_error_set(err, ENT_EINPUT,
				     "the log has no event %" PRIu64, seq);
	return rc;
}

static int tell_already(struct ent_log *log, uint64_t seq,
			struct ent_appended *out, struct ent_error *err)
{
	struct ent_appended already = { .already = 1 };
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = redact_find(txn, seq, &already.first_known_seq, err);
	if (rc == ENT_END)
		rc = ent_error_set(err, ENT_ECORRUPT, "event %" PRIu64
				   " is redacted, and no event says so", seq);
	if (rc == ENT_OK)
		rc = log_last(txn, &already.head_seq, err);
	if (rc == ENT_OK)
		rc = log_root(txn, already.head_seq, &already.head, err);
	store_abort(txn);
	if (rc == ENT_OK) {
		already.last_known_seq = already.first_known_seq;
		*out = already;
	}
	return rc;
}

/* ---- both ------------------------------------------------------------------------ */

/* The marks of its fixes stand in the checkpoints of those. */
static int remake_checkpoints(struct store_txn *txn, uint64_t seq,
			      const uint64_t *fixers, size_t count,
			      struct ent_error *err)
{
	int rc = checkpoint_remake(txn, seq, err);

	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		rc = checkpoint_remake(txn, fixers[i], err);
	return rc;
}

/* Somebody else may have redacted it since it was looked at: ENT_END, and this one
 * comes to nothing. */
static int check_still_whole(struct store_txn *txn, uint64_t seq,
			     struct ent_error *err)
{
	struct record record;
	int rc = log_record_there(txn, seq, &record, err);

	return rc == ENT_OK && record.redacted ? ENT_END : rc;
}

static int redact(struct store_txn *txn, const struct ent_appended *appended,
		  void *arg, struct ent_error *err)
{
	const struct redacting *r = arg;
	struct fix *fixes = NULL;
	uint64_t *fixers = NULL;
	size_t count = 0;
	int rc = check_still_whole(txn, r->seq, err);

	if (rc == ENT_OK)
		rc = fix_list(txn, r->seq, &fixes, &count, err);
	if (rc == ENT_OK)
		fixers = mem_new(count, sizeof(*fixers));
	if (rc == ENT_OK && !fixers)
		rc = mem_error(err);
	for (size_t i = 0; rc == ENT_OK && i < count; i++)
		fixers[i] = fixes[i].by;
	if (rc == ENT_OK)
		rc = redact_event(txn, r->seq, appended->first_known_seq, err);
	if (rc == ENT_OK)
		rc = remake_checkpoints(txn, r->seq, fixers, count, err);
	if (rc == ENT_OK)
		rc = checkpoint_update(txn, appended->head_seq,
				       CHECKPOINT_EVENTS, 0, err);
	mem_free(fixers);
	mem_free(fixes);
	return rc;
}

static int append(struct ent_log *log, uint64_t seq,
		  const struct ent_batch *batch,
		  const struct ent_redact_options *options,
		  struct ent_appended *out, struct ent_error *err)
{
	const struct ent_append_options how = { .now_us = options->now_us };
	struct redacting redacting = { seq };
	struct append_request request = { .batch = batch,
					  .options = &how,
					  .keep = redact,
					  .keep_always = true,
					  .redacting = seq,
					  .arg = &redacting };

	return append_request(log, &request, out, err);
}

int ent_log_redact(struct ent_log *log, uint64_t seq,
		   const struct ent_redact_options *options,
		   struct ent_appended *out, struct ent_error *err)
{
	struct ent_event *target = NULL;
	struct ent_batch *batch = NULL;
	int rc = find_target(log, seq, &target, err);

	if (rc < 0)
		return rc;
	if (target->redacted) {
		rc = tell_already(log, seq, out, err);
		goto out;
	}
	rc = check_target(target, err);
	if (rc == ENT_OK)
		rc = ent_batch_new(&batch, err);
	if (rc == ENT_OK)
		rc = make_batch(&target->id, options, batch, err);
	if (rc == ENT_OK)
		rc = append(log, seq, batch, options, out, err);
	if (rc == ENT_END)
		rc = tell_already(log, seq, out, err);
out:
	ent_batch_free(batch);
	ent_event_free(target);
	return rc;
}
