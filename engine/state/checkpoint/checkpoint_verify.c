/*
 * checkpoint_verify.c - each checkpoint against what follows from the events that it
 * covers, byte by byte.
 */
#include "log/verify.h"
#include "state/checkpoint/checkpoint.h"
#include "state/checkpoint/checkpoint_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct comparing_spans {
	struct store_txn *txn;
	const struct span *span;
	verify_find_fn *find;
	void *find_arg;
	uint64_t groups; /* entries that there must be */
};

static void tell(const struct comparing_spans *c, const char *what)
{
	char text[160];

	snprintf(text, sizeof(text),
		 "the checkpoint of events %" PRIu64 " to %" PRIu64 " %s",
		 c->span->first, c->span->last, what);
	c->find(c->find_arg, 0, text);
}

static int compare_group(uint64_t group, struct ent_bytes packed, void *arg,
			 struct ent_error *err)
{
	struct comparing_spans *c = arg;
	uint8_t key[CHECKPOINT_KEY_BYTES];
	struct ent_bytes stored = { NULL, 0 };
	int rc;

	checkpoint_key(key, group, c->span->first);
	rc = store_get(c->txn, STORE_CHECKPOINTS,
		       (struct ent_bytes){ key, sizeof(key) }, &stored, err);
	if (rc < 0)
		return rc;
	c->groups++;
	if (rc == ENT_END || stored.len != packed.len ||
	    memcmp(stored.data, packed.data, packed.len) != 0)
		tell(c, "is not what follows from them");
	return ENT_OK;
}

static int compare_count(struct store_txn *txn, uint64_t expected,
			 verify_find_fn *find, void *find_arg,
			 struct ent_error *err)
{
	uint64_t count = 0;
	char text[160];
	int rc = store_count(txn, STORE_CHECKPOINTS, &count, err);

	if (rc < 0 || count == expected)
		return rc;
	snprintf(text, sizeof(text),
		 "the table checkpoints has %" PRIu64 " entries, and %" PRIu64
		 " follow from the events", count, expected);
	find(find_arg, 0, text);
	return ENT_OK;
}

/* Damage that keeps rows from being read was told with the events. */
static int derive(struct comparing_spans *c, struct ent_error *err)
{
	int rc = checkpoint_derive(c->txn, c->span, compare_group, c, err);

	if (rc != ENT_ECORRUPT)
		return rc;
	tell(c, "cannot be compared");
	return ENT_OK;
}

static int verify_checkpoints(struct store_txn *txn, verify_find_fn *find,
			      void *find_arg, struct ent_error *err)
{
	struct comparing_spans c = { .txn = txn,
				     .find = find,
				     .find_arg = find_arg };
	struct spans spans = { .count = 0 };
	int rc = checkpoint_list(txn, &spans, err);

	for (size_t i = 0; rc == ENT_OK && i < spans.count; i++) {
		c.span = &spans.items[i];
		rc = derive(&c, err);
	}
	if (rc != ENT_OK)
		return rc;
	return compare_count(txn, c.groups + spans.count, find, find_arg, err);
}

int ent_log_verify(struct ent_log *log, ent_finding_fn *finding,
		   ent_progress_fn *progress, void *arg,
		   struct ent_verified *out, struct ent_error *err)
{
	return log_verify(log, verify_checkpoints, finding, progress, arg, out,
			  err);
}
