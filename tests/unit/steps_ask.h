/*
 * steps_ask.h - calls of the library that change no log, each of which may fail and
 * then must leave its outputs alone.  A step returns what its call did.
 */
#ifndef TESTS_STEPS_ASK_H
#define TESTS_STEPS_ASK_H

#include "steps_trust.h"

/* ---- questions ----------------------------------------------------------------- */

static inline int step_replay_view(const struct ent_basis *basis,
				   const struct ent_view *view, struct ent_error *err)
{
	struct ent_state *state = UNTOUCHED;
	int rc = ent_replay(logs_log, basis, view, &state, err);

	if (rc != ENT_OK)
		assert_ptr_equal(state, UNTOUCHED);
	else
		ent_state_free(state);
	return rc;
}

static inline int step_put(const struct ent_event *event, struct ent_puts *puts,
			   void *arg, struct ent_error *err)
{
	(void)arg;
	return event->actor ? ent_put(puts, event->actor, event->type, err) : ENT_OK;
}

static int step_replay(struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");

	return step_replay_view(&basis, NULL, err);
}

static int step_replay_folded(struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");
	struct ent_view view = { .no_checkpoints = true, .last = 3 };

	return step_replay_view(&basis, &view, err);
}

static int step_replay_published(struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");

	basis.has_published = true;
	basis.published = logs_day("2003");
	basis.known = 8;
	return step_replay_view(&basis, NULL, err);
}

static int step_replay_one(struct ent_error *err)
{
	static const char *const codes[] = { "ALL" };
	struct ent_basis basis = logs_basis("2004");
	struct ent_view view = { .alliances = codes, .alliances_count = 1, .last = 2 };

	return step_replay_view(&basis, &view, err);
}

static int step_replay_reducer(struct ent_error *err)
{
	static const struct ent_reducer reducer = { "mine", step_put, NULL };
	struct ent_basis basis = logs_basis("2001");
	struct ent_view view = { .reducers = &reducer, .reducers_count = 1 };

	return step_replay_view(&basis, &view, err);
}

static inline int step_diff_of(const struct ent_basis *from,
			       const struct ent_basis *to,
			       const struct ent_diff_options *options,
			       struct ent_error *err)
{
	struct ent_diff *diff = UNTOUCHED;
	int rc = ent_diff(logs_log, from, to, options, &diff, err);

	if (rc != ENT_OK)
		assert_ptr_equal(diff, UNTOUCHED);
	else
		ent_diff_free(diff);
	return rc;
}

static int step_diff(struct ent_error *err)
{
	struct ent_basis from = logs_basis("2000"), to = logs_basis("2006");

	return step_diff_of(&from, &to, NULL, err);
}

static int step_diff_trail(struct ent_error *err)
{
	static const char *const codes[] = { "ALL" };
	struct ent_diff_options options = { .trail = true, .no_checkpoints = true,
					    .alliances = codes,
					    .alliances_count = 1 };
	struct ent_basis from = logs_basis("2002"), to = logs_basis("2003-02");

	from.known = 8;
	return step_diff_of(&from, &to, &options, err);
}

static int step_diff_back(struct ent_error *err)
{
	struct ent_basis from = logs_basis("2003"), to = logs_basis("2002-11");

	to.known = 8;
	return step_diff_of(&from, &to, NULL, err);
}

STEP_TEXT(diff_json, ent_diff_json(steps.diff, &text, &len, err))
STEP_TEXT(patch, ent_state_patch(steps.before, steps.after, &text, &len, err))
STEP_TEXT(state_json, ent_state_json(steps.after, &text, &len, err))

static inline int step_why_of(const char *pointer, struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");
	struct ent_why *why = UNTOUCHED;
	int rc = ent_why(logs_log, &basis, pointer, &why, err);

	if (rc != ENT_OK)
		assert_ptr_equal(why, UNTOUCHED);
	else
		ent_why_free(why);
	return rc;
}

static int step_why_member(struct ent_error *err)
{
	return step_why_of("/ALL/members/YAP", err);
}

static int step_why_stance(struct ent_error *err)
{
	return step_why_of("/ALL/stance/YAP", err);
}

static int step_standings(struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");
	struct ent_standings *standings = UNTOUCHED;
	int rc = ent_standings(logs_log, &basis, "ALL", &standings, err);

	if (rc != ENT_OK)
		assert_ptr_equal(standings, UNTOUCHED);
	else
		ent_standings_free(standings);
	return rc;
}

