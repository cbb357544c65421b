/*
 * generate.c - random histories.
 *
 * Few alliances, actors and days, so that events meet: most of what can go wrong
 * in a fold needs two or three events of one slot close together.
 */
#include <stdio.h>
#include <string.h>

#include "generate_private.h"

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

struct maker {
	struct dice dice;
	enum generate_family family;
	long base;          /* the first day of the window */
	size_t alliances;
	size_t actors;
	double cost_max;    /* choices of days that a slot may ask for */
	bool focused;       /* mostly on memberships, chairs and their ends */
	bool distinct;
	json_t *events;
};

static const char *const alliances[] = { "CSTO", "ATOP-3180", "Q" };
static const char *const actors[] = { "RUS", "ARM", "KGZ", "USA", "A-1" };

/* What makes slots whose value dates leave open; often ones are repeated. */
static const char *const focus[] = {
	"alliance.dissolved", "alliance.dissolved", "member.joined",
	"member.joined", "member.joined", "member.invited", "member.suspended",
	"member.frozen", "member.reactivated", "member.withdrew",
	"member.expelled", "chair.assumed", "chair.assumed",
};

static const char *const types[] = {
	"alliance.founded", "alliance.founded", "alliance.renamed",
	"alliance.led", "alliance.led", "alliance.dissolved",
	"alliance.dissolved", "member.applied", "member.invited",
	"member.joined", "member.joined", "member.joined", "member.joined",
	"member.joined", "member.suspended", "member.frozen",
	"member.reactivated", "member.announced_withdrawal", "member.withdrew",
	"member.withdrew", "member.not_renewed", "member.expelled",
	"chair.assumed", "chair.assumed", "chair.assumed", "exercise.held",
	"exercise.held", "exercise.cancelled", "exercise.declined",
	"obligation.invoked", "obligation.met", "obligation.refused",
	"troops.refused", "aid.sent", "meeting.held", "meeting.declined",
	"statement.made", "accusation.made", "position.supported",
	"position.rejected", "opinion.reported", "advisory.issued",
	"conflict.attacked", "treaty.signed", "treaty.ratified", "x.note",
};

static const char *const texts[] = {
	"a plain text", "\"quoted\" \\ back", "two\nlines\tand a tab",
	"\xd0\x9e\xd0\x94\xd0\x9a\xd0\x91", "caf\xc3\xa9 \xf0\x9f\x95\x8a", "a/b~c",
};

static const char *const names[] = { "Treaty", "Pact 2", "\xd0\x9f/~a" };
static const char *const roles[] = { "chair", "secretary", "a/b~" };

static void set_text(json_t *map, const char *key, const char *text)
{
	json_object_set_new(map, key, json_string(text));
}

