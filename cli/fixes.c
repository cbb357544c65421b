/*
 * fixes.c - which corrections and retractions of an event hold.
 */
#include "fixes.h"
#include "cli.h"
#include "text.h"

#include <inttypes.h>
#include <stdlib.h>

static void add(struct fixes *fixes, uint64_t seq, size_t of)
{
	fixes->items = grow(fixes->items, fixes->count + 1,
			    sizeof(*fixes->items));
	fixes->items[fixes->count++] = (struct fix){ .seq = seq, .of = of };
}

/* Whatever fixes an entry stands behind it, so that one pass from the end knows
 * of each fix whether it holds before it is applied. */
static void settle(struct fixes *fixes)
{
	for (size_t i = fixes->count - 1; i > 0; i--) {
		const struct fix *fix = &fixes->items[i];

		if (fix->undone_by == 0)
			fixes->items[fix->of].undone_by = fix->seq;
	}
}

int fixes_read(struct ent_log *log, uint64_t seq, struct fixes *out)
{
	struct ent_error err = { 0 };

	*out = (struct fixes){ 0 };
	add(out, seq, 0);
	for (size_t at = 0; at < out->count; at++) {
		uint64_t *seqs = NULL;
		size_t n = 0;

		if (ent_log_fixes(log, out->items[at].seq, &seqs, &n, &err) < 0)
			return fail_ent(&err, "read the log");
		for (size_t i = 0; i < n; i++)
			add(out, seqs[i], at);
		ent_free(seqs);
	}
	settle(out);
	return CLI_DONE;
}

void fixes_release(struct fixes *fixes)
{
	free(fixes->items);
	*fixes = (struct fixes){ 0 };
}

const char *fixes_verb(struct ent_log *log, uint64_t seq)
{
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	bool retracts;

	if (ent_log_get(log, seq, &event, &err) != ENT_OK) {
		fail_ent(&err, "read event %" PRIu64, seq);
		return NULL;
	}
	retracts = !ent_id_is_nil(&event->retracts);
	ent_event_free(event);
	return retracts ? "retracted" : "corrected";
}
