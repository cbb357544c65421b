/*
 * answers.c - see answers.h.
 */
#include "answers.h"

#include <string.h>

static void add(struct answers *answers, int rc, char *text, size_t len)
{
	if (rc != ENT_OK)
		answers->failed = true;
	for (size_t i = 0; rc == ENT_OK && i < len; i++)
		answers->hash = (answers->hash ^ (uint8_t)text[i]) *
				UINT64_C(1099511628211);
	if (rc == ENT_OK)
		ent_free(text);
}

static void read_events(struct ent_log *log, struct answers *answers)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	int rc = ent_log_read(log, NULL, &cursor, NULL);

	while (rc == ENT_OK &&
	       (rc = ent_cursor_next(cursor, &event, NULL)) == ENT_OK) {
		char *text = NULL;
		size_t len = 0;
		uint64_t seq = 0;

		add(answers, ent_event_json(event, &text, &len, NULL), text,
		    len);
		if (ent_log_find(log, &event->id, &seq, NULL) != ENT_OK ||
		    seq != event->seq)
			answers->failed = true;
		ent_event_free(event);
	}
	if (rc != ENT_END)
		answers->failed = true;
	ent_cursor_close(cursor);
}

static void replay(struct ent_log *log, bool slowly, struct answers *answers)
{
	const struct ent_basis basis = { .at = 19000, .known = ENT_KNOWN_ALL };
	const struct ent_view view = { .no_checkpoints = slowly };
	struct ent_state *state = NULL;
	char *text = NULL;
	size_t len = 0;
	int rc = ent_replay(log, &basis, &view, &state, NULL);

	if (rc == ENT_OK)
		rc = ent_state_json(state, &text, &len, NULL);
	add(answers, rc, text, len);
	ent_state_free(state);
}

static void compare(struct ent_log *log, uint64_t events,
		    struct answers *answers)
{
	const struct ent_basis from = { .at = 15000, .known = events / 2 },
			       to = { .at = 19000, .known = ENT_KNOWN_ALL };
	struct ent_diff *diff = NULL;
	char *text = NULL;
	size_t len = 0;
	int rc = ent_diff(log, &from, &to, NULL, &diff, NULL);

	if (rc == ENT_OK)
		rc = ent_diff_json(diff, &text, &len, NULL);
	add(answers, rc, text, len);
	ent_diff_free(diff);
}

static void explain(struct ent_log *log, struct answers *answers)
{
	const struct ent_basis basis = { .at = 19000, .known = ENT_KNOWN_ALL };
	struct ent_why *why = NULL;
	struct ent_stat stat = { 0 };
	int rc = ent_why(log, &basis, "/A1/members/B1", &why, NULL);

	if (rc != ENT_OK)
		answers->failed = true;
	else
		answers->hash += ent_why_count(why);
	ent_why_free(why);
	if (ent_log_stat(log, &stat, NULL) != ENT_OK)
		answers->failed = true;
	answers->hash += stat.events + stat.alive + stat.actors;
}

struct answers answers_of(struct ent_log *log, uint64_t events)
{
	struct answers answers = { .hash = UINT64_C(14695981039346656037) };

	read_events(log, &answers);
	replay(log, false, &answers);
	replay(log, true, &answers);
	compare(log, events, &answers);
	explain(log, &answers);
	return answers;
}
