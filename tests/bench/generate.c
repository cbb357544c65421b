/*
 * generate.c - which alliance, who, what and when.
 *
 * The mix is that of a coder's log: a third of it memberships, then meetings and
 * statements, few beginnings and ends.  One event in a hundred carries an id of
 * its own choice and is corrected (one in ten of them: retracted) some hundred
 * events later, so that no list of earlier ids need be kept.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <entente/entente.h>

#include "generate_private.h"

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

enum { EXERCISES = 200, CORRECTION_GAP = 200, CORRECTION_SPREAD = 2000 };

enum { NAMES_EXERCISE = 1, NAMES_ROLE = 2, NAMES_SELF = 4, TARGETS = 8 };

/* weight: of 10,000 events. */
static const struct kind {
	const char *type;
	const char *verb;
	unsigned weight;
	unsigned flags;
} kinds[] = {
	{ "member.joined", "joins after talks", 800, 0 },
	{ "member.reactivated", "takes its seat again", 450, 0 },
	{ "member.announced_withdrawal", "announces its withdrawal", 400, 0 },
	{ "member.frozen", "freezes its participation", 350, 0 },
	{ "member.suspended", "is suspended", 300, 0 },
	{ "member.applied", "applies for membership", 300, 0 },
	{ "member.invited", "is invited to join", 300, 0 },
	{ "member.withdrew", "leaves", 250, 0 },
	{ "member.not_renewed", "lets its membership lapse", 100, 0 },
	{ "member.expelled", "is expelled", 50, 0 },
	{ "chair.assumed", "takes the chair", 200, NAMES_ROLE },
	{ "exercise.held", "hosts an exercise", 800, NAMES_EXERCISE },
	{ "exercise.declined", "stays away from an exercise", 200,
	  NAMES_EXERCISE },
	{ "exercise.cancelled", "cancels an exercise", 100, NAMES_EXERCISE },
	{ "obligation.invoked", "invokes the treaty", 100, 0 },
	{ "obligation.met", "meets its obligations", 200, 0 },
	{ "obligation.refused", "refuses its obligations", 200, 0 },
	{ "troops.refused", "refuses troops", 200, TARGETS },
	{ "aid.sent", "sends aid", 500, TARGETS },
	{ "meeting.held", "holds talks", 1200, TARGETS },
	{ "meeting.declined", "declines talks", 300, TARGETS },
	{ "statement.made", "makes a statement", 1080, TARGETS },
	{ "accusation.made", "accuses its partners", 500, TARGETS },
	{ "position.supported", "supports the common position", 400, TARGETS },
	{ "position.rejected", "rejects the common position", 300, TARGETS },
	{ "opinion.reported", "is said to be sceptical", 130, 0 },
	{ "advisory.issued", "issues an advisory", 50, TARGETS },
	{ "conflict.attacked", "attacks", 50, TARGETS },
	{ "treaty.signed", "signs a protocol", 80, 0 },
	{ "treaty.ratified", "ratifies a protocol", 60, 0 },
	{ "x.note", "is mentioned", 30, 0 },
	{ "alliance.renamed", "names it anew", 8, NAMES_SELF },
	{ "alliance.led", "takes the lead", 10, 0 },
	{ "alliance.dissolved", "ends it", 2, 0 },
	{ "alliance.founded", "founds it", 0, NAMES_SELF },
};

enum { KIND_FOUNDED = LENGTH(kinds) - 1, KIND_DISSOLVED = LENGTH(kinds) - 2 };

uint64_t generate_dice(uint64_t *state, uint64_t sides)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % sides;
}

unsigned generate_draw_alliance(uint64_t *state)
{
	unsigned k;

	do
		k = (unsigned)generate_dice(state, GENERATE_ALLIANCES);
	while (generate_dice(state, k + 1) != 0);
	return k;
}

void generate_alliance_code(unsigned alliance, char out[GENERATE_CODE_SIZE])
{
	snprintf(out, GENERATE_CODE_SIZE, "PACT-%02u", alliance % 100);
}

void generate_actor_code(unsigned actor, char out[GENERATE_CODE_SIZE])
{
	out[0] = (char)('A' + actor % 26);
	out[1] = (char)('A' + actor / 26 % 26);
	out[2] = (char)('A' + actor * 7 % 26);
	out[3] = '\0';
}

void generate_say(struct generated *out, const char *format, ...)
{
	size_t room = sizeof(out->line) - out->len;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(out->line + out->len, room, format, args);
	va_end(args);
	assert(n >= 0 && (size_t)n < room);
	out->len += (size_t)n;
}

