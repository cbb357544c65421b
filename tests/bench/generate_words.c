/*
 * generate_words.c - summaries, quotes and dates that are not all alike.
 */
#include <entente/entente.h>

#include <stdio.h>
#include <string.h>

#include "generate_private.h"

#define LENGTH(list) (sizeof(list) / sizeof((list)[0]))

static const char *const words[] = {
	"the", "council", "of", "ministers", "said", "that", "its", "troops",
	"would", "remain", "until", "a", "new", "treaty", "on", "defence",
	"is", "signed", "and", "ratified", "by", "parliament", "in", "spring",
	"while", "officials", "expect", "further", "talks", "about", "costs",
	"shared", "bases", "border", "exercise", "members", "have", "agreed",
	"to", "send", "observers", "after", "weeks", "without", "progress",
	"critics", "warn", "against", "delay", "because", "budgets", "fall",
	"short", "summit", "president", "called", "for", "unity", "but",
	"declined", "questions", "over", "earlier", "promises", "r\xc3\xa9gime",
	"peacekeepers", "northern", "flank", "resolution", "secretariat",
};

static const char *const topics[] = {
	"burden sharing", "the northern border", "joint air defence",
	"a grain corridor", "peacekeeping costs", "energy supplies",
	"the next summit", "observers at elections", "an arms embargo",
	"military transit", "cyber defence", "fishing rights",
	"a rapid reaction force", "the status of refugees",
};

static const char *const publishers[] = {
	"Example Wire", "Daily Example", "Example Press Agency",
	"The Example Review", "Example Gazette", "Foreign Ministry",
};

static const char *pick(struct generator *generator,
			const char *const *list, size_t len)
{
	return list[generate_dice(&generator->dice, len)];
}

void generate_summary(struct generator *generator, const char *verb,
		      struct generated *out)
{
	char actor[GENERATE_CODE_SIZE];

	generate_actor_code(out->actor, actor);
	generate_say(out, ",\"summary\":\"%s %s over %s.\"", actor, verb,
		     pick(generator, topics, LENGTH(topics)));
}

static void say_quote(struct generator *generator, struct generated *out)
{
	uint64_t n = 3 + generate_dice(&generator->dice, 5);

	generate_say(out, ",\"quote\":\"");
	for (uint64_t i = 0; i < n; i++)
		generate_say(out, "%s%s", i ? " " : "",
			     pick(generator, words, LENGTH(words)));
	generate_say(out, "\"");
}

void generate_source(struct generator *generator, struct generated *out)
{
	/* Odd, so that no two are alike. */
	uint64_t page = generator->next * 0x9e3779b1u & 0xffffffffffu;
	char day[ENT_DAY_TEXT_SIZE];

	ent_day_text(generate_now(generator), day);
	generate_say(out,
		     ",\"source\":{\"publisher\":\"%s\","
		     "\"url\":\"https://example.org/%.4s/%llx\","
		     "\"published\":\"%s\"",
		     pick(generator, publishers, LENGTH(publishers)), day,
		     (unsigned long long)page, day);
	if (generate_dice(&generator->dice, 2) == 0)
		say_quote(generator, out);
	generate_say(out, "}");
}

/* ---- dates ------------------------------------------------------------ */

int32_t generate_first_day(void)
{
	return ent_day(GENERATE_FIRST_YEAR, 1, 1);
}

int32_t generate_last_day(void)
{
	return ent_day(GENERATE_LAST_YEAR, 12, 31);
}

int32_t generate_now(const struct generator *generator)
{
	int32_t first = generate_first_day();
	uint64_t days = (uint64_t)(generate_last_day() - first) + 1;

	if (generator->next >= generator->count)
		return generate_last_day();
	return first + (int32_t)(days * generator->next / generator->count);
}

/* Days until a coin of one in 400 falls: the whole numbers' exponential. */
static int32_t delay(struct generator *generator)
{
	int32_t days = 1;

	while (generate_dice(&generator->dice, 400) != 0)
		days++;
	return days;
}

int32_t generate_day(struct generator *generator)
{
	int32_t day = generate_now(generator), first = generate_first_day();

	if (generate_dice(&generator->dice, 10) == 0)
		day -= delay(generator);
	return day < first ? first : day;
}

void generate_date(struct generator *generator, int32_t day,
		   char out[GENERATE_DATE_SIZE])
{
	uint64_t kind = generate_dice(&generator->dice, 400);
	char text[ENT_DAY_TEXT_SIZE];

	ent_day_text(day, text);
	if (kind >= 20)
		snprintf(out, GENERATE_DATE_SIZE, "%s", text);
	else if (kind >= 8)
		snprintf(out, GENERATE_DATE_SIZE, "%.7s", text);
	else if (kind >= 3)
		snprintf(out, GENERATE_DATE_SIZE, "%.4s", text);
	else if (kind >= 1)
		snprintf(out, GENERATE_DATE_SIZE, "%.4s-2%c", text,
			 (char)('1' + generate_dice(&generator->dice, 4)));
	else
		snprintf(out, GENERATE_DATE_SIZE, "%.3sX", text);
}
