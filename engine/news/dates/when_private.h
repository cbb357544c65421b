/*
 * when_private.h - between the files of when: words, the calendar, the grammar.
 */
#ifndef NEWS_WHEN_PRIVATE_H
#define NEWS_WHEN_PRIVATE_H

#include "news/dates/when.h"

/* ---- words (when_words.c, when_terms.c) -------------------------------- */

/* What a word may be, several at once: "23" is a DAY, a COUNT and a TWO. */
enum kind {
	NONE,
	MONTH, WEEKDAY, SHORT_WEEKDAY, SEASON, YEAR, DAY, FULL, TWO,
	COUNT, FEW, A, ORDINAL, DECADE, CENTURY, QUARTER, HALF, WEEKEND,
	UNIT, ONE_DAY, ONE_WEEK, ONE_MONTH, ONE_YEAR, HOURS,
	TODAY, RECENTLY, RECENT, THEN, AGO, LATER, EARLIER, NOW, TIME,
	LAST, PAST, PREVIOUS, THIS, NEXT, COMING, FOLLOWING, THAT, SAME, PART,
	THE, OF, IN, AT, SINCE, UNTIL, BY, AFTER, BEFORE, FROM, BETWEEN, TO, AND,
	FOR, ABOUT, ONWARDS,
	COMMA, DASH, SLASH, STOP, OTHER,
	KINDS
};

_Static_assert(KINDS <= 64, "the kinds of a word fill one number");

#define KIND(kind) (UINT64_C(1) << (kind))

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNIT_DECADE };
enum part { PART_EARLY, PART_MID, PART_LATE, PART_END, PART_START };

/* Words that are no part of a date but say what one is worth. */
enum sign {
	SIGN_NONE,
	SIGN_FUTURE,  /* "will", "due": what follows is to come */
	SIGN_PLAN,    /* so is "set", before "to" and "for" */
	SIGN_BE,      /* "to be held" */
	SIGN_WOULD,   /* "would meet", not "would have met" */
	SIGN_HAVE,
	SIGN_SAID,    /* "said": the cues before it are of another clause */
	SIGN_COUNTED, /* "2012 soldiers" */
	SIGN_CLOCK,   /* "2012 GMT", "1900 BC" */
	SIGN_FEAST,   /* "Good Friday", "Bloody Sunday", "Arab Spring" */
	SIGN_PAPER,   /* "Sunday Times" */
	SIGN_PERSON,  /* "Theresa May", "Mrs May" */
	SIGN_OWNER,   /* "its 2020 decision" */
	SIGN_DATED,   /* "born 1975" */
	SIGN_LEAST,   /* "since at least 2014" */
	SIGN_AS,
	SIGN_ATTACKS  /* "the September 11 attacks" need no year */
};

struct word {
	size_t start, end;
	uint64_t is;       /* KIND bits */
	int value;         /* of a month, a number, a unit, ... */
	enum sign sign;
	bool glued;        /* nothing between it and what stands before */
	bool capital;
	bool letters;      /* a word, not a number or a mark */
	bool possessive;   /* 's stands behind */
	bool brief;        /* "Feb.", "Mon" */
	bool mark;         /* a single mark that is not a letter or digit */
	char first;        /* its first byte */
};

/* A window that slides over the text, so that no text needs memory. */
enum { WINDOW = 128, WINDOW_BACK = 16, WINDOW_AHEAD = 64 };

struct words {
	const char *text;
	size_t len, at;
	size_t count;
	struct word items[WINDOW];
};

void when_words_start(struct words *words, const char *text, size_t len);

/* Keep the words around index i and read on; returns where i is now. */
size_t when_words_slide(struct words *words, size_t i);

/* The i-th word; behind the last one, a word that is nothing. */
const struct word *when_words_at(const struct words *words, size_t i);

/* What the letters of a word say; the word is as long as text[0..len). */
void when_term_look_up(const char *text, size_t len, struct word *word);

static inline bool word_is(const struct word *word, enum kind kind)
{
	return word->is & KIND(kind);
}

/* ---- the calendar (when_calendar.c) ------------------------------------ */

enum { SPRING = 21, SUMMER, AUTUMN, WINTER };

/* A date as EDTF writes it. */
struct side {
	int year;   /* 0: not known */
	int month;  /* 0: the whole year; 21 to 24: a season */
	int day;    /* 0: the whole month */
	int blur;   /* 1: a decade, 2: a century; year is its first */
	bool about; /* ~ */
};

struct span {
	struct side from, to; /* the same where it is no interval */
	bool assumed;   /* its year was not written */
	bool range;     /* from one date to another, both written */
	bool attribute; /* "the 1990 treaty": a year that the story is not about */
	bool relative, refused, vague, future, duration;
};

bool when_side_exists(const struct side *side);
int32_t when_side_first(const struct side *side);
int32_t when_side_last(const struct side *side);
struct side when_side_of_day(int32_t day);

/* count units later; as precise as the unit.  What falls out of the calendar does
 * not exist. */
struct side when_side_shift(struct side side, enum unit unit, int count);

