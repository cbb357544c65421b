/*
 * match.h - does a proposed event say what a row of a corpus expects?
 */
#ifndef NEWS_MATCH_H
#define NEWS_MATCH_H

#include <jansson.h>

#include "entente/entente.h"

/* The text of a member of a row or an item, "" where it has none. */
const char *match_text(const json_t *row, const char *key);

/* Is text one of `a|b|c`? */
bool match_among(const char *alternatives, const char *text);

/* Type, actor, and alliance or target; either way round for what is done
 * together.  What the row does not say may be anything. */
bool match_key(const json_t *row, const struct ent_value *event);

/* What is planned may happen: it counts as possible. */
bool match_modality(const json_t *row, const struct ent_value *event);

/* The same text, or the days of one among the days of the other, where what is
 * proposed is not much wider. */
bool match_date(const json_t *row, const struct ent_value *event);

/* Does the row leave open who, or which of several types?  Then more than one
 * event may say what it expects. */
bool match_is_open(const json_t *row);

#endif
