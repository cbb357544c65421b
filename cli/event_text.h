/*
 * event_text.h - events as people read them.
 */
#ifndef CLI_EVENT_TEXT_H
#define CLI_EVENT_TEXT_H

#include "out.h"
#include "table.h"

/* "2024-02", "2024-02 until 2024-05", "-" where it has none. */
void event_date(struct text *text, const struct ent_event *event);

/* What it says in one line: the summary, else the object, data.text or name;
 * with "(claim by X)" and the like in front where it is not a fact. */
void event_gist(struct text *text, const struct ent_event *event);

/* "Example, 2025-07-18, https://example.org/a" */
void event_source(struct text *text, const struct ent_event *event);

/* "#7 member.not_renewed 1999 AZE Azerbaijan" */
void event_line(struct text *text, const struct ent_event *event);

/* The type in an entry of exercises, commitments or signals of a state, with
 * "(claim by X)" where it is no fact. */
void entry_type(struct text *text, const struct ent_value *entry);

/* Is it a retraction that says that what it retracts is redacted? */
bool event_says_redacted(const struct ent_event *event);

#endif