struct span when_span_of(struct side side);
struct span when_span_days(int32_t first, int32_t last);
struct span when_span_week(int32_t day);          /* Monday to Sunday */
struct span when_span_months(int year, int first, int last);

/* "early", "mid", "late", "end of" and "start of" a year, month, decade. */
struct span when_span_part(const struct span *whole, enum part part);

bool when_span_exists(const struct span *span);
void when_span_text(const struct span *span, char out[WHEN_TEXT_SIZE]);

/* ---- the grammar (when_rules.c, when_match.c) -------------------------- */

struct scan {
	struct words words;
	bool published;
	int32_t today;
	struct side now;    /* today's */
	int year, month;    /* that the text before named, 0: none */
	bool year_is_near;  /* this very text named it */
	struct side anchor; /* the last date that was named: "a day later" */
	bool anchor_is_relative;
};

/* What a rule has matched. */
struct match {
	const struct scan *scan;
	size_t at, count;    /* words */
	size_t head;         /* where its preposition stands, or at */
	bool the;
	bool nested;         /* a part of a longer rule */
	enum kind head_kind; /* of the preposition, or NONE */
	uint64_t seen;
	int value[KINDS], second[KINDS];
	struct span inner;   /* of the phrase in the rule */
};

typedef bool make_fn(const struct match *match, int arg, struct span *out);

enum { PATTERN_MAX = 8 };

/* Phrases that may stand in a pattern like a kind of word. */
enum phrase {
	PHRASE_YEAR = KINDS,
	PHRASE_MONTH,
	PHRASE_DATE, /* a day of the calendar */
	PHRASE_DAY,  /* that, or "Friday", "yesterday" */
	PHRASE_OTHER
};

enum { MAYBE = 0x80 }; /* in a pattern: or not */

struct rule {
	enum phrase makes;
	uint8_t pattern[PATTERN_MAX];
	make_fn *make;
	int arg;
};

extern const struct rule when_rules[];
extern const size_t when_rule_count;

/* The longest date at word `at`; returns its words, 0 for none.  frame gives head,
 * the and head_kind. */
size_t when_match_date(const struct scan *scan, size_t at, const struct match *frame,
		       struct span *out);

static inline bool match_has(const struct match *match, enum kind kind)
{
	return match->seen & KIND(kind);
}

static inline int match_value(const struct match *match, enum kind kind)
{
	return match_has(match, kind) ? match->value[kind] : 0;
}

static inline const struct word *match_before(const struct match *match, size_t back)
{
	return match->at < back ? when_words_at(&match->scan->words, WINDOW)
				: when_words_at(&match->scan->words, match->at - back);
}

static inline const struct word *match_behind(const struct match *match)
{
	return when_words_at(&match->scan->words, match->at + match->count);
}

/* Spans that stand on the day of publication (when_relative.c); each returns true. */
bool when_span_relative(struct span span, struct span *out);
bool when_span_relative_day(int32_t day, struct span *out);
bool when_span_refuse(struct span *out);       /* that day is not known */
bool when_span_refuse_vague(struct span *out); /* nor the date that it is later than */

/* One that stands on the date that was named last; false where it does not exist. */
bool when_span_anchored(const struct match *match, struct span span, struct span *out);

/* The whole unit, count of them from base. */
struct span when_span_unit(struct side base, enum unit unit, int count);

enum unit when_match_unit(const struct match *match); /* that a rule names */
bool when_match_is_feast(const struct match *match);  /* "Good Friday", "Sunday Times" */
int32_t when_day_monday(int32_t day);                 /* of its week */

/* The year of a month or day that was named without one (when_year.c). */
bool when_match_guess_year(const struct match *match, struct side side, struct span *out);

/* Is a lone year, or a lone month, one in this place? */
bool when_match_is_year(const struct match *match);
bool when_match_is_attribute(const struct match *match);
bool when_match_is_month(const struct match *match);

/* Does what stands before say that the date is to come? */
bool when_match_is_ahead(const struct match *match);

/* "until", "starting": it is to come where that is near. */
bool when_match_heads_ahead(const struct match *match);

/* What a rule makes of its words; false where they are no date after all. */
make_fn when_make_year, when_make_years, when_make_month, when_make_month_year,
	when_make_day, when_make_day_inner, when_make_month_days, when_make_full,
	when_make_inner, when_make_season, when_make_quarter, when_make_quarter_guess,
	when_make_half, when_make_half_decade, when_make_half_century, when_make_part,
	when_make_part_decade, when_make_part_century, when_make_decade,
	when_make_century, when_make_nth;
make_fn when_make_today, when_make_night, when_make_weekday, when_make_weekday_week,
	when_make_week_of, when_make_step, when_make_month_step, when_make_since_start,
	when_make_until_end, when_make_part_now, when_make_ago;
make_fn when_make_season_step, when_make_weekend;
make_fn when_make_same, when_make_weekday_after, when_make_month_after,
	when_make_later, when_make_offset, when_make_in_time, when_make_few_ago,
	when_make_over, when_make_over_few, when_make_recent, when_make_recently,
	when_make_then, when_make_duration;

#endif