/* ---- the log ------------------------------------------------------------------- */

static int step_verify(struct ent_error *err)
{
	struct ent_verified out = { .events = 77 };
	int rc = ent_log_verify(logs_log, NULL, NULL, NULL, &out, err);

	if (rc < 0)
		assert_int_equal(out.events, 77);
	else
		step_same(out.findings, 0);
	return rc;
}

static int step_head(struct ent_error *err)
{
	struct ent_hash root = { { 7 } }, untouched = root;
	uint64_t seq = 77;
	int rc = ent_log_head(logs_log, &seq, &root, err);

	if (rc < 0)
		assert_int_equal(seq, 77);
	if (rc != ENT_OK)
		assert_memory_equal(&root, &untouched, sizeof(root));
	return rc;
}

static int step_root(struct ent_error *err)
{
	struct ent_hash root = { { 7 } }, untouched = root;
	int rc = ent_log_root(logs_log, 99, &root, err);

	if (rc != ENT_OK)
		assert_memory_equal(&root, &untouched, sizeof(root));
	return rc;
}

static int step_known_at(struct ent_error *err)
{
	uint64_t seq = 77;
	int rc = ent_log_known_at(logs_log, 1500, &seq, err);

	step_same(seq, rc != ENT_OK ? 77 : 12 + STEP_LARGE);
	return rc;
}

static int step_get(struct ent_error *err)
{
	struct ent_event *event = UNTOUCHED;
	int rc = ent_log_get(logs_log, 9, &event, err);

	if (rc != ENT_OK)
		assert_ptr_equal(event, UNTOUCHED);
	else
		ent_event_free(event);
	return rc;
}

static int step_find(struct ent_error *err)
{
	static const char *const texts[] = { "#9", "#1005", "#4711" };
	static const uint64_t seqs[] = { 9, 17, 77 };
	int rc = ENT_OK;

	for (size_t i = 0; rc >= 0 && i < COUNT(texts); i++) {
		struct ent_id id;
		uint64_t seq = 77;

		assert_int_equal(ent_id_parse(logs_json(texts[i]), &id, NULL), ENT_OK);
		rc = ent_log_find(logs_log, &id, &seq, err);
		step_same(seq, rc != ENT_OK ? 77 : seqs[i]);
	}
	return rc < 0 ? rc : ENT_OK;
}

static int step_fixes(struct ent_error *err)
{
	uint64_t *seqs = UNTOUCHED;
	size_t count = 77;
	int rc = ent_log_fixes(logs_log, 3, &seqs, &count, err);

	if (rc != ENT_OK)
		assert_ptr_equal(seqs, UNTOUCHED);
	else
		ent_free(seqs);
	step_same(count, rc != ENT_OK ? 77 : 1);
	return rc;
}

static inline int step_read_with(const struct ent_filter *filter, size_t wanted,
				 struct ent_error *err)
{
	struct ent_cursor *cursor = UNTOUCHED;
	struct ent_event *event = NULL;
	size_t count = 0;
	int rc = ent_log_read(logs_log, filter, &cursor, err);

	if (rc != ENT_OK) {
		assert_ptr_equal(cursor, UNTOUCHED);
		return rc;
	}
	while ((rc = ent_cursor_next(cursor, &event, err)) == ENT_OK) {
		ent_event_free(event);
		count++;
	}
	ent_cursor_close(cursor);
	if (rc == ENT_END)
		step_same(count, wanted);
	return rc < 0 ? rc : ENT_OK;
}

static int step_read(struct ent_error *err)
{
	struct ent_filter filter = { .alliance = "ALL", .known = 20 };

	return step_read_with(&filter, 9, err);
}

static int step_read_back(struct ent_error *err)
{
	struct ent_filter filter = { .type = "member.", .actor = "YAP", .has_from = true,
				     .from = logs_day("2001"), .reverse = true };

	return step_read_with(&filter, 2, err);
}

static int step_stat(struct ent_error *err)
{
	struct ent_stat out = { .events = 77 };
	int rc = ent_log_stat(logs_log, &out, err);

	step_same(out.events, rc != ENT_OK ? 77 : STEP_EVENTS);
	return rc;
}

