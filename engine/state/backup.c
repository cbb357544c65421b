/*
 * backup.c - copies of a log: none gets its name before every promise of it was
 * derived again, and its head is the one of what was copied.
 */
#include "entente/backup.h"

#include "doors/store_copy.h"
#include "log/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct copying {
	const struct ent_copy_options *options;
	struct store_copy *copy;
	bool has_head; /* what the copy must have */
	uint64_t events;
	struct ent_hash head;
	struct ent_copied result;
};

static const struct ent_copy_options defaults;

/* ---- the check ------------------------------------------------------------------- */

struct first_finding {
	bool found;
	uint64_t seq;
	char what[200];
};

static void note_first(uint64_t seq, const char *what, void *arg)
{
	struct first_finding *first = arg;

	if (!first->found)
		snprintf(first->what, sizeof(first->what), "%s", what);
	if (!first->found)
		first->seq = seq;
	first->found = true;
}

/* In this process. */
static int check_here(const char *dir, struct ent_verified *out, void *arg,
		      struct ent_error *err)
{
	const struct ent_log_options reading = { .read_only = true,
						 .trust = ENT_TRUST_FS };
	struct first_finding first = { 0 };
	struct ent_log *log = NULL;
	int rc = ent_log_open(dir, &reading, &log, err);

	(void)arg;
	if (rc == ENT_OK)
		rc = ent_log_verify(log, note_first, NULL, &first, out, err);
	ent_log_close(log);
	if (rc == ENT_OK && first.found)
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "event %" PRIu64 ": %s (and %" PRIu64 " more)",
				   first.seq, first.what, out->findings - 1);
	return rc;
}

static int compare_head(const struct copying *c,
			const struct ent_verified *verified,
			struct ent_error *err)
{
	if (!c->has_head ||
	    (verified->events == c->events &&
	     memcmp(&verified->head, &c->head, sizeof(c->head)) == 0))
		return ENT_OK;
	return ent_error_set(err, ENT_ECORRUPT,
			     "the copy has %" PRIu64 " events and another head than the %" PRIu64 " that were copied",
			     verified->events, c->events);
}

static int check(struct copying *c, struct ent_error *err)
{
	ent_check_fn *fn = c->options->check ? c->options->check : check_here;
	struct ent_verified verified = { 0 };
	int rc = fn(store_copy_dir(c->copy), &verified, c->options->arg, err);

	if (rc == ENT_OK && verified.findings > 0)
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "%" PRIu64 " thing%s wrong with the copy, and so with what was copied",
				   verified.findings,
				   verified.findings == 1 ? " is" : "s are");
	if (rc == ENT_OK)
		rc = compare_head(c, &verified, err);
	c->result.events = verified.events;
	c->result.head = verified.head;
	c->result.bytes = store_copy_bytes(c->copy);
	return rc;
}

/* ---- backup ---------------------------------------------------------------------- */

/* All that txn sees, and which head that has. */
static int fill(struct copying *c, struct store_txn *txn, struct ent_error *err)
{
	int rc = log_last(txn, &c->events, err);

	if (rc == ENT_OK)
		rc = log_root(txn, c->events, &c->head, err);
	c->has_head = true;
	if (rc == ENT_OK)
		rc = store_copy_fill(c->copy, txn, ENT_FORMAT_VERSION,
				     c->options->progress, c->options->arg, err);
	return rc;
}

/* The transaction ends ahead of the check: as long as it lasts, the log cannot use
 * its free pages again. */
static int fill_from_log(struct copying *c, struct ent_log *log,
			 struct ent_error *err)
{
	struct store_txn *txn = NULL;
	int rc = store_begin_read(log->store, &txn, err);

	if (rc == ENT_OK)
		rc = store_file_bytes(log->store, &c->result.bytes_before, err);
	if (rc == ENT_OK)
		rc = fill(c, txn, err);
	store_abort(txn);
	return rc;
}

int ent_log_backup(struct ent_log *log, const char *dest,
		   const struct ent_copy_options *options,
		   struct ent_copied *out, struct ent_error *err)
{
	struct copying c = { .options = options ? options : &defaults };
	int rc = store_copy_begin(dest, false, &c.copy, err);

	if (rc == ENT_OK)
		rc = fill_from_log(&c, log, err);
	if (rc == ENT_OK)
		rc = check(&c, err);
	if (rc == ENT_OK)
		rc = store_copy_name(c.copy, err);
	store_copy_end(c.copy);
	if (rc < 0)
		ent_error_wrap(err, "backup %s", dest);
	else if (out)
		*out = c.result;
	return rc;
}

/* ---- restore --------------------------------------------------------------------- */

int ent_log_restore(const char *backup, const char *dir,
		    const struct ent_copy_options *options,
		    struct ent_copied *out, struct ent_error *err)
{
	struct copying c = { .options = options ? options : &defaults };
	int rc = store_copy_begin(dir, true, &c.copy, err);

	if (rc < 0) {
		ent_error_wrap(err, "restore to %s", dir);
		return rc;
	}
	rc = store_copy_fill_from(c.copy, backup, c.options->progress,
				  c.options->arg, err);
	c.result.bytes_before = store_copy_bytes(c.copy);
	if (rc == ENT_OK)
		rc = check(&c, err);
	if (rc == ENT_OK)
		rc = store_copy_name(c.copy, err);
	store_copy_end(c.copy);
	if (rc < 0)
		ent_error_wrap(err, "restore %s", backup);
	else if (out)
		*out = c.result;
	return rc;
}

/* ---- compact --------------------------------------------------------------------- */

/* Within a writing transaction that writes nothing: it keeps the others out, from the
 * first page that is read to the swap. */
static int compact(struct copying *c, struct ent_log *log, struct store_txn *txn,
		   struct ent_error *err)
{
	int rc = fill(c, txn, err);

	if (rc == ENT_OK)
		rc = check(c, err);
	if (rc == ENT_OK)
		rc = store_copy_swap(c->copy, log->store, err);
	return rc;
}

int ent_log_compact(struct ent_log *log, const struct ent_copy_options *options,
		    struct ent_copied *out, struct ent_error *err)
{
	struct copying c = { .options = options ? options : &defaults };
	struct store_txn *txn = NULL;
	int rc = store_begin_write(log->store, false, &txn, err);

	if (rc == ENT_OK)
		rc = store_file_bytes(log->store, &c.result.bytes_before, err);
	if (rc == ENT_OK)
		rc = store_copy_begin_within(log->store, &c.copy, err);
	if (rc == ENT_OK)
		rc = compact(&c, log, txn, err);
	store_copy_end(c.copy);
	store_abort(txn);
	if (rc < 0)
		ent_error_wrap(err, "compact");
	else if (out)
		*out = c.result;
	return rc;
}
