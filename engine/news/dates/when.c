/*
 * when.c - the dates of a text: what stands in front of one, what joins two, and
 * what the text before says of the year.
 */
#include <assert.h>
#include <string.h>

#include "news/dates/when_private.h"
#include "values/day.h"

/* A date with what stands in front of it. */
struct found {
	enum when_relation relation;
	size_t at, count; /* words */
	struct span span;
};

struct head {
	enum kind kind;
	enum kind second; /* "prior to" */
	int value;        /* of the first word; -1: any */
	enum when_relation relation;
};

static const struct head heads[] = {
	{ IN, NONE, -1, WHEN_ON },
	{ AT, NONE, -1, WHEN_ON },
	{ OF, NONE, -1, WHEN_ON },
	{ TO, NONE, -1, WHEN_ON },
	{ FOR, NONE, -1, WHEN_ON },
	{ SINCE, NONE, -1, WHEN_SINCE },
	{ UNTIL, NONE, 0, WHEN_UNTIL },
	{ LATER, UNTIL, -1, WHEN_UNTIL },  /* "no later than" */
	{ EARLIER, UNTIL, -1, WHEN_FROM }, /* "no earlier than" */
	{ BY, NONE, -1, WHEN_UNTIL },
	{ AFTER, NONE, -1, WHEN_AFTER },
	{ FOLLOWING, NONE, -1, WHEN_AFTER },
	{ BEFORE, NONE, 0, WHEN_BEFORE },
	{ BEFORE, TO, 1, WHEN_BEFORE },
	{ BEFORE, OF, 2, WHEN_BEFORE },
	{ FROM, NONE, -1, WHEN_FROM },
	{ BETWEEN, NONE, -1, WHEN_BETWEEN },
};

/* Take a preposition and an article; returns their words. */
static size_t take_head(const struct scan *scan, size_t at, struct match *frame,
			enum when_relation *relation)
{
	const struct word *first = when_words_at(&scan->words, at);
	size_t count = 0;

	frame->head = at;
	frame->head_kind = NONE;
	*relation = WHEN_ON;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		const struct head *head = &heads[i];

		if (!word_is(first, head->kind) ||
		    (head->value >= 0 && head->value != first->value) ||
		    (head->second != NONE &&
		     !word_is(when_words_at(&scan->words, at + 1), head->second)))
			continue;
		frame->head_kind = head->kind;
		*relation = head->relation;
		count = head->second != NONE ? 2 : 1;
		break;
	}
	if (count > 0 && when_words_at(&scan->words, at + count + 1)->sign == SIGN_LEAST)
		count += 2; /* "until at least 2025" */
	if (word_is(when_words_at(&scan->words, at + count), THE)) {
		frame->the = true;
		return count + 1;
	}
	frame->the = count == 0 && at > 0 &&
		     word_is(when_words_at(&scan->words, at - 1), THE);
	return count;
}

/* A number that is a part of something else: "Interaction-2024", "$2000". */
static bool starts_free(const struct scan *scan, size_t at)
{
	const struct word *word = when_words_at(&scan->words, at);
	const struct word *before;

	if (word->letters || !word->glued || at == 0)
		return true;
	before = when_words_at(&scan->words, at - 1);
	return before->mark && (before->first == '(' || before->first == '[' ||
				before->first == '"' || before->first == '\'' ||
				(before->first & 0x80));
}

/* "2012-based", "20%", "12:30" */
static bool ends_free(const struct scan *scan, size_t behind)
{
	const struct word *last = when_words_at(&scan->words, behind - 1);
	const struct word *mark = when_words_at(&scan->words, behind);
	const struct word *next = when_words_at(&scan->words, behind + 1);

	if (last->letters || !mark->glued || last->possessive)
		return true;
	if (mark->first == '%' || mark->first == '/')
		return false;
	if (word_is(next, MONTH))
		return true; /* "March 2020-June 2021" */
	return !(next->glued && (mark->first == '-' || mark->first == ':'));
}

static size_t take_date(const struct scan *scan, size_t at, const struct match *frame,
			struct span *out)
{
	size_t count = starts_free(scan, at) ? when_match_date(scan, at, frame, out) : 0;

