/*
 * logs.h - a log in a folder of its own for each test, and events in a short
 * form.
 *
 * Texts are written with ' for ".  An event gets the id '#N', N counting from 1
 * within a test, and a source, where it names none; '#N' stands for that id
 * everywhere, so that expectations can be written by hand.
 */
#ifndef TESTS_LOGS_H
#define TESTS_LOGS_H

#include "check.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "entente/entente.h"

static char logs_folder[64]; /* of the test that runs */
static char logs_dir[80];    /* of its log, in that folder */
static struct ent_log *logs_log;
static unsigned logs_count;  /* ids given */

enum { LOGS_TEXT_MAX = 32768 };

static inline int logs_remove(const char *path, const struct stat *st, int flag,
			      struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static inline int logs_make_folder(void **state)
{
	(void)state;
	strcpy(logs_folder, "/tmp/entente-test-XXXXXX");
	logs_count = 0;
	logs_log = NULL;
	if (!mkdtemp(logs_folder))
		return -1;
	snprintf(logs_dir, sizeof(logs_dir), "%s/log", logs_folder);
	return 0;
}

static inline int logs_remove_folder(void **state)
{
	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	return nftw(logs_folder, logs_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static inline int logs_make(void **state)
{
	struct ent_log_options options = { .create = true };

	if (logs_make_folder(state) != 0)
		return -1;
	return ent_log_open(logs_dir, &options, &logs_log, NULL);
}

#define LOG_TEST(f) \
	cmocka_unit_test_setup_teardown(f, logs_make, logs_remove_folder)
#define FOLDER_TEST(f)                                         \
	cmocka_unit_test_setup_teardown(f, logs_make_folder, \
					logs_remove_folder)

/* Borrowed until the call after the next. */
static inline const char *logs_json(const char *text)
{
	static char buffers[2][LOGS_TEXT_MAX];
	static unsigned turn;
	char *out = buffers[turn++ % 2];
	size_t at = 0;

	for (; *text; text++) {
		assert_true(at + 64 < LOGS_TEXT_MAX);
		if (*text == '#' && text[1] >= '0' && text[1] <= '9')
			at += (size_t)sprintf(out + at,
					      "00000000-0000-4000-8000-%012ld",
					      strtol(text + 1, (char **)&text,
						     10)),
			text--;
		else
			out[at++] = *text == '\'' ? '"' : *text;
	}
	out[at] = '\0';
	return out;
}

/* fields, with an id and a source where they name none. */
static inline const char *logs_event(const char *fields)
{
	static char whole[LOGS_TEXT_MAX];
	int at = snprintf(whole, sizeof(whole), "{");

	if (!strstr(fields, "'id'"))
		at += sprintf(whole + at, "'id':'#%u',", ++logs_count);
	if (!strstr(fields, "'source'") && !strstr(fields, "'retracts'"))
		at += sprintf(whole + at, "'source':{'title':'T'},");
	snprintf(whole + at, sizeof(whole) - (size_t)at, "%s}", fields);
	return logs_json(whole);
}

static inline void logs_draft(struct ent_batch *batch, const char *fields,
			      const char *label)
{
	const char *json = logs_event(fields);
	struct ent_error err;

	if (ent_batch_add(batch, json, strlen(json), label, &err) < 0)
		fail_msg("%s: %s", json, err.msg);
}

/* Append the events of a NULL-terminated list, recorded at that time. */
static inline void logs_append_at(int64_t now_us, const char *const *events)
{
	struct ent_append_options options = { .now_us = now_us,
					      .no_sync = true };
	struct ent_batch *batch = NULL;
	struct ent_appended appended;
	struct ent_error err;

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	for (size_t i = 0; events[i]; i++)
		logs_draft(batch, events[i], NULL);
	if (ent_log_append(logs_log, batch, &options, &appended, &err) < 0)
		fail_msg("%s", err.msg);
	ent_batch_free(batch);
}

#define APPEND(...) \
	logs_append_at(1000, (const char *const[]){ __VA_ARGS__, NULL })

static inline int32_t logs_day(const char *text)
{
	struct ent_date date = { 0 };
	struct ent_error err;

	if (ent_date_parse(text, &date, &err) < 0)
		fail_msg("%s: %s", text, err.msg);
	return date.hi;
}

/* At the end of the date, as known now. */
static inline struct ent_basis logs_basis(const char *date)
{
	return (struct ent_basis){ .at = logs_day(date),
				   .known = ENT_KNOWN_ALL };
}

static inline void check_value(const struct ent_value *value,
			       const char *expected)
{
	static const struct ent_value none = { .kind = ENT_NULL };
	char *text = NULL;

	assert_int_equal(ent_value_json(value ? value : &none,
					ENT_JSON_CANONICAL, &text, NULL, NULL),
			 ENT_OK);
	assert_string_equal(text, logs_json(expected));
	ent_free(text);
}

static inline struct ent_state *logs_replay(const struct ent_basis *basis,
					    const struct ent_view *view)
{
	struct ent_state *state = NULL;
	struct ent_error err;

	if (ent_replay(logs_log, basis, view, &state, &err) < 0)
		fail_msg("%s", err.msg);
	return state;
}

/* What the pointer names in the state at the end of the date; null for none. */
static inline void check_basis(const struct ent_basis *basis,
			       const char *pointer, const char *expected)
{
	struct ent_state *state = logs_replay(basis, NULL);

	check_value(ent_value_at(ent_state_alliances(state), pointer),
		    expected);
	ent_state_free(state);
}

static inline void check_at(const char *date, const char *pointer,
			    const char *expected)
{
	struct ent_basis basis = logs_basis(date);

	check_basis(&basis, pointer, expected);
}

#endif
