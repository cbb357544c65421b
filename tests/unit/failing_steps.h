/*
 * failing_steps.h - calls of the library, each of which may fail and then must leave
 * its outputs alone.
 *
 * A step returns what its call did.  What it needs beside the log is made before.
 */
#ifndef TESTS_FAILING_STEPS_H
#define TESTS_FAILING_STEPS_H

#include "logs.h"

enum { STEP_NOW = 9000, STEP_LARGE = 300, STEP_EVENTS = 11 + 2 * STEP_LARGE };

static struct {
	struct ent_batch *small, *large, *fixing, *again;
	struct ent_key *key;
	struct ent_head old; /* of the first events */
	struct ent_state *before, *after;
	struct ent_diff *diff;
	char *proof, *note;
	size_t proof_len, note_len;
} steps;

#define UNTOUCHED ((void *)&steps)

static const char *const step_story[] = {
	"'type':'alliance.founded','alliance':'ALL','actor':'XEN','date':'2000',"
	"'data':{'name':'One','kind':'pact','lead':'XEN','predecessor':'ZED'}",
	"'type':'member.joined','alliance':'ALL','actor':'XEN','date':'2000-05'",
	"'type':'member.joined','alliance':'ALL','actor':'YAP','date':'2001/2002',"
	"'until':'2004'",
	"'type':'chair.assumed','alliance':'ALL','actor':'XEN','object':'chair','date':"
	"'2001','until':'2003-06'",
	"'type':'exercise.held','alliance':'ALL','date':'2002','data':{'name':'E'}",
	"'type':'aid.sent','actor':'YAP','target':'XEN','alliance':'ALL','date':'2002-03-04'",
	"'type':'accusation.made','actor':'YAP','target':'XEN','date':'2002-03-05',"
	"'source':{'title':'T','published':'2002-04'}",
	"'type':'alliance.dissolved','alliance':'ALL','date':'2003/2006'",
	"'type':'member.frozen','alliance':'ALL','actor':'YAP','date':'2002-08',"
	"'corrects':'#3','modality':'claim','attributed_to':'XEN'",
	"'type':'event.retracted','date':'2003','retracts':'#6',"
	"'data':{'reason':'not so'}",
	NULL,
};

/* So many of one kind that ids, columns and checkpoints have several parts. */
static inline void step_draft_many(struct ent_batch *batch, unsigned from)
{
	static const char *const types[] = { "member.joined", "member.suspended",
					     "statement.made", "aid.sent" };
	char fields[256];

	for (unsigned i = from; i < from + STEP_LARGE; i++) {
		snprintf(fields, sizeof(fields),
			 "'id':'#%u','type':'%s','alliance':'BLOC','actor':'M%u',"
			 "'target':'XEN','date':'20%02u-%02u-11','object':'%u'",
			 1000 + i, types[i % COUNT(types)], i % 7, i % 20,
			 1 + i % 12, i);
		logs_draft(batch, fields, NULL);
	}
}

static inline struct ent_batch *step_batch(const char *const *events, unsigned from)
{
	struct ent_batch *batch = NULL;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (; events && *events; events++)
		logs_draft(batch, *events, "here:1");
	if (from > 0)
		step_draft_many(batch, from);
	return batch;
}

static inline void step_append(const struct ent_batch *batch)
{
	struct ent_append_options options = { .now_us = 1000, .no_sync = true };
	struct ent_appended appended;
	struct ent_error err;

	if (ent_log_append(logs_log, batch, &options, &appended, &err) < 0)
		fail_msg("%s", err.msg);
}

