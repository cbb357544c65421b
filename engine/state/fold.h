/*
 * fold.h - the events of a basis, in any order, and what reducers fill.
 *
 * What the contract says of the order of the fold is settled by comparing places
 * (day, phase, seq), never by which event came first.
 */
#ifndef ENGINE_FOLD_H
#define ENGINE_FOLD_H

#include "state/basis.h"
#include "state/entries.h"
#include "state/slots.h"
#include "state/tallies.h"

/* The slots that our reducers fill; scope is an alliance's code. */
enum aspect {
	ASPECT_STATUS,
	ASPECT_NAME,
	ASPECT_FOUNDED,
	ASPECT_LEAD,
	ASPECT_KIND,
	ASPECT_PREDECESSOR,
	ASPECT_CHAIR,    /* element: role; value: actor */
	ASPECT_MEMBER,   /* element: actor; value: enum status */
	ASPECT_JOINED,   /* element: actor */
	ASPECT_EXERCISE, /* element: name */
	ASPECT_USER      /* scope: reducer; element: path */
};

/* Values of ASPECT_STATUS and ASPECT_MEMBER. */
enum status {
	STATUS_NONE,
	STATUS_ACTIVE,
	STATUS_DISSOLVED,
	STATUS_APPLICANT,
	STATUS_INVITED,
	STATUS_MEMBER,
	STATUS_SUSPENDED,
	STATUS_FROZEN,
	STATUS_LEAVING,
	STATUS_WITHDRAWN,
	STATUS_LAPSED,
	STATUS_EXPELLED,
	STATUS_COUNT
};

enum { VALUE_SET = 1 }; /* of slots whose value is told by their decider */

const char *status_text(enum status status);
bool status_is_current(enum status status);

/* "members", "candidates" or "former". */
const char *status_group(enum status status);

/* Slots of members hold what may be, and end with their alliance. */
static inline enum slot_kind aspect_kind(enum aspect aspect)
{
	return aspect == ASPECT_MEMBER ? SLOT_SWEPT :
	       aspect == ASPECT_CHAIR || aspect == ASPECT_USER ?
					 SLOT_POSSIBLE :
					 SLOT_LAST;
}

struct fold_alliance {
	uint32_t code;
	bool counts; /* an event that names it counts on the day */
	struct entries lists[LIST_COUNT];
};

/* Events that weigh, where a stance must tell which they are. */
struct cause {
	struct weight weight;
	uint64_t seq;
};

/* What is asked of a fold. */
struct fold_ask {
	const struct ent_view *view;
	const uint32_t *codes; /* only these alliances; each once */
	size_t codes_count;    /* SIZE_MAX: all */
	bool causes;           /* the events behind each stance too */
};

struct fold;
typedef int reduce_fn(struct fold *fold, const struct row *row,
		      struct ent_error *err);

/* What is done with an event of a type. */
struct fold_plan {
	reduce_fn *fact; /* with one that names an alliance; may be NULL */
	bool weighs;
};

struct fold {
	struct store_txn *txn;
	const struct selection *selection;
	struct fold_ask ask;
	int32_t day;
	struct alive_span alive;
	struct fold_plan plans[TYPE_COUNT];
	struct slots slots;
	struct tallies tallies;
	struct cause *causes;
	size_t causes_count, causes_room;
	struct fold_alliance *alliances;
	size_t alliances_count, alliances_room;
	struct positions alliances_index;
	struct fold_alliance *named; /* by the event that is being folded */
	bool row_counts;             /* that event counts on the day */
	struct texts *texts; /* of the caller's reducers */
	struct row *told;    /* to them, when all are there */
	size_t told_count, told_room;
};

enum { STANCE_DAYS = 1826 }; /* five years */

/* txn is only needed for the caller's reducers.  What selection, txn and ask lead
 * to must outlive the fold. */
int fold_begin(struct store_txn *txn, const struct selection *selection,
	       const struct fold_ask *ask, struct fold *out,
	       struct ent_error *err);

/* Each event of the log once, in any order; those that have no part in the fold,
 * and retractions, may be there or not. */
int fold_row(struct fold *fold, const struct row *row, struct ent_error *err);

/* All have come. */
int fold_end(struct fold *fold, struct ent_error *err);

/* Begin, hand over the events of the log, end. */
int fold_run(struct store_txn *txn, const struct selection *selection,
	     const struct fold_ask *ask, struct fold *out,
	     struct ent_error *err);
void fold_release(struct fold *fold);

/* The same of these rows instead, each of them alive and there once. */
int fold_found(struct store_txn *txn, const struct selection *selection,
	       const struct fold_ask *ask, const struct row *rows, size_t count,
	       struct fold *out, struct ent_error *err);

/* Hand the events of the log to the fold: all that can be of any use. */
int fold_hand_rows(struct fold *fold, struct ent_error *err);

/* NULL where no event names it and nobody asked for it. */
struct fold_alliance *fold_alliance_of(const struct fold *fold, uint32_t code);

/* Who leads the alliance by the events that have come; 0 for nobody. */
uint32_t fold_lead(const struct fold *fold, uint32_t alliance);

/* ---- for reducers --------------------------------------------------------- */

int fold_put(struct fold *fold, uint32_t alliance, enum aspect aspect,
	     uint64_t element, const struct row *row, uint32_t value,
	     struct ent_error *err);

/* Only where the row counts and has not run out; of the alliance that it names. */
int fold_entry(struct fold *fold, enum list list, const struct row *row,
	       struct ent_error *err);

/* Facts that name an alliance, by the family of their type. */
reduce_fn reduce_alliance;
reduce_fn reduce_member;
reduce_fn reduce_chair;
reduce_fn reduce_exercise;
reduce_fn reduce_commitment;
reduce_fn reduce_signal;

/* Facts and claims of an actor that weigh; alliance may be 0. */
int reduce_stance(struct fold *fold, const struct row *row, uint32_t alliance,
		  struct ent_error *err);

/* Whole events, for the caller's reducers. */
reduce_fn reduce_user;

/* Texts that the caller's reducers made: a number for each. */
struct texts {
	const char **items;
	size_t count;
	size_t room;
	struct arena arena;
};

#endif
