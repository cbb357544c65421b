/*
 * when_terms.c - the words that dates are made of.
 */
#include <stdlib.h>
#include <string.h>

#include "news/when_private.h"

enum { TERM_MAX = 14 };

enum {
	CAPITAL = 1, /* "march" is no month */
	BRIEF = 2    /* a dot may stand behind */
};

struct term {
	char text[TERM_MAX + 1];
	uint64_t is;
	int value;
	enum sign sign;
	int how;
};

#define MONTH_ROW(text, number) { text, KIND(MONTH), number, 0, CAPITAL }
#define MONTH_BRIEF(text, number) { text, KIND(MONTH), number, 0, CAPITAL | BRIEF }
#define WEEKDAY_ROW(text, number) { text, KIND(WEEKDAY), number, 0, CAPITAL }
#define WEEKDAY_BRIEF(text, number) \
	{ text, KIND(SHORT_WEEKDAY), number, 0, CAPITAL | BRIEF }
#define NUMBER(text, number) { text, KIND(COUNT), number, 0, 0 }
#define NTH(text, number) { text, KIND(ORDINAL), number, 0, 0 }
#define ROW(text, kind, number) { text, KIND(kind), number, 0, 0 }
#define SIGN(text, sign) { text, 0, 0, sign, 0 }

