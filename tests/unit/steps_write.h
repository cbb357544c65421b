/*
 * steps_write.h - calls of the library that change the log, as those of steps_ask.h.
 */
#ifndef TESTS_STEPS_WRITE_H
#define TESTS_STEPS_WRITE_H

#include "steps.h"

static inline int step_append_of(const struct ent_batch *batch, uint64_t wanted,
				 struct ent_error *err)
{
	struct ent_append_options options = { .now_us = STEP_NOW, .no_sync = true };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_append(logs_log, batch, &options, &out, err);

	step_same(out.appended, rc < 0 ? 77 : wanted);
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

static inline void step_told(const char *label, const char *what, void *arg)
{
	(void)label;
	assert_true(*what != '\0');
	++*(unsigned *)arg;
}

/* An id that is taken, which is told; where that cannot be shown, it is told without. */
static int step_append_other(struct ent_error *err)
{
	unsigned told = 0;
	struct ent_append_options options = { .now_us = STEP_NOW, .no_sync = true,
					      .obstacle = step_told,
					      .obstacle_arg = &told };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_append(logs_log, steps.other, &options, &out, err);

	assert_int_equal(out.appended, 77);
	if (rc != ENT_ECONFLICT)
		return rc;
	step_same(told, 1);
	return ENT_OK;
}

static int step_redact(struct ent_error *err)
{
	struct ent_redact_options options = { .now_us = STEP_NOW, .reason = "law",
					      .coder = "me" };
	struct ent_appended out = { .appended = 77 };
	int rc = ent_log_redact(logs_log, 9, &options, &out, err);

	step_same(out.appended, rc < 0 ? 77 : 1);
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

	step_same(out.appended, rc < 0 ? 77 : 1);
	return rc;
}

static const struct step steps_write[] = {
	STEP(append_small), STEP(append_large), STEP(append_fixing),
	STEP(append_again), STEP_TELLS(append_other), STEP_JSON(redact),	STEP(build),
	STEP(drop),	    STEP(preview),
};

#endif
