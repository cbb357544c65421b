/*
 * steps.h - a log with everything in it, of which each test gets a copy, and what
 * the calls of steps_ask.h and steps_write.h need beside it.
 */
#ifndef TESTS_STEPS_H
#define TESTS_STEPS_H

#include "logs.h"

enum { STEP_NOW = 9000, STEP_LARGE = 300, STEP_EVENTS = 14 + 2 * STEP_LARGE };

static struct {
	struct ent_batch *small, *large, *fixing, *again, *other;
	struct ent_key *key;
	struct ent_head old; /* of the first events */
	struct ent_state *before, *after;
	struct ent_diff *diff;
	char *proof, *note;
	size_t proof_len, note_len;
	char base[64];  /* the folder of the log that is copied */
	bool damaged;   /* answers may be other ones: see step_same() */
} steps;

#define UNTOUCHED ((void *)&steps)

/* What a sound log answers. */
#define step_same(got, wanted)                     \
	do {                                       \
		if (!steps.damaged)                \
			assert_int_equal(got, wanted); \
	} while (0)

/* Without what may it do all the same? */
enum makes_do {
	WITHOUT_MEMORY = 1, /* there is a second reader of JSON */
	WITHOUT_READING = 2 /* there is less to tell */
};

struct step {
	const char *name;
	int (*run)(struct ent_error *err);
	unsigned makes_do; /* enum makes_do */
};

#define STEP(name) { #name, step_##name, 0 }
#define STEP_JSON(name) { #name, step_##name, WITHOUT_MEMORY }
#define STEP_TELLS(name) { #name, step_##name, WITHOUT_MEMORY | WITHOUT_READING }

/* Texts are what several calls give. */
#define STEP_TEXT(name, call)                                \
	static int step_##name(struct ent_error *err)        \
	{                                                    \
		char *text = UNTOUCHED;                      \
		size_t len = 77;                             \
		int rc = call;                               \
                                                             \
		if (rc != ENT_OK) {                          \
			assert_ptr_equal(text, UNTOUCHED);   \
			assert_int_equal(len, 77);           \
		} else {                                     \
			ent_free(text);                      \
		}                                            \
		return rc;                                   \
	}

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
	"'type':'exercise.held','alliance':'ALL','date':'2002-05'",
	"'type':'event.retracted','date':'2003','retracts':'#6',"
	"'data':{'reason':'not so'}",
	"'type':'member.joined','alliance':'ALL','actor':'ZED','date':'2001/2004',"
	"'until':'2003/2005'",
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
	}, *const other[] = {
		"'type':'x.other','id':'#9','date':'2003'",
		"'type':'x.other','id':'#905','date':'2003','corrects':'#4712'",
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
	APPEND("'type':'x.last','id':'#900','date':'2001'");
	steps.small = step_batch(small, 0);
	steps.large = step_batch(small, 5000);
	steps.fixing = step_batch(fixing, 0);
	steps.other = step_batch(other, 0);
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
	ent_batch_free(steps.other);
	ent_batch_free(steps.again);
	ent_key_free(steps.key);
	ent_state_free(steps.before);
	ent_state_free(steps.after);
	ent_diff_free(steps.diff);
	ent_free(steps.proof);
	ent_free(steps.note);
}

/* ---- copies of it ---------------------------------------------------------------- */

static inline void steps_open(void)
{
	struct ent_error err;

	if (ent_log_open(logs_dir, NULL, &logs_log, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline void steps_close(void)
{
	ent_log_close(logs_log);
	logs_log = NULL;
}

static inline int steps_make_base(void **state)
{
	if (logs_make(state) != 0)
		return -1;
	strcpy(steps.base, logs_folder);
	steps_make();
	steps_close();
	return 0;
}

static inline int steps_remove_base(void **state)
{
	steps_free();
	strcpy(logs_folder, steps.base);
	return logs_remove_folder(state);
}

/* The log of the test that runs, which nobody has open, as it was at first. */
static inline void steps_copy(void)
{
	char path[96], piece[65536];
	FILE *in, *out;
	size_t n;

	snprintf(path, sizeof(path), "%s/log/data.mdb", steps.base);
	in = fopen(path, "rb");
	snprintf(path, sizeof(path), "%s/data.mdb", logs_dir);
	out = fopen(path, "wb");
	assert_true(in && out);
	while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
		assert_int_equal(fwrite(piece, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static inline int steps_make_copy(void **state)
{
	if (logs_make_folder(state) != 0 || mkdir(logs_dir, 0700) != 0)
		return -1;
	steps_copy();
	return 0;
}

#define STEPS_TEST(f) \
	cmocka_unit_test_setup_teardown(f, steps_make_copy, logs_remove_folder)

#endif
