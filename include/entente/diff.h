/*
 * diff.h - what changed between two bases, and which events did it.
 *
 * Laws: diff(a, a) is empty; diff(b, a) has the same paths with from and to
 * exchanged; the patch of (a, b) turns the document of a into that of b.
 */
#ifndef ENTENTE_DIFF_H
#define ENTENTE_DIFF_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

enum ent_change_kind { ENT_ADDED, ENT_REMOVED, ENT_CHANGED };

enum ent_part {
	ENT_WORLD,    /* between the two days, the same known */
	ENT_KNOWLEDGE /* the same day, more or less known */
};

/* Everything is borrowed, until the diff is freed. */
struct ent_change {
	const char *path; /* JSON Pointer into `alliances` with every entry shown
	                   * (ent_view.last 0); a membership is under members */
	enum ent_change_kind kind;
	enum ent_part part;
	int32_t day;      /* on which it was compared: the end of the step */
	const struct ent_value *from; /* NULL where added */
	const struct ent_value *to;   /* NULL where removed */
	const struct ent_event *const *causes; /* the decider of the new value,
	                                        * then what ended the old one */
	size_t causes_count;
};

struct ent_diff;

/* All-zero means the defaults. */
struct ent_diff_options {
	const char *const *alliances; /* only these codes; NULL = all */
	size_t alliances_count;
	bool no_checkpoints; /* fold all events: the same answer, slowly */
	bool trail; /* every step between the two days, also those that cancel
	             * out, day by day */
};

/*
 * Compare two bases.  Where to knows more than from, the change of knowledge comes
 * first (on the day of from), then the change of the world (as known at the end);
 * where it knows less, the world comes first (as known at from), then the knowledge
 * (on the day of to).  The two compose.  What was published counts as knowledge.
 * Changes come in that order, within a step by path.
 * *out is owned: ent_diff_free().
 *
 * Errors as ent_replay().
 */
ENT_API int ent_diff(struct ent_log *log, const struct ent_basis *from,
		     const struct ent_basis *to,
		     const struct ent_diff_options *options,
		     struct ent_diff **out, struct ent_error *err);

ENT_API void ent_diff_free(struct ent_diff *diff); /* NULL is allowed */

ENT_API size_t ent_diff_count(const struct ent_diff *diff);
ENT_API const struct ent_change *ent_diff_get(const struct ent_diff *diff,
					      size_t i);

/*
 * The events of the later knowledge whose content was taken away (redaction.h),
 * ascending: what the answer lacks.  Borrowed, until the diff is freed; *out_n may
 * be 0.
 */
ENT_API const struct ent_redaction *
ent_diff_redactions(const struct ent_diff *diff, size_t *out_n);

/* The bases as answered, and the roots of their trees. */
ENT_API struct ent_basis ent_diff_from(const struct ent_diff *diff);
ENT_API struct ent_basis ent_diff_to(const struct ent_diff *diff);
ENT_API struct ent_hash ent_diff_from_head(const struct ent_diff *diff);
ENT_API struct ent_hash ent_diff_to_head(const struct ent_diff *diff);

/* {"changes","from","to"}, with "redacted", [{"by","seq"}], where there is any such
 * event, as one line of safe JSON, owned: ent_free(). */
ENT_API int ent_diff_json(const struct ent_diff *diff, char **out,
			  size_t *out_len, struct ent_error *err);

/*
 * An RFC 6902 patch that turns ent_state_alliances(a) into that of b, as one
 * line of safe JSON.  *out is owned: ent_free().
 */
ENT_API int ent_state_patch(const struct ent_state *a,
			    const struct ent_state *b, char **out,
			    size_t *out_len, struct ent_error *err);

/* Called for each day on which the batch would change something. */
typedef int ent_preview_fn(int32_t day, const struct ent_diff *diff, void *arg,
			   struct ent_error *err);

/*
 * Do all that ent_log_append() would do but write nothing; then, for today and
 * for each other day that the batch touches, in order, give what would change
 * on it.  Days without a change are left out.  diff is borrowed for the call.
 *
 * Errors as ent_log_append() and ent_diff(), and what preview returns < 0.
 */
ENT_API int ent_log_preview(struct ent_log *log, const struct ent_batch *batch,
			    const struct ent_append_options *options,
			    int32_t today, ent_preview_fn *preview, void *arg,
			    struct ent_appended *out, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