/* ---- what later events correct ---------------------------------------- */

static void write_id(struct generator *generator, char out[37])
{
	unsigned long long a = generate_dice(&generator->dice, UINT64_MAX);
	unsigned long long b = generate_dice(&generator->dice, UINT64_MAX);

	snprintf(out, 37, "%08llx-%04llx-4%03llx-8%03llx-%012llx",
		 a & 0xffffffffu, a >> 32 & 0xffffu, a >> 48 & 0xfffu,
		 b & 0xfffu, b >> 12 & 0xffffffffffffu);
}

static struct generate_pending *pending_at(struct generator *generator,
					   size_t i)
{
	size_t at = (generator->pending_first + i) % GENERATE_PENDING;

	return &generator->pending[at];
}

static void remember(struct generator *generator, struct generated *out,
		     unsigned kind, int32_t day)
{
	struct generate_pending *pending;

	if (generator->pending_count == GENERATE_PENDING)
		return;
	pending = pending_at(generator, generator->pending_count++);
	write_id(generator, pending->id);
	pending->seq = generator->next + 1;
	pending->due = generator->next + CORRECTION_GAP +
		       generate_dice(&generator->dice, CORRECTION_SPREAD);
	pending->kind = kind;
	pending->alliance = out->alliance;
	pending->actor = out->actor;
	pending->day = day;
	generate_say(out, ",\"id\":\"%s\"", pending->id);
}

static const struct generate_pending *take_due(struct generator *generator)
{
	struct generate_pending *first = pending_at(generator, 0);

	if (!generator->pending_count || first->due > generator->next)
		return NULL;
	generator->pending_first =
		(generator->pending_first + 1) % GENERATE_PENDING;
	generator->pending_count--;
	return first;
}

/* ---- one event -------------------------------------------------------- */

static unsigned lead_of(unsigned alliance)
{
	return alliance * 3;
}

static unsigned draw_kind(struct generator *generator)
{
	uint64_t at = generate_dice(&generator->dice, 10000);
	unsigned kind = 0;

	while (at >= kinds[kind].weight)
		at -= kinds[kind++].weight;
	return kind;
}

static void say_target(struct generator *generator, struct generated *out)
{
	uint64_t roll = generate_dice(&generator->dice, 10);
	char code[GENERATE_CODE_SIZE];

	if (roll >= 6)
		return;
	if (roll < 3)
		generate_actor_code(lead_of(out->alliance), code);
	else
		generate_actor_code((unsigned)generate_dice(&generator->dice,
							    GENERATE_ACTORS),
				    code);
	generate_say(out, ",\"target\":\"%s\"", code);
}

static void say_data(struct generator *generator, unsigned kind,
		     struct generated *out)
{
	char lead[GENERATE_CODE_SIZE];

	if (kinds[kind].flags & NAMES_EXERCISE)
		generate_say(out, ",\"data\":{\"name\":\"Exercise %03u\"}",
			     (unsigned)generate_dice(&generator->dice,
						     EXERCISES));
	else if (kinds[kind].flags & NAMES_ROLE)
		generate_say(out, ",\"data\":{\"name\":\"%s\"}",
			     generate_dice(&generator->dice, 2) ? "chair"
								: "secretary");
	else if (kind == KIND_FOUNDED) {
		generate_actor_code(lead_of(out->alliance), lead);
		generate_say(out,
			     ",\"data\":{\"name\":\"Pact %u\","
			     "\"kind\":\"defence\",\"lead\":\"%s\"}",
			     out->alliance, lead);
	} else if (kinds[kind].flags & NAMES_SELF)
		generate_say(out, ",\"data\":{\"name\":\"Pact %u of %llu\"}",
			     out->alliance, (unsigned long long)generator->next);
	else if (generate_dice(&generator->dice, 8) == 0)
		generate_say(out, ",\"data\":{\"place\":\"Room %u\"}",
			     (unsigned)generate_dice(&generator->dice, 1000));
}

/* What is signed or told is often no fact; what concerns members mostly is. */
static void say_modality(struct generator *generator, unsigned kind,
			 struct generated *out)
{
	static const char *const others[] = { "possible", "planned", "denied" };
	bool firm = strncmp(kinds[kind].type, "member.", 7) == 0;
	uint64_t roll = generate_dice(&generator->dice, firm ? 200 : 100);
	char code[GENERATE_CODE_SIZE];