	return count > 0 && ends_free(scan, at + count) ? count : 0;
}

/* One of two that were joined lacks its year: it is near that of the other. */
static void share_year(struct span *first, struct span *second)
{
	bool lacks = first->assumed;
	struct span *span = lacks ? first : second;
	struct side *side = &span->from;

	if (first->assumed == second->assumed)
		return;
	side->year = lacks ? second->from.year : first->to.year;
	if (when_side_exists(&first->from) && when_side_exists(&second->to) &&
	    when_side_first(&first->from) > when_side_last(&second->to))
		side->year += lacks ? -1 : 1;
	span->to.year = side->year;
	span->assumed = span->relative = span->refused = false;
}

/* "between Friday and Sunday": not the Sunday before. */
static void catch_up(const struct span *first, struct span *second)
{
	int32_t day;

	if (!first->relative || !second->relative || !when_span_exists(first) ||
	    !when_span_exists(second) || first->from.day == 0 || second->to.day == 0)
		return;
	day = when_side_first(&second->from);
	if (day < when_side_first(&first->from) && day + 7 > when_side_first(&first->from))
		second->from = second->to = when_side_of_day(day + 7);
}

static bool joins(const struct word *word, enum when_relation relation, bool named)
{
	if (relation == WHEN_BETWEEN)
		return word_is(word, AND);
	if (word_is(word, DASH))
		return named && (word->glued || word->value == 0);
	return word_is(word, TO) || (relation == WHEN_FROM && word_is(word, UNTIL));
}

/* "from 1995 to 2003", "between March and June 2020", "March-June 2020" */
static void take_second(const struct scan *scan, struct found *found,
			const struct match *frame)
{
	size_t at = found->at + found->count;
	const struct word *link = when_words_at(&scan->words, at);
	struct match inner = *frame;
	struct span first = found->span, second = { 0 };
	size_t count;

	if (!joins(link, found->relation, first.from.month > 0) || first.duration ||
	    (found->relation != WHEN_ON && found->relation != WHEN_FROM &&
	     found->relation != WHEN_BETWEEN))
		return;
	inner.the = word_is(when_words_at(&scan->words, at + 1), THE);
	at += 1 + inner.the;
	if (inner.head_kind == NONE)
		inner.head_kind = TO;
	count = when_match_date(scan, at, &inner, &second);
	if (count == 0 || second.duration || !ends_free(scan, at + count))
		return;
	share_year(&first, &second);
	catch_up(&first, &second);
	if (first.refused || second.refused) {
		first.refused = first.relative = true;
	} else {
		first.to = second.to;
		if (!when_span_exists(&first))
			return;
	}
	first.relative |= second.relative;
	first.future |= second.future;
	first.assumed = false;
	first.range = true;
	found->span = first;
	found->count = at + count - found->at;
}

/* "from 2005 on", "from Monday onwards" */
static void take_onwards(const struct scan *scan, struct found *found)
{
	const struct word *word =
		when_words_at(&scan->words, found->at + found->count);
	const struct word *next =
		when_words_at(&scan->words, found->at + found->count + 1);

	if (found->relation == WHEN_FROM &&
	    (word_is(word, ONWARDS) ||
	     (word_is(word, AT) && word->value == 1 &&
	      (next->mark || next->is == 0))))
		found->count++;
}

/* The date that starts at a word, with what is in front; returns its words. */
static size_t find_at(const struct scan *scan, size_t at, struct found *out)
{
	struct match frame = { .scan = scan };
	struct found found = { .at = at };
	size_t head = take_head(scan, at, &frame, &found.relation);
	size_t count = take_date(scan, at + head, &frame, &found.span);

	if (count == 0)
		return 0;
	found.count = head + count;
	if (found.span.duration)
		found.relation = WHEN_ON;
	take_second(scan, &found, &frame);
	take_onwards(scan, &found);
	if (found.relation == WHEN_BETWEEN && !found.span.range)
		found.relation = WHEN_ON; /* "between Friday's sessions" */
	if (found.span.range &&
	    (found.relation == WHEN_ON || found.relation == WHEN_FROM))
		found.relation = WHEN_BETWEEN;
	*out = found;
	return found.count;
}

