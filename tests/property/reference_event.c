/*
 * reference_event.c - which events a question stands on.
 */
#include <stdlib.h>
#include <string.h>

#include "reference_event.h"

static const struct ref_type types[] = {
	{ "alliance.founded", 0, REF_ALLIANCE, "active", 0 },
	{ "alliance.renamed", 1, REF_ALLIANCE, NULL, 0 },
	{ "alliance.led", 1, REF_ALLIANCE, NULL, 0 },
	{ "alliance.dissolved", 2, REF_ALLIANCE, "dissolved", 0 },
	{ "member.applied", 1, REF_MEMBER, "applicant", 0 },
	{ "member.invited", 1, REF_MEMBER, "invited", 0 },
	{ "member.joined", 0, REF_MEMBER, "member", 0 },
	{ "member.suspended", 1, REF_MEMBER, "suspended", 0 },
	{ "member.frozen", 1, REF_MEMBER, "frozen", 0 },
	{ "member.reactivated", 1, REF_MEMBER, "member", 0 },
	{ "member.announced_withdrawal", 1, REF_MEMBER, "leaving", 0 },
	{ "member.withdrew", 2, REF_MEMBER, "withdrawn", 0 },
	{ "member.not_renewed", 2, REF_MEMBER, "lapsed", 0 },
	{ "member.expelled", 2, REF_MEMBER, "expelled", 0 },
	{ "chair.assumed", 1, REF_CHAIR, NULL, 0 },
	{ "exercise.held", 1, REF_EXERCISE, NULL, 0 },
	{ "exercise.cancelled", 1, REF_EXERCISE, NULL, 0 },
	{ "exercise.declined", 1, REF_EXERCISE, NULL, 0 },
	{ "obligation.invoked", 1, REF_COMMITMENT, NULL, 34 },
	{ "obligation.met", 1, REF_COMMITMENT, NULL, 83 },
	{ "obligation.refused", 1, REF_COMMITMENT, NULL, -40 },
	{ "troops.refused", 1, REF_COMMITMENT, NULL, -40 },
	{ "aid.sent", 1, REF_COMMITMENT, NULL, 70 },
	{ "meeting.held", 1, REF_SIGNAL, NULL, 10 },
	{ "meeting.declined", 1, REF_SIGNAL, NULL, -50 },
	{ "statement.made", 1, REF_SIGNAL, NULL, 0 },
	{ "accusation.made", 1, REF_SIGNAL, NULL, -20 },
	{ "position.supported", 1, REF_SIGNAL, NULL, 34 },
	{ "position.rejected", 1, REF_SIGNAL, NULL, -40 },
	{ "opinion.reported", 1, REF_SIGNAL, NULL, 0 },
	{ "advisory.issued", 1, REF_SIGNAL, NULL, -4 },
	{ "conflict.attacked", 1, REF_SIGNAL, NULL, -100 },
	{ "treaty.signed", 1, REF_SIGNAL, NULL, 80 },
	{ "treaty.ratified", 1, REF_SIGNAL, NULL, 80 },
	{ "event.retracted", 1, REF_RETRACTION, NULL, 0 },
};

bool ref_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static const struct ref_type *type_of(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (ref_same(types[i].name, name))
			return &types[i];
	}
	return NULL;
}

static const char *text_of(const json_t *map, const char *key)
{
	return json_string_value(json_object_get(map, key));
}

const char *ref_data(const struct ref_event *event, const char *key)
{
	return text_of(json_object_get(event->json, "data"), key);
}

bool ref_is(const struct ref_event *event, const char *type)
{
	return event->type && strcmp(event->type->name, type) == 0;
}

const char *ref_role(const struct ref_event *event)
{
	const char *role = ref_data(event, "name");

	return role ? role : "chair";
}

/* The last possible day of publication; false where there is no date. */
static bool published_by(const json_t *json, long *out)
{
	const char *text = text_of(json_object_get(json, "source"), "published");
	struct reference_days days;

	if (!text || !reference_days_read(text, &days))
		return false;
	*out = days.hi;
	return true;
}

static struct reference_days days_of(const json_t *json, const char *key)
{
	struct reference_days days = { REFERENCE_BEFORE_ALL,
				       REFERENCE_AFTER_ALL };
	const char *text = text_of(json, key);
	long published = REFERENCE_AFTER_ALL;

	if (!text || !reference_days_read(text, &days))
		return days;
	/* An unknown day was before somebody wrote about it. */
	if (strcmp(text, "XXXX") == 0 && published_by(json, &published))
		days.hi = published;
	return days;
}

