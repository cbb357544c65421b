/*
 * fold.h - the walk over the events of a basis, and what reducers fill.
 */
#ifndef ENGINE_FOLD_H
#define ENGINE_FOLD_H

#include "state/basis.h"
#include "state/slots.h"

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

enum list { LIST_EXERCISES, LIST_COMMITMENTS, LIST_SIGNALS, LIST_COUNT };

/* One element of a list: an event. */
struct entry {
	uint32_t alliance;
	enum list list;
	int32_t lo; /* its place in the order of the fold */
	uint8_t phase;
	uint64_t seq;
};

/* Something that may weigh in a stance. */
struct weight {
	uint32_t alliance;
	uint32_t actor;
	uint32_t target;
	uint8_t type;
	uint64_t seq;
};

struct entries {
	struct entry *items;
	size_t count;
	size_t room;
};

struct fold_alliance {
	uint32_t code;
	bool counts; /* an event that names it counts on the day */
	struct entries lists[LIST_COUNT]; /* in the order of the fold */
};

struct fold {
	struct store_txn *txn;
	const struct selection *selection;
	const struct ent_view *view;
	int32_t day;
	struct slots slots;
	struct weight *weights;
	size_t weights_count, weights_room;
	struct fold_alliance *alliances;
	size_t alliances_count, alliances_room;
	struct map alliances_index;
	struct texts *texts; /* of the caller's reducers */
};

enum { STANCE_DAYS = 1826 }; /* five years */

/* Fold the events of the selection that are dated up to its day.  codes: only
 * these alliances, or all where count is SIZE_MAX. */
int fold_run(struct store_txn *txn, const struct selection *selection,
	     const struct ent_view *view, const uint32_t *codes, size_t count,
	     struct fold *out, struct ent_error *err);
void fold_release(struct fold *fold);

/* Fold these rows of one or more alliances, all of them alive, where one may be
 * there twice; sorts them. */
int fold_rows(struct store_txn *txn, const struct selection *selection,
	      const struct ent_view *view, struct row *rows, size_t count,
	      struct fold *out, struct ent_error *err);

/* ---- for reducers --------------------------------------------------------- */

int fold_put(struct fold *fold, uint32_t alliance, enum aspect aspect,
	     uint64_t element, const struct row *row, uint32_t value,
	     struct ent_error *err);

/* Only where the row counts and has not run out. */
int fold_entry(struct fold *fold, enum list list, const struct row *row,
	       struct ent_error *err);

int reduce_alliance(struct fold *fold, const struct row *row,
		    struct ent_error *err);
int reduce_member(struct fold *fold, const struct row *row,
		  struct ent_error *err);
int reduce_chair(struct fold *fold, const struct row *row,
		 struct ent_error *err);
int reduce_lists(struct fold *fold, const struct row *row,
		 struct ent_error *err);
int reduce_stance(struct fold *fold, const struct row *row,
		  struct ent_error *err);
int reduce_user(struct fold *fold, const struct row *row,
		struct ent_error *err);

/* Texts that the caller's reducers made: a number for each. */
struct texts {
	const char **items;
	size_t count;
	size_t room;
	struct arena arena;
};

#endif