/* What steps need: a log with everything in it, and what comes of it. */
static inline void steps_make(void)
{
	static const char *const small[] = {
		"'type':'member.withdrew','id':'#901','alliance':'ALL','actor':'XEN',"
		"'date':'2003-01','data':{'a':[1,2.5,null,true,'t']}",
		NULL,
	}, *const fixing[] = {
		"'type':'member.joined','id':'#911','alliance':'CORE','actor':'QUE','date':"
		"'2003-02','corrects':'#2'",
		"'type':'event.retracted','id':'#912','date':'2003','retracts':'#4',"
		"'data':{'reason':'no'}",
		NULL,
	};
	struct ent_redact_options redact = { .now_us = 2000, .reason = "law" };
	struct ent_diff_options trail = { .trail = true };
	struct ent_basis from = logs_basis("2000"), to = logs_basis("2006");
	struct ent_appended appended;

	steps.again = step_batch(NULL, 1);
	logs_append_at(1000, step_story);
	step_append(steps.again);
	assert_int_equal(ent_checkpoint_build(logs_log, 1, NULL), ENT_OK);
	assert_int_equal(ent_log_redact(logs_log, 5, &redact, &appended, NULL), ENT_OK);
	steps.large = step_batch(NULL, 2000);
	step_append(steps.large);
	ent_batch_free(steps.large);
	steps.small = step_batch(small, 0);
	steps.large = step_batch(small, 5000);
	steps.fixing = step_batch(fixing, 0);
	assert_int_equal(ent_key_new("example.org/a", &steps.key, NULL), ENT_OK);
	steps.old.size = 100;
	assert_int_equal(ent_log_root(logs_log, 100, &steps.old.root, NULL), ENT_OK);
	steps.before = logs_replay(&from, NULL);
	steps.after = logs_replay(&to, NULL);
	assert_int_equal(ent_diff(logs_log, &from, &to, &trail, &steps.diff, NULL),
			 ENT_OK);
	assert_int_equal(ent_prove(logs_log, 7, NULL, steps.key, &steps.proof,
				   &steps.proof_len, NULL), ENT_OK);
	assert_int_equal(ent_note_write(&steps.old, NULL, steps.key, &steps.note,
					&steps.note_len, NULL), ENT_OK);
}

static inline void steps_free(void)
{
	ent_batch_free(steps.small);
	ent_batch_free(steps.large);
	ent_batch_free(steps.fixing);
	ent_batch_free(steps.again);
	ent_key_free(steps.key);
	ent_state_free(steps.before);
	ent_state_free(steps.after);
	ent_diff_free(steps.diff);
	ent_free(steps.proof);
	ent_free(steps.note);
}

/* ---- questions ----------------------------------------------------------------- */