static struct ref_event read_event(const json_t *json, size_t seq)
{
	const char *modality = text_of(json, "modality");
	struct ref_event event = {
		.seq = seq,
		.json = json,
		.type = type_of(text_of(json, "type")),
		.id = text_of(json, "id"),
		.alliance = text_of(json, "alliance"),
		.actor = text_of(json, "actor"),
		.target = text_of(json, "target"),
		.date = text_of(json, "date"),
		.until = text_of(json, "until"),
		.corrects = text_of(json, "corrects"),
		.retracts = text_of(json, "retracts"),
		.modality = modality ? modality : "fact",
		.when = days_of(json, "date"),
		.held = { REFERENCE_AFTER_ALL, REFERENCE_AFTER_ALL },
	};

	event.fact = strcmp(event.modality, "fact") == 0;
	if (event.until)
		event.held = days_of(json, "until");
	return event;
}

static bool published_in_time(const struct ref_log *log,
			      const struct ref_event *event)
{
	long published;

	if (!log->basis.has_published)
		return true;
	return published_by(event->json, &published) &&
	       published <= log->basis.published;
}

/* Whether any event above takes this one back. */
static bool taken_back(const struct ref_log *log, const struct ref_event *event)
{
	for (size_t i = event->seq; i < log->n; i++) {
		const struct ref_event *by = &log->events[i];

		if (!ref_same(by->corrects, event->id) &&
		    !ref_same(by->retracts, event->id))
			continue;
		if (by->alive ||
		    (log->fault == REFERENCE_ONE_HOP && by->in_basis))
			return true;
	}
	return false;
}

static void find_alive(struct ref_log *log)
{
	bool all = log->fault == REFERENCE_KNOWN_ONE_SIDED;

	for (size_t i = 0; i < log->n; i++) {
		struct ref_event *event = &log->events[i];

		event->in_basis = (all || event->seq <= log->basis.known) &&
				  published_in_time(log, event);
	}
	for (size_t i = log->n; i-- > 0;) {
		struct ref_event *event = &log->events[i];

		event->alive = event->in_basis && !taken_back(log, event);
	}
	for (size_t i = 0; i < log->n; i++) {
		struct ref_event *event = &log->events[i];

		if (event->seq > log->basis.known)
			event->alive = event->in_basis = false;
	}
}

static void find_counting(struct ref_log *log)
{
	long at = log->basis.at;

	for (size_t i = 0; i < log->n; i++) {
		struct ref_event *event = &log->events[i];
		bool open = event->when.lo == REFERENCE_BEFORE_ALL;

		if (open && log->fault != REFERENCE_OPEN_START)
			event->counts = event->when.hi <= at;
		else
			event->counts = event->when.lo <= at;
		event->ran_out = event->until && event->held.hi < at;
	}
}

bool ref_before(const struct ref_event *a, const struct ref_event *b)
{
	if (a->when.lo != b->when.lo)
		return a->when.lo < b->when.lo;
	if (a->type->phase != b->type->phase)
		return a->type->phase < b->type->phase;
	return a->seq < b->seq;
}

static void find_order(struct ref_log *log)
{
	for (size_t i = 0; i < log->n; i++) {
		struct ref_event *event = &log->events[i];
		size_t k = log->order_n;

		if (!event->alive || !event->type ||
		    event->type->group == REF_RETRACTION)
			continue;
		while (k > 0 && log->fault != REFERENCE_RECORDED_ORDER &&
		       ref_before(event, log->order[k - 1])) {
			log->order[k] = log->order[k - 1];
			k--;
		}
		log->order[k] = event;
		log->order_n++;
	}
}

void ref_log_read(struct ref_log *log, const json_t *events,
		  const struct reference_basis *basis,
		  enum reference_fault fault)
{
	size_t n = json_array_size(events);

	*log = (struct ref_log){ .n = n, .basis = *basis, .fault = fault };
	log->events = calloc(n + 1, sizeof(log->events[0]));
	log->order = calloc(n + 1, sizeof(log->order[0]));
	if (!log->events || !log->order)
		abort();
	for (size_t i = 0; i < n; i++)
		log->events[i] = read_event(json_array_get(events, i), i + 1);
	find_alive(log);
	find_counting(log);
	find_order(log);
}

void ref_log_release(struct ref_log *log)
{
	free(log->events);
	free(log->order);
}

long reference_last_day(const json_t *events)
{
	long last = 0;

	for (size_t i = 0; i < json_array_size(events); i++) {
		struct ref_event event =
			read_event(json_array_get(events, i), i + 1);
		long days[] = { event.when.lo, event.when.hi, event.held.lo,
				event.held.hi };

		for (size_t k = 0; k < 4; k++) {
			if (days[k] < REFERENCE_AFTER_ALL && days[k] > last)
				last = days[k];
		}
	}
	return last;
}