	if (roll < 10) {
		generate_actor_code((unsigned)generate_dice(&generator->dice,
							    GENERATE_ACTORS),
				    code);
		generate_say(out,
			     ",\"modality\":\"claim\",\"attributed_to\":\"%s\"",
			     code);
	} else if (roll < 20) {
		generate_say(out, ",\"modality\":\"%s\"",
			     others[generate_dice(&generator->dice, 3)]);
	}
}

/*
 * Half of the chairs and one in a hundred of the others say how long: more than a
 * year, since a season may begin eleven months after the day that it stands for.
 */
static void say_until(struct generator *generator, unsigned kind, int32_t day,
		      struct generated *out)
{
	bool chair = kinds[kind].flags & NAMES_ROLE;
	char text[ENT_DAY_TEXT_SIZE];

	if (generate_dice(&generator->dice, chair ? 2 : 100) != 0)
		return;
	ent_day_text(day + 400 + (int32_t)generate_dice(&generator->dice, 700),
		     text);
	generate_say(out, ",\"until\":\"%s\"", text);
}

static void say_event(struct generator *generator, unsigned kind, int32_t day,
		      struct generated *out)
{
	char date[GENERATE_DATE_SIZE], alliance[GENERATE_CODE_SIZE],
		actor[GENERATE_CODE_SIZE];

	generate_alliance_code(out->alliance, alliance);
	generate_actor_code(out->actor, actor);
	generate_date(generator, day, date);
	generate_say(out,
		     "{\"type\":\"%s\",\"alliance\":\"%s\",\"actor\":\"%s\","
		     "\"date\":\"%s\"",
		     kinds[kind].type, alliance, actor, date);
	generate_summary(generator, kinds[kind].verb, out);
	say_until(generator, kind, day, out);
	if (kinds[kind].flags & TARGETS)
		say_target(generator, out);
	if (kind < KIND_DISSOLVED)
		say_modality(generator, kind, out);
	say_data(generator, kind, out);
	generate_source(generator, out);
}

static void say_retraction(const struct generate_pending *earlier,
			   struct generated *out)
{
	generate_say(out,
		     "{\"type\":\"event.retracted\",\"retracts\":\"%s\","
		     "\"data\":{\"reason\":\"the source was withdrawn\"}",
		     earlier->id);
}

static void say_fix(struct generator *generator,
		    const struct generate_pending *earlier,
		    struct generated *out)
{
	out->alliance = earlier->alliance;
	out->actor = earlier->actor;
	out->fixes = earlier->seq;
	if (generate_dice(&generator->dice, 10) == 0) {
		say_retraction(earlier, out);
		return;
	}
	say_event(generator, earlier->kind,
		  earlier->day + (int32_t)generate_dice(&generator->dice, 30),
		  out);
	generate_say(out, ",\"corrects\":\"%s\"", earlier->id);
}

static void say_new(struct generator *generator, struct generated *out)
{
	unsigned kind = draw_kind(generator);
	int32_t day = generate_day(generator);

	out->alliance = generate_draw_alliance(&generator->dice);
	out->actor = (unsigned)generate_dice(&generator->dice, GENERATE_ACTORS);
	if (generator->next < GENERATE_ALLIANCES) {
		kind = KIND_FOUNDED;
		out->alliance = (unsigned)generator->next;
	}
	if (kind == KIND_DISSOLVED)
		out->alliance = GENERATE_LASTING + out->alliance %
			(GENERATE_ALLIANCES - GENERATE_LASTING);
	say_event(generator, kind, day, out);
	if (kind < KIND_DISSOLVED && generate_dice(&generator->dice, 100) == 0)
		remember(generator, out, kind, day);
}

void generate_begin(struct generator *generator, uint64_t count)
{
	*generator = (struct generator){ .dice = 42, .count = count };
}

void generate_next(struct generator *generator, struct generated *out)
{
	const struct generate_pending *earlier = take_due(generator);

	out->len = 0;
	out->fixes = 0;
	if (earlier)
		say_fix(generator, earlier, out);
	else
		say_new(generator, out);
	generate_say(out, "}");
	generator->next++;
}

void generate_oldest(struct generator *generator, struct generated *out)
{
	out->len = 0;
	out->fixes = 0;
	out->alliance = 0;
	out->actor = (unsigned)generate_dice(&generator->dice, GENERATE_ACTORS);
	say_event(generator, 0, generate_first_day(), out);
	generate_say(out, "}");
	generator->next++;
}
