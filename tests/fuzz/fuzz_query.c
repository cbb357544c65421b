/*
 * fuzz_query.c - any arguments of a question to a log that is open: lines for at,
 * known, published, a JSON Pointer and an alliance.  With checkpoints and without
 * the answer must be the same.
 *
 * fuzz: -max_len=256 -close_fd_mask=3
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"

enum { LINES = 5 };

static struct ent_log *asked;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const struct ent_log_options options = { .read_only = true };
	char dir[128];

	(void)argc;
	(void)argv;
	snprintf(dir, sizeof(dir), "%s/log", fuzz_folder());
	fuzz_history(dir, 0);
	FUZZ_CHECK(ent_log_open(dir, &options, &asked, NULL) == ENT_OK);
	fuzz_silence();
	return 0;
}

/* An empty line is an argument that was not given; but today is no answer that
 * stays the same. */
static void cut_lines(char *text, const char *lines[LINES])
{
	for (int i = 0; i < LINES; i++) {
		lines[i] = text;
		text += strcspn(text, "\n");
		if (*text)
			*text++ = '\0';
	}
}

static struct ent_state *replay(const struct ent_basis *basis,
				const char *alliance, bool no_checkpoints)
{
	struct ent_view view = { .alliances = &alliance,
				 .alliances_count = *alliance != '\0',
				 .no_checkpoints = no_checkpoints };
	struct ent_state *state = NULL;

	FUZZ_CHECK(ent_replay(asked, basis, &view, &state, NULL) == ENT_OK);
	return state;
}

static void check_replay(const struct ent_basis *basis, const char *pointer,
			 const char *alliance)
{
	struct ent_state *quick = replay(basis, alliance, false);
	struct ent_state *slow = replay(basis, alliance, true);

	FUZZ_CHECK(ent_value_equal(ent_state_alliances(quick),
				   ent_state_alliances(slow)));
	ent_value_at(ent_state_alliances(quick), pointer);
	ent_state_free(quick);
	ent_state_free(slow);
}

static void check_why(const struct ent_basis *basis, const char *pointer)
{
	struct ent_why *why = NULL;
	struct ent_error err = { 0 };
	int rc = ent_why(asked, basis, pointer, &why, &err);

	FUZZ_CHECK(rc == ENT_OK || rc == ENT_END || rc == ENT_EUSAGE);
	FUZZ_CHECK(rc != ENT_OK || ent_why_count(why) > 0);
	ent_why_free(why);
}

static void check_filter(const struct ent_basis *basis, const char *pointer,
			 const char *alliance)
{
	const struct ent_filter filter = {
		.alliance = *alliance ? alliance : NULL,
		.type = *pointer ? pointer : NULL,
		.has_to = true, .to = basis->at, .known = basis->known,
		.reverse = true
	};
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;

	FUZZ_CHECK(ent_log_read(asked, &filter, &cursor, NULL) == ENT_OK);
	while (ent_cursor_next(cursor, &event, NULL) == ENT_OK) {
		FUZZ_CHECK(event->seq <= basis->known || basis->known == 0);
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	const char *lines[LINES];
	struct ent_event *event = NULL;
	struct ent_basis basis;
	struct ask ask;

	cut_lines(text, lines);
	ask = (struct ask){ *lines[0] ? lines[0] : "2024-06",
			    *lines[1] ? lines[1] : NULL,
			    *lines[2] ? lines[2] : NULL };
	if (ask_event(asked, lines[3], &event) == CLI_DONE)
		ent_event_free(event);
	if (ask_basis(asked, &ask, &basis) == CLI_DONE) {
		check_why(&basis, lines[3]);
		check_replay(&basis, lines[3], lines[4]);
		check_filter(&basis, lines[3], lines[4]);
	}
	free(text);
	return 0;
}