static int step_redactions(struct ent_error *err)
{
	struct ent_redaction *redactions = UNTOUCHED;
	size_t count = 77;
	int rc = ent_log_redactions(logs_log, ENT_KNOWN_ALL, &redactions, &count, err);

	if (rc != ENT_OK)
		assert_ptr_equal(redactions, UNTOUCHED);
	else
		ent_free(redactions);
	step_same(count, rc != ENT_OK ? 77 : 1);
	return rc;
}

static inline int step_count(const struct ent_checkpoint *checkpoint, void *arg)
{
	(void)checkpoint;
	++*(size_t *)arg;
	return 0;
}

static int step_checkpoints(struct ent_error *err)
{
	size_t count = 0;
	int rc = ent_checkpoint_list(logs_log, step_count, &count, err);

	if (rc >= 0)
		step_same(count > 0, true);
	return rc;
}

/* ---- batches ---------------------------------------------------------------------- */

static int step_batch_new(struct ent_error *err)
{
	const char *json = logs_event("'type':'x.t','date':'2001','id':'#7','summary':"
				      "'a long one','data':{'b':{'c':[1,{},'d']}}");
	struct ent_batch *batch = UNTOUCHED;
	int rc = ent_batch_new(&batch, err);

	if (rc != ENT_OK) {
		assert_ptr_equal(batch, UNTOUCHED);
		return rc;
	}
	rc = ent_batch_add(batch, json, strlen(json), "here:1", err);
	assert_int_equal(ent_batch_count(batch), rc < 0 ? 0 : 1);
	ent_batch_free(batch);
	return rc;
}

static inline int step_fill(struct ent_batch *batch, struct ent_error *err)
{
	static const char *const events[] = {
		"'type':'aid.sent','id':'#801','alliance':'ALL','actor':'XEN',"
		"'target':'YAP','date':'2001'",
		"'type':'chair.assumed','id':'#802','alliance':'BLOC','actor':'XEN',"
		"'object':'head','date':'2001'",
	};
	int rc = ENT_OK;

	for (size_t i = 0; rc == ENT_OK && i < COUNT(events); i++) {
		const char *json = logs_event(events[i]);

		rc = ent_batch_add(batch, json, strlen(json), NULL, err);
	}
	return rc;
}

/* Both are as they were where it fails. */
static int step_batch_join(struct ent_error *err)
{
	struct ent_batch *into = NULL, *from = NULL;
	int rc = ent_batch_new(&into, err);

	if (rc == ENT_OK)
		rc = ent_batch_new(&from, err);
	if (rc == ENT_OK)
		rc = step_fill(from, err);
	if (rc == ENT_OK) {
		rc = ent_batch_join(into, from, err);
		assert_int_equal(ent_batch_count(into), rc != ENT_OK ? 0 : 2);
		assert_int_equal(ent_batch_count(from), rc != ENT_OK ? 2 : 0);
	}
	ent_batch_free(into);
	ent_batch_free(from);
	return rc;
}

static int step_batch_redacted(struct ent_error *err)
{
	const char *json = logs_json(
		"{'type':'event.redacted','id':'#804','data':{'body':'"
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}}");
	struct ent_batch *batch = UNTOUCHED;
	int rc = ent_batch_new(&batch, err);

	if (rc < 0)
		return rc;
	rc = ent_batch_add(batch, json, strlen(json), NULL, err);
	assert_int_equal(ent_batch_count(batch), rc < 0 ? 0 : 1);
	ent_batch_free(batch);
	return rc;
}

static const struct step steps_ask[] = {
	STEP(replay),	       STEP(replay_folded),   STEP(replay_published),
	STEP(replay_one),      STEP(replay_reducer),  STEP(diff),
	STEP(diff_trail),      STEP(diff_back),	      STEP(diff_json),
	STEP(patch),	       STEP(state_json),      STEP(why_member),
	STEP(why_stance),      STEP(standings),	      STEP(verify),
	STEP(head),	       STEP(root),	      STEP(known_at),
	STEP(get),	       STEP(find),	      STEP(fixes),
	STEP(read),	       STEP(read_back),	      STEP(stat),
	STEP(redactions),      STEP(checkpoints),     STEP(prove),
	STEP(prove_redacted),  STEP(note),	      STEP(minisign),
	STEP(public_minisign), STEP_JSON(proof_check), STEP(note_read),
	STEP(extends),	       STEP(consistency),     STEP(key),
	STEP(public),	       STEP_JSON(batch_new),  STEP_JSON(batch_join),
	STEP_JSON(batch_redacted),
};

#endif