static const char *text_of(const json_t *map, const char *key)
{
	return json_string_value(json_object_get(map, key));
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

void generate_id(struct dice *dice, char out[37])
{
	unsigned long long a = dice_next(dice);
	unsigned long long b = dice_next(dice);

	snprintf(out, 37, "%08llx-%04llx-4%03llx-8%03llx-%012llx",
		 a & 0xffffffffu, (a >> 32) & 0xffffu, (a >> 48) & 0xfffu,
		 b & 0xfffu, (b >> 12) & 0xffffffffffffu);
}

static void add_source(struct maker *maker, json_t *event, bool published)
{
	static const char *const keys[] = { "url", "publisher", "title" };
	struct dice *dice = &maker->dice;
	json_t *source = json_object();
	char day[GENERATE_DATE_SIZE];

	set_text(source, keys[dice_index(dice, 3)], "https://example.org/a");
	if (published || dice_percent(dice, 55)) {
		reference_day_text(maker->base + dice_between(dice, -3, 70), day);
		if (dice_percent(dice, 15))
			day[7] = '\0';
		else if (dice_percent(dice, 10))
			day[4] = '\0';
		else if (!published && dice_percent(dice, 5))
			strcat(day, "/..");
		set_text(source, "published", day);
	}
	if (dice_percent(dice, 20))
		set_text(source, "quote", texts[dice_index(dice, LENGTH(texts))]);
	if (dice_percent(dice, 20))
		set_text(source, "retrieved", "2025-07-19");
	json_object_set_new(event, "source", source);
}

static void add_modality(struct maker *maker, json_t *event)
{
	static const char *const others[] = { "claim", "possible", "planned",
					      "denied" };
	struct dice *dice = &maker->dice;
	long kind = dice_between(dice, 0, 99);

	if (kind < 10)
		set_text(event, "modality", "fact");
	if (kind < (maker->focused ? 92 : 80))
		return;
	set_text(event, "modality", others[dice_index(dice, 4)]);
	if (strcmp(text_of(event, "modality"), "claim") == 0 ||
	    dice_percent(dice, 10))
		set_text(event, "attributed_to", actors[dice_index(dice, 5)]);
}

static void add_data(struct maker *maker, json_t *event, const char *type)
{
	struct dice *dice = &maker->dice;
	json_t *data = json_object();
	bool founded = begins(type, "alliance.founded");

	if (begins(type, "alliance.renamed") || (founded && dice_percent(dice, 60)))
		set_text(data, "name", names[dice_index(dice, LENGTH(names))]);
	if (founded && dice_percent(dice, 40))
		set_text(data, "lead", actors[dice_index(dice, maker->actors)]);
	if (founded && dice_percent(dice, 20))
		set_text(data, "kind", "defence");
	if (founded && dice_percent(dice, 20))
		set_text(data, "predecessor", "WTO");
	if (begins(type, "chair.") && dice_percent(dice, 40))
		set_text(data, "name", roles[dice_index(dice, LENGTH(roles))]);
	if (begins(type, "exercise.") && dice_percent(dice, 60))
		set_text(data, "name", names[dice_index(dice, LENGTH(names))]);
	if (dice_percent(dice, 10))
		json_object_set_new(data, "figures", generate_data(dice, 3));
	if (json_object_size(data) || dice_percent(dice, 5))
		json_object_set(event, "data", data);
	json_decref(data);
}

static void add_names(struct maker *maker, json_t *event, const char *type)
{
	struct dice *dice = &maker->dice;
	bool group = begins(type, "alliance.") || begins(type, "member.") ||
		     begins(type, "chair.") || begins(type, "exercise.");
	bool led = begins(type, "alliance.led");
	bool acted = led || !(begins(type, "alliance.") ||
			      begins(type, "exercise.") || begins(type, "x."));

	if (group || dice_percent(dice, 65))
		set_text(event, "alliance",
			 alliances[dice_index(dice, maker->alliances)]);
	if (acted || begins(type, "exercise.declined") || dice_percent(dice, 40))
		set_text(event, "actor", actors[dice_index(dice, maker->actors)]);
	if (dice_percent(dice, group ? 5 : 60))
		set_text(event, "target", actors[dice_index(dice, maker->actors)]);
	if (dice_percent(dice, 8))
		set_text(event, "object", "FIN");
	if (dice_percent(dice, 15))
		set_text(event, "summary", texts[dice_index(dice, LENGTH(texts))]);
	if (dice_percent(dice, 8))
		set_text(event, "coder", "maria");
}

/* Whether until ends on or after the first possible day of date. */
static bool until_fits(const json_t *event, const char *until)
{
	struct reference_days date, held;
	const char *published =
		text_of(json_object_get(event, "source"), "published");

	if (!reference_days_read(text_of(event, "date"), &date) ||
	    !reference_days_read(until, &held))
		return false;
	if (strcmp(until, "XXXX") == 0 &&
	    (!published || !reference_days_read(published, &held) ||
	     held.hi == REFERENCE_AFTER_ALL))
		return false;
	return date.lo == REFERENCE_BEFORE_ALL || held.hi >= date.lo;
}

static void add_dates(struct maker *maker, json_t *event)
{
	struct dice *dice = &maker->dice;
	char text[GENERATE_DATE_SIZE];

	generate_date(dice, maker->family, maker->base, text);
	set_text(event, "date", text);
	add_source(maker, event, strcmp(text, "XXXX") == 0);
	json_object_del(event, "until");
	if (!dice_percent(dice, 25))
		return;
	for (int tries = 0; tries < 8; tries++) {
		generate_date(dice, maker->family, maker->base, text);
		if (until_fits(event, text)) {
			set_text(event, "until", text);
			return;
		}
	}
}

static json_t *new_event(struct maker *maker, const char *type)
{
	json_t *event = json_object();
	char id[37];

	generate_id(&maker->dice, id);
	set_text(event, "id", id);
	set_text(event, "type", type);
	return event;
}

/* An earlier event, that is a retraction or not. */
static const char *earlier(struct maker *maker, bool retraction)
{
	size_t n = json_array_size(maker->events);

	for (int tries = 0; n > 0 && tries < 6; tries++) {
		json_t *event = json_array_get(maker->events,
					       dice_index(&maker->dice, n));

		if ((strcmp(text_of(event, "type"), "event.retracted") == 0) ==
		    retraction)
			return text_of(event, "id");
	}
	return NULL;
}

static json_t *make_retraction(struct maker *maker)
{
	struct dice *dice = &maker->dice;
	const char *target = earlier(maker, dice_percent(dice, 35));
	const char *replaced = dice_percent(dice, 15) ? earlier(maker, true)
						      : NULL;
	json_t *event;

	if (!target)
		return NULL;
	event = new_event(maker, "event.retracted");
	set_text(event, "retracts", target);
	json_object_set_new(event, "data",
			    json_pack("{s:s}", "reason", "a mistake"));
	if (replaced && strcmp(replaced, target) != 0)
		set_text(event, "corrects", replaced);
	if (dice_percent(dice, 40))
		add_source(maker, event, false);
	if (dice_percent(dice, 15))
		set_text(event, "date", "2020-01-01");
	return event;
}

/* The same statement again, with something else about it. */
static json_t *make_correction(struct maker *maker)
{
	const char *target = earlier(maker, false);
	json_t *event = NULL;
	char id[37];

	for (size_t i = 0; target && i < json_array_size(maker->events); i++) {
		json_t *old = json_array_get(maker->events, i);

		if (strcmp(text_of(old, "id"), target) == 0)
			event = json_deep_copy(old);
	}
	if (!event)
		return NULL;
	generate_id(&maker->dice, id);
	set_text(event, "corrects", target);
	set_text(event, "id", id);
	if (dice_percent(&maker->dice, 80))
		add_dates(maker, event);
	return event;
}

static json_t *make_statement(struct maker *maker)
{
	bool focused = maker->focused && dice_percent(&maker->dice, 85);
	const char *type = focused
				   ? focus[dice_index(&maker->dice, LENGTH(focus))]
				   : types[dice_index(&maker->dice, LENGTH(types))];
	json_t *event = new_event(maker, type);
	const char *target;

	add_names(maker, event, type);
	add_modality(maker, event);
	add_data(maker, event, type);
	add_dates(maker, event);
	target = dice_percent(&maker->dice, 4) && !maker->distinct
			 ? earlier(maker, false)
			 : NULL;
	if (target)
		set_text(event, "corrects", target);
	return event;
}

/* Where a slot would ask for too many choices, the new date becomes a day. */
static void keep_feasible(struct maker *maker, json_t *event)
{
	struct reference_days days;
	char text[11];

	if (!text_of(event, "date") ||
	    reference_cost(maker->events) <= maker->cost_max)
		return;
	json_object_del(event, "until");
	reference_days_read(text_of(event, "date"), &days);
	if (days.lo == REFERENCE_BEFORE_ALL)
		days.lo = maker->base;
	reference_day_text(days.lo, text);
	set_text(event, "date", text);
	/* A day too cuts the ranges of the others into more parts. */
	if (reference_cost(maker->events) > 10 * maker->cost_max)
		json_array_remove(maker->events,
				  json_array_size(maker->events) - 1);
}

static void add_one(struct maker *maker)
{
	long kind = dice_between(&maker->dice, 0, 99);
	json_t *event = NULL;

	if (kind < 13 && !maker->distinct)
		event = make_retraction(maker);
	else if (kind < 23 && !maker->distinct)
		event = make_correction(maker);
	if (!event)
		event = make_statement(maker);
	json_array_append_new(maker->events, event);
	if (!maker->distinct)
		keep_feasible(maker, event);
}

json_t *generate_history(uint64_t seed)
{
	struct maker maker = { .dice = { seed }, .events = json_array() };
	struct dice *dice = &maker.dice;
	long n;

	maker.family = (enum generate_family)dice_index(dice, GENERATE_FAMILIES);
	maker.base = reference_day(dice_between(dice, 1991, 2019), 1, 1);
	maker.base += dice_between(dice, 0, 364);
	maker.alliances = (size_t)dice_between(dice, 1, 3);
	maker.actors = (size_t)dice_between(dice, 2, 5);
	maker.focused = dice_percent(dice, 60);
	if (maker.focused) {
		maker.alliances = 1;
		maker.actors = 2;
	}
	maker.cost_max = dice_percent(dice, 5) ? 3e5 : 5e4;
	n = dice_between(dice, 4, 16);
	for (long i = 0; i < n; i++)
		add_one(&maker);
	return maker.events;
}

json_t *generate_distinct(uint64_t seed)
{
	struct maker maker = { .dice = { seed },
			       .family = GENERATE_WIDE,
			       .base = reference_day(2000, 1, 1),
			       .alliances = 2,
			       .actors = 3,
			       .distinct = true,
			       .events = json_array() };
	long n = dice_between(&maker.dice, 4, 16);
	long day = maker.base;
	char text[11];

	for (long i = 0; i < n; i++) {
		json_t *event;

		add_one(&maker);
		event = json_array_get(maker.events, (size_t)i);
		day += dice_between(&maker.dice, 1, 40);
		reference_day_text(day, text);
		set_text(event, "date", text);
		json_object_del(event, "until");
		reference_day_text(day + dice_between(&maker.dice, 0, 90), text);
		if (dice_percent(&maker.dice, 25))
			set_text(event, "until", text);
	}
	return maker.events;
}
