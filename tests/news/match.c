/*
 * match.c - see match.h.
 */
#include <string.h>

#include "match.h"

static const char *const done_together[] = { "meeting.held", "treaty.signed",
					     "exercise.held" };

const char *match_text(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));

	return text ? text : "";
}

bool match_among(const char *alternatives, const char *text)
{
	size_t len = strlen(text);

	while (*alternatives) {
		size_t n = strcspn(alternatives, "|");

		if (n == len && memcmp(alternatives, text, n) == 0)
			return true;
		alternatives += n + (alternatives[n] == '|');
	}
	return false;
}

static const char *event_text(const struct ent_value *event, const char *key)
{
	const char *text = ent_value_get_text(event, key);

	return text ? text : "";
}

static bool is_actor(const json_t *row, const char *code)
{
	const char *actor = match_text(row, "actor");

	return !*actor || match_among(actor, code);
}

static bool is_other(const json_t *row, const char *code)
{
	const char *alliance = match_text(row, "alliance");
	const char *target = match_text(row, "target");

	if (!*alliance && !*target)
		return true;
	return *code && (match_among(alliance, code) ||
			 match_among(target, code));
}

static bool is_done_together(const char *type)
{
	for (size_t i = 0; i < sizeof(done_together) / sizeof(done_together[0]);
	     i++) {
		if (strcmp(done_together[i], type) == 0)
			return true;
	}
	return false;
}

bool match_key(const json_t *row, const struct ent_value *event)
{
	const char *type = event_text(event, "type");
	const char *actor = event_text(event, "actor");
	const char *others[] = { event_text(event, "alliance"),
				 event_text(event, "target") };

	if (!match_among(match_text(row, "type"), type))
		return false;
	for (size_t i = 0; i < 2; i++) {
		if (is_actor(row, actor) && is_other(row, others[i]))
			return true;
		if (is_done_together(type) && is_actor(row, others[i]) &&
		    is_other(row, actor))
			return true;
	}
	return false;
}

bool match_modality(const json_t *row, const struct ent_value *event)
{
	const char *modality = event_text(event, "modality");

	if (!*modality)
		modality = "fact";
	if (strcmp(modality, "planned") == 0)
		modality = "possible";
	return match_among(match_text(row, "modality"), modality);
}

enum { WIDER_DAYS = 40, WIDER_TIMES = 14 };

static bool holds(const struct ent_date *outer, const struct ent_date *inner)
{
	return outer->lo <= inner->lo && inner->hi <= outer->hi;
}

static int64_t width(const struct ent_date *date)
{
	return (int64_t)date->hi - date->lo + 1;
}

/* One step wider, a month for a day or a year for a month, is less than was said
 * but not wrong; wider than that, nothing has been found. */
static bool is_not_too_wide(const struct ent_date *proposed,
			    const struct ent_date *expected)
{
	if (expected->lo == ENT_DAY_OPEN_START)
		return true;
	return width(proposed) <= WIDER_DAYS ||
	       width(proposed) <= WIDER_TIMES * width(expected);
}

static bool dates_agree(const char *expected, const char *proposed)
{
	struct ent_date a;
	struct ent_date b;

	if (strcmp(expected, proposed) == 0)
		return true;
	if (ent_date_parse(expected, &a, NULL) < 0 ||
	    ent_date_parse(proposed, &b, NULL) < 0)
		return false;
	return holds(&a, &b) || (holds(&b, &a) && is_not_too_wide(&b, &a));
}

bool match_date(const json_t *row, const struct ent_value *event)
{
	const char *proposed = event_text(event, "date");
	const char *dates = match_text(row, "date");

	if (!*dates)
		return true;
	while (*dates) {
		size_t n = strcspn(dates, "|");
		char one[64];

		if (n < sizeof(one)) {
			memcpy(one, dates, n);
			one[n] = '\0';
			if (dates_agree(one, proposed))
				return true;
		}
		dates += n + (dates[n] == '|');
	}
	return false;
}

bool match_is_open(const json_t *row)
{
	return !*match_text(row, "actor") || strchr(match_text(row, "type"), '|');
}
