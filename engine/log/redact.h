/*
 * redact.h - taking the content of an event away, and knowing of which it was.
 *
 * The table meta has an entry for each: 'r' and the number of the event, and the
 * number of the event that says so.
 */
#ifndef ENGINE_REDACT_H
#define ENGINE_REDACT_H

#include "doors/store.h"
#include "entente/redaction.h"

/*
 * Within a writing transaction: put its hash in the place of the body of event seq,
 * take it out of the columns, its fixes away, and forget texts that no other event
 * names.  by is the event that says so.  Checkpoints are not changed.  STORE_GROW.
 *
 * ENT_ECORRUPT  the event does not have its hash, or is not there
 */
int redact_event(struct store_txn *txn, uint64_t seq, uint64_t by,
		 struct ent_error *err);

/* Note that event by says that seq is redacted; once is enough.  STORE_GROW. */
int redact_note(struct store_txn *txn, uint64_t seq, uint64_t by,
		struct ent_error *err);

/* Which event says that seq is redacted.  ENT_END: none. */
int redact_find(struct store_txn *txn, uint64_t seq, uint64_t *out_by,
		struct ent_error *err);

/* Those up to event known, ascending; owned: mem_free(). */
int redact_list(struct store_txn *txn, uint64_t known,
		struct ent_redaction **out, size_t *out_count,
		struct ent_error *err);

#endif
