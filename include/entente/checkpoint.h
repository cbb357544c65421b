/*
 * checkpoint.h - the checkpoints of a log: a cache of rows by what they bear on, so
 * that a question about any day reads a few of them.
 *
 * They look after themselves: appending makes them, joins them and replaces those
 * of another version.  Without any, every answer is the same, only slower;
 * ent_log_verify() compares each with the events that it covers.
 */
#ifndef ENTENTE_CHECKPOINT_H
#define ENTENTE_CHECKPOINT_H

#include "log.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_checkpoint {
	uint64_t first_seq; /* the events that it covers */
	uint64_t last_seq;
	uint64_t groups;    /* alliances, and targets of what weighs in stances */
	uint64_t bytes;     /* packed */
};

/* Non-zero stops the listing. */
typedef int ent_checkpoint_fn(const struct ent_checkpoint *checkpoint,
			      void *arg);

/* Call each() for every checkpoint that this version reads, in order. */
ENT_API int ent_checkpoint_list(struct ent_log *log, ent_checkpoint_fn *each,
				void *arg, struct ent_error *err);

/*
 * Cover every event, where at least `events` of them are not covered (0 = 1,024,
 * as appending does), and join what is small.
 *
 * ENT_EUSAGE  the log is open for reading only, or a call on it is under way
 * ENT_EBUSY, ENT_EDOUBT, ENT_EFULL, ENT_EIO, ENT_ECORRUPT, ENT_ENOMEM
 */
ENT_API int ent_checkpoint_build(struct ent_log *log, uint64_t events,
				 struct ent_error *err);

/* Take all away.  Errors as above. */
ENT_API int ent_checkpoint_drop(struct ent_log *log, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
