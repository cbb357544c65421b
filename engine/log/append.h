/*
 * append.h - an append, or only a look at what it would do.
 */
#ifndef ENGINE_APPEND_H
#define ENGINE_APPEND_H

#include "log/batch.h"
#include "log/log.h"

/* Looks at the log as it would be, within the transaction that then is given up. */
typedef int append_look_fn(struct store_txn *txn,
			   const struct ent_appended *appended, void *arg,
			   struct ent_error *err);

struct append_request {
	const struct ent_batch *batch;
	const struct ent_append_options *options;
	append_look_fn *look; /* NULL: commit */
	append_look_fn *keep; /* called before a commit, to add to it; may be NULL */
	bool keep_always;     /* also where nothing was appended */
	uint64_t redacting;   /* the event that keep redacts; 0: none */
	void *arg;
};

/* The map grows as often as needed.  Errors as ent_log_append(). */
int append_request(struct ent_log *log, const struct append_request *request,
		   struct ent_appended *out, struct ent_error *err);

#endif