/* In the order of strcmp(). */
static const struct term terms[] = {
	{ "a", KIND(A) | KIND(COUNT), 1, SIGN_OWNER, 0 },
	ROW("about", ABOUT, 0),
	ROW("after", AFTER, 0),
	ROW("afternoon", HOURS, 0),
	ROW("ago", AGO, 0),
	ROW("ahead", BEFORE, 2),
	SIGN("airmen", SIGN_COUNTED),
	ROW("almost", ABOUT, 0),
	{ "an", KIND(A) | KIND(COUNT), 1, SIGN_OWNER, 0 },
	ROW("and", AND, 0),
	SIGN("announced", SIGN_SAID),
	ROW("approximately", ABOUT, 1),
	MONTH_BRIEF("apr", 4),
	MONTH_ROW("april", 4),
	SIGN("arab", SIGN_FEAST),
	ROW("around", ABOUT, 1),
	SIGN("ash", SIGN_FEAST),
	ROW("at", AT, 0),
	MONTH_BRIEF("aug", 8),
	MONTH_ROW("august", 8),
	ROW("autumn", SEASON, AUTUMN),
	SIGN("bc", SIGN_CLOCK),
	SIGN("bce", SIGN_CLOCK),
	ROW("before", BEFORE, 0),
	ROW("beginning", PART, PART_START),
	ROW("between", BETWEEN, 0),
	SIGN("black", SIGN_FEAST),
	SIGN("bloody", SIGN_FEAST),
	SIGN("born", SIGN_DATED),
	ROW("by", BY, 0),
	{ "ca", KIND(ABOUT), 1, 0, BRIEF },
	ROW("century", CENTURY, 0),
	ROW("circa", ABOUT, 1),
	ROW("coming", COMING, 0),
	ROW("couple", FEW, 2),
	SIGN("cyber", SIGN_FEAST),
	SIGN("dated", SIGN_DATED),
	{ "day", KIND(UNIT) | KIND(ONE_DAY), UNIT_DAY, 0, 0 },
	ROW("days", UNIT, UNIT_DAY),
	SIGN("deaths", SIGN_COUNTED),
	MONTH_BRIEF("dec", 12),
	ROW("decade", UNIT, UNIT_DECADE),
	ROW("decades", UNIT, UNIT_DECADE),
	MONTH_ROW("december", 12),
	SIGN("dollars", SIGN_COUNTED),
	SIGN("drams", SIGN_COUNTED),
	SIGN("due", SIGN_FUTURE),
	{ "during", KIND(IN), 0, 0, 0 },
	ROW("earlier", EARLIER, 0),
	ROW("early", PART, PART_EARLY),
	SIGN("easter", SIGN_FEAST),
	NUMBER("eight", 8),
	NTH("eighteenth", 18),
	NTH("eighth", 8),
	NUMBER("eleven", 11),
	ROW("end", PART, PART_END),
	SIGN("euros", SIGN_COUNTED),
	ROW("evening", HOURS, 0),
	SIGN("expected", SIGN_FUTURE),
	SIGN("express", SIGN_PAPER),
	ROW("fall", SEASON, AUTUMN),
	MONTH_BRIEF("feb", 2),
	MONTH_ROW("february", 2),
	ROW("few", FEW, 3),
	NUMBER("fifteen", 15),
	NTH("fifth", 5),
	NUMBER("fifty", 50),
	SIGN("fighters", SIGN_COUNTED),
	NTH("first", 1),
	NUMBER("five", 5),
	ROW("following", FOLLOWING, 0),
	ROW("for", FOR, 0),
	NUMBER("forty", 40),
	NUMBER("four", 4),
	NTH("fourth", 4),
	WEEKDAY_BRIEF("fri", 4),
	WEEKDAY_ROW("friday", 4),
	ROW("from", FROM, 0),
	SIGN("gmt", SIGN_CLOCK),
	SIGN("good", SIGN_FEAST),
	ROW("half", HALF, 0),
	SIGN("her", SIGN_OWNER),
	SIGN("his", SIGN_OWNER),
	SIGN("hours", SIGN_CLOCK),
	ROW("in", IN, 0),
	SIGN("its", SIGN_OWNER),
	MONTH_BRIEF("jan", 1),
	MONTH_ROW("january", 1),
	MONTH_BRIEF("jul", 7),
	MONTH_ROW("july", 7),
	MONTH_BRIEF("jun", 6),
	MONTH_ROW("june", 6),
	SIGN("kilometers", SIGN_COUNTED),
	SIGN("kilometres", SIGN_COUNTED),
	SIGN("km", SIGN_COUNTED),
	ROW("last", LAST, 0),
	ROW("late", PART, PART_LATE),
	ROW("later", LATER, 0),
	SIGN("local", SIGN_CLOCK),
	SIGN("mail", SIGN_PAPER),
	MONTH_BRIEF("mar", 3),
	MONTH_ROW("march", 3),
	MONTH_ROW("may", 5),
	SIGN("men", SIGN_COUNTED),
	SIGN("meters", SIGN_COUNTED),
	SIGN("metres", SIGN_COUNTED),
	ROW("mid", PART, PART_MID),
	ROW("middle", PART, PART_MID),
	ROW("midnight", HOURS, 0),
	SIGN("miles", SIGN_COUNTED),
	SIGN("minister", SIGN_PERSON),
	SIGN("mirror", SIGN_PAPER),
	WEEKDAY_BRIEF("mon", 0),
	WEEKDAY_ROW("monday", 0),
	{ "month", KIND(UNIT) | KIND(ONE_MONTH), UNIT_MONTH, 0, 0 },
	ROW("months", UNIT, UNIT_MONTH),
	ROW("morning", HOURS, 0),
	SIGN("mr", SIGN_PERSON),
	SIGN("mrs", SIGN_PERSON),
	SIGN("ms", SIGN_PERSON),
	ROW("nearly", ABOUT, 0),
	ROW("next", NEXT, 0),
	ROW("night", HOURS, -1),
	NUMBER("nine", 9),
	NTH("nineteenth", 19),
	NTH("ninth", 9),
	MONTH_BRIEF("nov", 11),
	MONTH_ROW("november", 11),
	ROW("now", NOW, 0),
	MONTH_BRIEF("oct", 10),
	MONTH_ROW("october", 10),
	ROW("of", OF, 0),
	ROW("on", AT, 1),
	NUMBER("one", 1),
	ROW("onward", ONWARDS, 0),
	ROW("onwards", ONWARDS, 0),
	ROW("or", AND, 1),
	SIGN("our", SIGN_OWNER),
	{ "over", KIND(IN), 2, 0, 0 },
	SIGN("palm", SIGN_FEAST),
	ROW("past", PAST, 0),
	SIGN("peacekeepers", SIGN_COUNTED),
	SIGN("people", SIGN_COUNTED),
	SIGN("percent", SIGN_COUNTED),
	SIGN("personnel", SIGN_COUNTED),
	SIGN("planned", SIGN_FUTURE),
	SIGN("prague", SIGN_FEAST),
	ROW("preceding", PREVIOUS, 0),
	ROW("previous", PREVIOUS, 0),
	ROW("prior", BEFORE, 1),
	ROW("q1", Q, 1),
	ROW("q2", Q, 2),
	ROW("q3", Q, 3),
	ROW("q4", Q, 4),
	ROW("quarter", QUARTER, 0),
	ROW("recent", RECENT, 0),
	ROW("recently", RECENTLY, 0),
	SIGN("refugees", SIGN_COUNTED),
	SIGN("reported", SIGN_SAID),
	SIGN("residents", SIGN_COUNTED),
	SIGN("roubles", SIGN_COUNTED),
	SIGN("rubles", SIGN_COUNTED),
	SIGN("said", SIGN_SAID),
	ROW("same", SAME, 0),
	WEEKDAY_BRIEF("sat", 5),
	WEEKDAY_ROW("saturday", 5),
	SIGN("says", SIGN_SAID),
	SIGN("scheduled", SIGN_FUTURE),
	NTH("second", 2),
	MONTH_BRIEF("sep", 9),
	MONTH_BRIEF("sept", 9),
	MONTH_ROW("september", 9),
	SIGN("servicemen", SIGN_COUNTED),
	SIGN("set", SIGN_SET),
	NUMBER("seven", 7),
	NTH("seventh", 7),
	ROW("several", FEW, 4),
	SIGN("shall", SIGN_FUTURE),
	ROW("since", SINCE, 0),
	NUMBER("six", 6),
	NTH("sixth", 6),
	SIGN("slated", SIGN_FUTURE),
	SIGN("soldiers", SIGN_COUNTED),
	ROW("some", ABOUT, 0),
	ROW("spring", SEASON, SPRING),
	ROW("start", PART, PART_START),
	{ "starting", KIND(FROM), 1, 0, 0 },
	ROW("summer", SEASON, SUMMER),
	WEEKDAY_BRIEF("sun", 6),
	WEEKDAY_ROW("sunday", 6),
	SIGN("super", SIGN_FEAST),
	SIGN("tanks", SIGN_COUNTED),
	SIGN("telegraph", SIGN_PAPER),
	NUMBER("ten", 10),
	NTH("tenth", 10),
	ROW("that", THAT, 0),
	ROW("the", THE, 0),
	SIGN("their", SIGN_OWNER),
	ROW("then", THEN, 0),
	SIGN("theresa", SIGN_PERSON),
	NTH("third", 3),
	NUMBER("thirty", 30),
	ROW("this", THIS, 0),
	NUMBER("three", 3),
	ROW("through", UNTIL, 0),
	ROW("throughout", IN, 0),
	WEEKDAY_BRIEF("thu", 3),
	WEEKDAY_BRIEF("thurs", 3),
	WEEKDAY_ROW("thursday", 3),
	ROW("till", UNTIL, 0),
	ROW("time", TIME, 0),
	SIGN("times", SIGN_PAPER),
	ROW("to", TO, 0),
	ROW("today", TODAY, 0),
	SIGN("told", SIGN_SAID),
	ROW("tomorrow", TODAY, 1),
	ROW("tonight", TODAY, 0),
	SIGN("tonnes", SIGN_COUNTED),
	SIGN("tons", SIGN_COUNTED),
	SIGN("troops", SIGN_COUNTED),
	WEEKDAY_BRIEF("tue", 1),
	WEEKDAY_BRIEF("tues", 1),
	WEEKDAY_ROW("tuesday", 1),
	NUMBER("twelve", 12),
	NTH("twentieth", 20),
	NUMBER("twenty", 20),
	NUMBER("two", 2),
	ROW("until", UNTIL, 0),
	ROW("upcoming", COMING, 0),
	SIGN("utc", SIGN_CLOCK),
	SIGN("vehicles", SIGN_COUNTED),
	WEEKDAY_BRIEF("wed", 2),
	WEEKDAY_ROW("wednesday", 2),
	{ "week", KIND(UNIT) | KIND(ONE_WEEK), UNIT_WEEK, 0, 0 },
	ROW("weeks", UNIT, UNIT_WEEK),
	SIGN("will", SIGN_FUTURE),
	ROW("winter", SEASON, WINTER),
	ROW("within", FOR, 1),
	SIGN("women", SIGN_COUNTED),
	{ "year", KIND(UNIT) | KIND(ONE_YEAR), UNIT_YEAR, 0, 0 },
	ROW("years", UNIT, UNIT_YEAR),
	ROW("yesterday", TODAY, -1),
};

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct term *)row)->text);
}

void term_look_up(const char *text, size_t len, struct word *word)
{
	char lower[TERM_MAX + 1];
	const struct term *term;

	word->is = KIND(OTHER);
	if (len > TERM_MAX)
		return;
	for (size_t i = 0; i < len; i++)
		lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20
								   : text[i]);
	lower[len] = '\0';
	term = bsearch(lower, terms, sizeof(terms) / sizeof(terms[0]),
		       sizeof(terms[0]), compare);
	if (!term || ((term->how & CAPITAL) && !word->capital))
		return;
	word->is = term->is;
	word->value = term->value;
	word->sign = term->sign;
	word->brief = term->how & BRIEF;
}
