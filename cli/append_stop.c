/*
 * append_stop.c - append and import, told to stop: what is in the log then, and
 * how to go on.
 */
#include "append.h"
#include "progress.h"
#include "stop.h"

static const char again[] = "what is in the log already is not written twice";

void append_stops(const struct append *append, const char *command)
{
	uint64_t there = append->total.appended + append->total.already;
	struct text why = { 0 }, hint = { 0 };

	text_fmt(&why, "%s: stopped: ", command);
	if (there == 0) {
		text_str(&why, "nothing was appended");
	} else {
		text_number(&why, there);
		text_str(&why, there == 1 ? " event is in the log" :
					    " events are in the log");
		text_fmt(&hint, "run the same command again, with the same "
			 "lines, to go on: %s", again);
	}
	stop_at_once(text_get(&why), hint.len ? text_get(&hint) : NULL);
	text_release(&why);
	text_release(&hint);
}

void append_stops_behind(const struct append *append, const char *command)
{
	struct text why = { 0 }, hint = { 0 };

	if (stop_asked())
		append_stops(append, command);
	if (append->batch_lines.value > 0) {
		stop_later();
		return;
	}
	progress_long(command, "writing", ent_batch_count(append->batch),
		      "events");
	text_fmt(&why, "%s: stopped while writing: all events are in the log, "
		 "or none", command);
	text_fmt(&hint, "run the same command again: %s", again);
	stop_at_once(text_get(&why), text_get(&hint));
	text_release(&why);
	text_release(&hint);
}