static inline int step_replay_view(const struct ent_basis *basis,
				   const struct ent_view *view, struct ent_error *err)
{
	struct ent_state *state = UNTOUCHED;
	int rc = ent_replay(logs_log, basis, view, &state, err);

	if (rc < 0)
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

	if (rc < 0)
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

/* Texts are what several calls give. */
#define STEP_TEXT(name, call)                                \
	static int step_##name(struct ent_error *err)        \
	{                                                    \
		char *text = UNTOUCHED;                      \
		size_t len = 77;                             \
		int rc = call;                               \
                                                             \
		if (rc < 0) {                                \
			assert_ptr_equal(text, UNTOUCHED);   \
			assert_int_equal(len, 77);           \
		} else {                                     \
			ent_free(text);                      \
		}                                            \
		return rc;                                   \
	}

STEP_TEXT(diff_json, ent_diff_json(steps.diff, &text, &len, err))
STEP_TEXT(patch, ent_state_patch(steps.before, steps.after, &text, &len, err))
STEP_TEXT(state_json, ent_state_json(steps.after, &text, &len, err))
STEP_TEXT(prove, ent_prove(logs_log, 9, NULL, steps.key, &text, &len, err))
STEP_TEXT(prove_redacted, ent_prove(logs_log, 5, NULL, NULL, &text, &len, err))
STEP_TEXT(note, ent_note_write(&steps.old, NULL, steps.key, &text, &len, err))
STEP_TEXT(minisign, ent_minisign(steps.key, TEXT_BYTES("file"), "c", &text, &len, err))
STEP_TEXT(public_minisign,
	  ent_public_minisign(ent_key_public(steps.key), &text, &len, err))

static inline int step_why_of(const char *pointer, struct ent_error *err)
{
	struct ent_basis basis = logs_basis("2003");
	struct ent_why *why = UNTOUCHED;
	int rc = ent_why(logs_log, &basis, pointer, &why, err);

	if (rc < 0)
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

	if (rc < 0)
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
		assert_int_equal(out.findings, 0);
	return rc;
}

static int step_head(struct ent_error *err)
{
	struct ent_hash root = { { 7 } }, untouched = root;
	uint64_t seq = 77;
	int rc = ent_log_head(logs_log, &seq, &root, err);

	if (rc < 0)
		assert_int_equal(seq, 77);
	if (rc < 0)
		assert_memory_equal(&root, &untouched, sizeof(root));
	return rc;
}

static int step_root(struct ent_error *err)
{
	struct ent_hash root = { { 7 } }, untouched = root;
	int rc = ent_log_root(logs_log, 99, &root, err);

	if (rc < 0)
		assert_memory_equal(&root, &untouched, sizeof(root));
	return rc;
}

static int step_known_at(struct ent_error *err)
{
	uint64_t seq = 77;
	int rc = ent_log_known_at(logs_log, 1500, &seq, err);

	assert_int_equal(seq, rc < 0 ? 77 : 10 + STEP_LARGE);
	return rc;
}

static int step_get(struct ent_error *err)
{
	struct ent_event *event = UNTOUCHED;
	int rc = ent_log_get(logs_log, 9, &event, err);

	if (rc < 0)
		assert_ptr_equal(event, UNTOUCHED);
	else
		ent_event_free(event);
	return rc;
}

static int step_find(struct ent_error *err)
{
	static const char *const texts[] = { "#9", "#1005", "#4711" };
	static const uint64_t seqs[] = { 9, 15, 77 };
	int rc = ENT_OK;

	for (size_t i = 0; rc >= 0 && i < COUNT(texts); i++) {
		struct ent_id id;
		uint64_t seq = 77;

		assert_int_equal(ent_id_parse(logs_json(texts[i]), &id, NULL), ENT_OK);
		rc = ent_log_find(logs_log, &id, &seq, err);
		assert_int_equal(seq, rc < 0 ? 77 : seqs[i]);
	}
	return rc < 0 ? rc : ENT_OK;
}

static int step_fixes(struct ent_error *err)
{
	uint64_t *seqs = UNTOUCHED;
	size_t count = 77;
	int rc = ent_log_fixes(logs_log, 3, &seqs, &count, err);

	if (rc < 0)
		assert_ptr_equal(seqs, UNTOUCHED);
	else
		ent_free(seqs);
	assert_int_equal(count, rc < 0 ? 77 : 1);
	return rc;
}

static inline int step_read_with(const struct ent_filter *filter, size_t wanted,
				 struct ent_error *err)
{
	struct ent_cursor *cursor = UNTOUCHED;
	struct ent_event *event = NULL;
	size_t count = 0;
	int rc = ent_log_read(logs_log, filter, &cursor, err);

	if (rc < 0) {
		assert_ptr_equal(cursor, UNTOUCHED);
		return rc;
	}
	while ((rc = ent_cursor_next(cursor, &event, err)) == ENT_OK) {
		ent_event_free(event);
		count++;
	}
	ent_cursor_close(cursor);
	if (rc == ENT_END)
		assert_int_equal(count, wanted);
	return rc < 0 ? rc : ENT_OK;
}

static int step_read(struct ent_error *err)
{
	struct ent_filter filter = { .alliance = "ALL", .known = 20 };

	return step_read_with(&filter, 7, err);
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

	assert_int_equal(out.events, rc < 0 ? 77 : STEP_EVENTS);
	return rc;
}

static int step_redactions(struct ent_error *err)
{
	struct ent_redaction *redactions = UNTOUCHED;
	size_t count = 77;
	int rc = ent_log_redactions(logs_log, ENT_KNOWN_ALL, &redactions, &count, err);

	if (rc < 0)
		assert_ptr_equal(redactions, UNTOUCHED);
	else
		ent_free(redactions);
	assert_int_equal(count, rc < 0 ? 77 : 1);
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
		assert_true(count > 0);
	return rc;
}

/* ---- trust ----------------------------------------------------------------------- */

static int step_proof_check(struct ent_error *err)
{
	struct ent_proven proven = { .event = UNTOUCHED };
	int rc = ent_proof_check(steps.proof, steps.proof_len,
				 ent_key_public(steps.key), &proven, err);

	if (rc < 0)
		assert_ptr_equal(proven.event, UNTOUCHED);
	else
		ent_event_free(proven.event);
	return rc;
}

static int step_note_read(struct ent_error *err)
{
	struct ent_note note = { .signatures = 77 };
	int rc = ent_note_read(steps.note, steps.note_len, ent_key_public(steps.key),
			       &note, err);

	assert_int_equal(note.signatures, rc < 0 ? 77 : 1);
	return rc;
}

static int step_extends(struct ent_error *err)
{
	struct ent_head now = { 0 };
	int rc = ent_log_head(logs_log, &now.size, &now.root, err);

	return rc < 0 ? rc : ent_head_extends(logs_log, &steps.old, &now, err);
}

static int step_consistency(struct ent_error *err)
{
	struct ent_hash hashes[ENT_PROOF_HASHES_MAX];
	struct ent_head now = { 0 };
	size_t count = 77;
	int rc = ent_consistency(logs_log, 100, 200, hashes, &count, err);

	if (rc < 0) {
		assert_int_equal(count, 77);
		return rc;
	}
	now.size = 200;
	rc = ent_log_root(logs_log, 200, &now.root, err);
	return rc < 0 ? rc : ent_consistency_check(&steps.old, &now, hashes, count,
						    err);
}

static int step_key(struct ent_error *err)
{
	struct ent_key *key = UNTOUCHED, *loaded = UNTOUCHED;
	char path[128];
	int rc = ent_key_new("example.org/b", &key, err);

	if (rc < 0) {
		assert_ptr_equal(key, UNTOUCHED);
		return rc;
	}
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	unlink(path);
	rc = ent_key_save(key, path, err);
	if (rc >= 0)
		rc = ent_key_load(path, &loaded, err);
	if (rc < 0)
		assert_ptr_equal(loaded, UNTOUCHED);
	else
		ent_key_free(loaded);
	ent_key_free(key);
	return rc;
}

static int step_public(struct ent_error *err)
{
	char text[ENT_PUBLIC_TEXT_SIZE];
	struct ent_public key = { .name = "untouched" };
	int rc;

	ent_public_text(ent_key_public(steps.key), text);
	rc = ent_public_parse(text, strlen(text), &key, err);
	assert_string_equal(key.name, rc < 0 ? "untouched" : "example.org/a");
	return rc;
}

/* ---- what writes ------------------------------------------------------------------ */

static inline int step_append_of(const struct ent_batch *batch, uint64_t wanted,
				 struct ent_error *err)
{
	struct ent_append_options options = { .now_us = STEP_NOW, .no_sync = true };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_append(logs_log, batch, &options, &out, err);

	assert_int_equal(out.appended, rc < 0 ? 77 : wanted);
	return rc;
}

static int step_append_small(struct ent_error *err)
{
	return step_append_of(steps.small, 1, err);
}

static int step_append_large(struct ent_error *err)
{
	return step_append_of(steps.large, 1 + STEP_LARGE, err);
}

static int step_append_fixing(struct ent_error *err)
{
	return step_append_of(steps.fixing, 2, err);
}

static int step_append_again(struct ent_error *err)
{
	return step_append_of(steps.again, 0, err);
}

static int step_batch_new(struct ent_error *err)
{
	const char *json = logs_event("'type':'x.t','date':'2001','id':'#7','summary':"
				      "'a long one','data':{'b':{'c':[1,{},'d']}}");
	struct ent_batch *batch = UNTOUCHED;
	int rc = ent_batch_new(&batch, err);

	if (rc < 0) {
		assert_ptr_equal(batch, UNTOUCHED);
		return rc;
	}
	rc = ent_batch_add(batch, json, strlen(json), "here:1", err);
	assert_int_equal(ent_batch_count(batch), rc < 0 ? 0 : 1);
	ent_batch_free(batch);
	return rc;
}

static int step_redact(struct ent_error *err)
{
	struct ent_redact_options options = { .now_us = STEP_NOW, .reason = "law",
					      .coder = "me" };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_redact(logs_log, 9, &options, &out, err);

	assert_int_equal(out.appended, rc < 0 ? 77 : 1);
	return rc;
}

static int step_build(struct ent_error *err)
{
	return ent_checkpoint_build(logs_log, 100, err);
}

static int step_drop(struct ent_error *err)
{
	return ent_checkpoint_drop(logs_log, err);
}

static inline int step_seen(int32_t day, const struct ent_diff *diff, void *arg,
			    struct ent_error *err)
{
	(void)day;
	(void)diff;
	(void)arg;
	(void)err;
	return ENT_OK;
}

static int step_preview(struct ent_error *err)
{
	struct ent_append_options options = { .now_us = STEP_NOW };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_preview(logs_log, steps.small, &options, logs_day("2003"),
				 step_seen, NULL, &out, err);

	assert_int_equal(out.appended, rc < 0 ? 77 : 1);
	return rc;
}

#endif
