/*
 * state.h - the state of alliances on a day, as known at a point of the log.
 *
 * A state is a set of slots, path -> (value, deciding event), folded from the
 * events that count in (effective day, phase, number) order.  Nothing in it
 * depends on a clock, a locale or the order of input but through numbers.
 */
#ifndef ENTENTE_STATE_H
#define ENTENTE_STATE_H

#include "log.h"
#include "redaction.h"
#include "reducer.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_KNOWN_ALL UINT64_MAX

/* What a question stands on. */
struct ent_basis {
	int32_t at;         /* the end of this day */
	uint64_t known;     /* events up to this number; ENT_KNOWN_ALL = newest;
	                     * a number beyond the last event means the last */
	bool has_published; /* only what a source had published for sure by */
	int32_t published;  /* the end of this day */
};

/* All-zero means the defaults, so { 0 } and NULL are the same. */
struct ent_view {
	const char *const *alliances; /* only these codes; NULL = all */
	size_t alliances_count;
	size_t last; /* entries of exercises, commitments and signals that are
	              * shown, the latest; 0 = all */
	const struct ent_reducer *reducers; /* the caller's own, beside ours */
	size_t reducers_count;
	bool no_checkpoints; /* fold all events: the same answer, slowly */
};

enum { ENT_VIEW_LAST = 20 }; /* what the program shows where nothing is said */

struct ent_state;

/*
 * Fold the log to a state.  *out is owned: ent_state_free(); it needs the log no
 * longer.
 *
 * ENT_EUSAGE    basis->at is not in the years 0001 to 9999
 * ENT_ECORRUPT  an event that is needed does not have its hash
 * ENT_EIO, ENT_ENOMEM; whatever a reducer of the caller's returned
 */
ENT_API int ent_replay(struct ent_log *log, const struct ent_basis *basis,
		       const struct ent_view *view, struct ent_state **out,
		       struct ent_error *err);

ENT_API void ent_state_free(struct ent_state *state); /* NULL is allowed */

/* The basis, with known as the number of the last event that was looked at. */
ENT_API struct ent_basis ent_state_basis(const struct ent_state *state);

/* The tree's root over events 1..known. */
ENT_API struct ent_hash ent_state_head(const struct ent_state *state);

/* The map `alliances` of the contract.  Borrowed, until the state is freed. */
ENT_API const struct ent_value *ent_state_alliances(const struct ent_state *state);

/*
 * What the caller's reducers made: {reducer: {path: {value, certainty, events
 * [, possible]}}}.  events are numbers of events.  Borrowed, until the state is freed.
 */
ENT_API const struct ent_value *ent_state_slots(const struct ent_state *state);

/* SHA-256 of the canonical JSON (value.h) of ent_state_alliances(). */
ENT_API struct ent_hash ent_state_digest(const struct ent_state *state);

/*
 * The events of the basis whose content was taken away (redaction.h), ascending:
 * what the answer lacks.  Borrowed, until the state is freed; *out_n may be 0.
 */
ENT_API const struct ent_redaction *
ent_state_redactions(const struct ent_state *state, size_t *out_n);

/*
 * The whole answer, {"alliances","basis","digest"}, as one line of safe JSON; with
 * "redacted", [{"by","seq"}], where there is any such event.
 * *out is owned: ent_free().
 */
ENT_API int ent_state_json(const struct ent_state *state, char **out,
			   size_t *out_len, struct ent_error *err);

/* ---- why -------------------------------------------------------------- */

/* Why an event does or does not decide a slot. */
enum ent_rule {
	ENT_DECIDES,        /* the value is this event's */
	ENT_ALSO_POSSIBLE,  /* its value is possible too: dates leave it open */
	ENT_ADDS,           /* one of several that a sum is made of */
	ENT_DISPLACED_DATE, /* a later one of the slot holds */
	ENT_DISPLACED_PHASE,/* same day: endings come after changes after openings */
	ENT_DISPLACED_SEQ,  /* same day and phase: the later recorded one holds */
	ENT_RAN_OUT,        /* its until has passed */
	ENT_NOT_YET,        /* dated after the day, or not surely before its end */
	ENT_NOT_PUBLISHED,  /* not surely published by then */
	ENT_CORRECTED,      /* event by_seq replaces it */
	ENT_RETRACTED,      /* event by_seq takes it back */
	ENT_NOT_FACT,       /* claim, possible, planned or denied: sets no status */
	ENT_NO_EFFECT       /* the alliance ended, but this was not current then */
};

struct ent_reason {
	enum ent_rule rule;
	uint64_t by_seq;               /* the event that displaced it, or 0 */
	const struct ent_event *event; /* borrowed, until the answer is freed */
};

struct ent_why;

/*
 * The events behind one value.  pointer is a JSON Pointer into `alliances`; a
 * membership is found under members, candidates and former alike.  *out is
 * owned: ent_why_free().
 *
 * ENT_END     no event of that basis bears on it
 * ENT_EUSAGE  pointer is no JSON Pointer, or names nothing that has events
 */
ENT_API int ent_why(struct ent_log *log, const struct ent_basis *basis,
		    const char *pointer, struct ent_why **out,
		    struct ent_error *err);

ENT_API void ent_why_free(struct ent_why *why); /* NULL is allowed */

/* The value that the pointer names; NULL where the slot is empty.  Borrowed. */
ENT_API const struct ent_value *ent_why_value(const struct ent_why *why);

/* The slot that holds it: its whole entry, with its certainty.  Borrowed. */
ENT_API const struct ent_value *ent_why_entry(const struct ent_why *why);

ENT_API struct ent_basis ent_why_basis(const struct ent_why *why);
ENT_API struct ent_hash ent_why_head(const struct ent_why *why);

/* Deciding ones first, then the others, the latest first. */
ENT_API size_t ent_why_count(const struct ent_why *why);
ENT_API struct ent_reason ent_why_get(const struct ent_why *why, size_t i);

#ifdef __cplusplus
}
#endif

#endif