static void write_since(const struct scan *scan, const struct span *span,
			char out[WHEN_TEXT_SIZE])
{
	struct span since = { .from = span->from, .to = scan->now };
	struct span from = when_span_of(span->from);
	size_t len;

	if (scan->published && when_span_exists(&since)) {
		when_span_text(&since, out);
		return;
	}
	when_span_text(&from, out);
	len = strlen(out);
	memcpy(out + len, "/..", 4);
}

static bool is_known(const struct span *span)
{
	return !span->refused && !span->duration && !span->vague;
}

/* "on Friday", "the 1990 treaty", "the 1990s" */
static bool is_passing(const struct span *span)
{
	return !is_known(span) || span->attribute || span->to.blur > 0 ||
	       (span->relative && span->to.day > 0 && !span->assumed);
}

static struct when write_when(const struct scan *scan, const struct found *found)
{
	const struct words *words = &scan->words;
	const struct span *span = &found->span;
	struct when when = {
		.start = when_words_at(words, found->at)->start,
		.end = when_words_at(words, found->at + found->count - 1)->end,
		.relation = found->relation,
		.relative = span->relative,
		.refused = span->refused,
		.vague = span->vague,
		.future = span->future,
		.duration = span->duration,
		.passing = is_passing(span),
	};

	if (span->refused || span->duration)
		return when;
	if (scan->published && when_side_first(&span->from) > scan->today)
		when.future = true;
	if (found->relation == WHEN_SINCE)
		write_since(scan, span, when.edtf);
	else
		when_span_text(span, when.edtf);
	return when;
}

/* What later words of the text may stand on. */
static void remember(struct scan *scan, const struct span *span)
{
	if (!is_known(span))
		return;
	scan->anchor = span->to;
	scan->anchor_is_relative = span->relative;
	if (is_passing(span))
		return;
	scan->year = span->to.year;
	scan->month = span->to.month <= MONTHS ? span->to.month : 0;
	scan->year_is_near = true;
}

static void scan_start(struct scan *scan, const char *text, size_t len,
		       const struct when_context *context)
{
	scan->published = context->has_published && day_exists(context->published);
	scan->today = scan->published ? context->published : 0;
	scan->now = scan->published ? when_side_of_day(scan->today) : (struct side){ 0 };
	scan->anchor = (struct side){ .year = context->year,
				      .month = context->month };
	if (!when_side_exists(&scan->anchor) || context->month > MONTHS)
		scan->anchor = (struct side){ 0 };
	scan->anchor_is_relative = false;
	scan->year = scan->anchor.year;
	scan->month = scan->anchor.month;
	scan->year_is_near = false;
	when_words_start(&scan->words, text, len);
}

size_t when_find(const char *text, size_t len, const struct when_context *context,
		 struct when *out, size_t max)
{
	struct scan scan;
	struct found found;
	size_t count = 0, at = 0;

	assert((text || len == 0) && context && (out || max == 0));

	scan_start(&scan, text, len, context);
	while (count < max && at < scan.words.count) {
		size_t taken;

		at = when_words_slide(&scan.words, at);
		taken = find_at(&scan, at, &found);
		if (taken == 0) {
			at++;
			continue;
		}
		out[count++] = write_when(&scan, &found);
		remember(&scan, &found.span);
		at += taken;
	}
	return count;
}

/* The last side of an interval; of what is open, or a "since", the first. */
static const char *side_named(const struct when *when)
{
	const char *slash = strchr(when->edtf, '/');

	return slash && when->relation != WHEN_SINCE ? slash + 1 : when->edtf;
}

void when_note(struct when_context *context, const struct when *when)
{
	const char *side = side_named(when);
	bool month;

	if (when->passing || digits4(side) < 0)
		return;
	month = side[4] == '-' && digits2(side + 5) <= MONTHS;
	context->year = digits4(side);
	context->month = month ? digits2(side + 5) : 0;
}
