/*
 * append.c - all of a batch, or nothing.
 *
 * Identity comes first and expectations second, so that a writer who does not
 * know whether its append arrived can simply send it again.
 */
#include "log/append.h"

#include "log/appending.h"

#include <inttypes.h>

/* Recorded times never go back, whatever the clock does. */
static int read_end(struct appending *a, struct ent_error *err)
{
	int64_t before = 0;
	int rc = log_last(a->txn, &a->last, err);

	a->recorded_us = a->options->now_us;
	if (rc < 0 || a->last == 0)
		return rc;
	rc = log_recorded_us(a->txn, a->last, &before, err);
	if (rc == ENT_OK && a->recorded_us < before)
		a->recorded_us = before;
	return rc;
}

static int check_head(const struct appending *a, struct ent_error *err)
{
	if (!a->options->has_expected_head ||
	    a->options->expected_head == a->last)
		return ENT_OK;
	return ent_error_set(err, ENT_ECONFLICT,
			     "the last event is %" PRIu64 ", not %" PRIu64
			     " as expected", a->last, a->options->expected_head);
}

static void note_positions(const struct appending *a, struct ent_appended *out)
{
	size_t count = a->batch->count;

	for (size_t i = 0; i < count && !out->first_known_seq; i++)
		out->first_known_seq = a->places[i].seq;
	for (size_t i = count; i-- > 0 && !out->last_known_seq;)
		out->last_known_seq = a->places[i].seq;
}

static int run(struct appending *a, struct ent_appended *out,
	       struct ent_error *err)
{
	uint64_t before = 0, already = 0, fresh = 0;
	int rc = read_end(a, err);

	before = a->last;
	if (rc == ENT_OK)
		rc = append_identify(a, &already, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < a->batch->count; i++)
		fresh += !a->places[i].skip;
	if (already > 0 && fresh > 0 && !a->options->skip_existing)
		return append_refuse_partial(a, already, err);
	if (fresh > 0 || a->batch->count == 0)
		rc = check_head(a, err);
	if (rc == ENT_OK)
		rc = tree_edge_read(a->txn, before, log_leaf, &a->edge, err);
	if (rc == ENT_OK)
		rc = append_write(a, err);
	if (rc != ENT_OK)
		return rc;
	out->appended = fresh;
	out->already = a->batch->count - fresh;
	out->first_seq = fresh ? before + 1 : 0;
	out->last_seq = fresh ? a->last : 0;
	out->head_seq = a->last;
	note_positions(a, out);
	return tree_edge_root(&a->edge, &out->head, err);
}

static int append_in(struct store_txn *txn,
		     const struct append_request *request,
		     struct ent_appended *out, struct ent_error *err)
{
	const struct ent_batch *batch = request->batch;
	struct appending a = { .txn = txn,
			       .batch = batch,
			       .options = request->options,
			       .redacting = request->redacting };
	struct ent_appended appended = { 0 };
	int rc;

	a.places = mem_new(batch->count, sizeof(*a.places));
	a.by_id = mem_new(batch->count, sizeof(*a.by_id));
	a.codes = mem_new(batch->texts_count, sizeof(*a.codes));
	if (a.places && a.by_id && a.codes)
		rc = run(&a, &appended, err);
	else
		rc = mem_error(err);
	if (rc == ENT_OK)
		*out = appended;
	buf_release(&a.stored);
	mem_free(a.places);
	mem_free(a.by_id);
	mem_free(a.codes);
	return rc;
}

/* One try: STORE_GROW asks for another with a larger map. */
static int try_append(struct ent_log *log, const struct append_request *request,
		      struct ent_appended *out, struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_write(log->store, request->options->no_sync, &txn,
				   err);

	if (rc == ENT_OK)
		rc = append_in(txn, request, out, err);
	if (rc == ENT_OK && request->look)
		rc = request->look(txn, out, request->arg, err);
	else if (rc == ENT_OK && (out->appended > 0 || request->keep_always)) {
		if (request->keep)
			rc = request->keep(txn, out, request->arg, err);
		if (rc == ENT_OK) {
			rc = store_commit(txn, err);
			txn = NULL; /* commit frees it, even when it fails */
		}
	} else if (rc == ENT_OK && !request->options->no_sync) {
		/* What is there already may have been appended without. */
		rc = store_sync(log->store, err);
	}
	store_abort(txn);
	return rc;
}

int append_request(struct ent_log *log, const struct append_request *request,
		   struct ent_appended *out, struct ent_error *err)
{
	struct ent_appended appended = { 0 };
	int rc;

	while ((rc = try_append(log, request, &appended, err)) == STORE_GROW) {
		rc = store_grow(log->store, err);
		if (rc < 0)
			return rc;
	}
	if (rc == ENT_OK)
		*out = appended;
	return rc;
}
