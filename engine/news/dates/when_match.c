/*
 * when_match.c - which rule matches at a word.
 */
#include "news/dates/when_private.h"

enum {
	DEPTH_MAX = 3, /* "two days after the end of last year" */
	CUE_WORDS = 14 /* how far back "will" may stand */
};

static size_t match_phrase(const struct match *frame, size_t at, int phrase,
			   int depth, struct span *out);

static bool makes(const struct rule *rule, int phrase)
{
	if (phrase == PHRASE_OTHER)
		return true;
	return (int)rule->makes == phrase ||
	       (phrase == PHRASE_DAY && rule->makes == PHRASE_DATE);
}

static void keep(struct match *match, int kind, int value)
{
	if (match->seen & KIND(kind)) {
		match->second[kind] = value;
		return;
	}
	match->seen |= KIND(kind);
	match->value[kind] = value;
}

/* Match one element; returns its words, 0 for none. */
static size_t take_element(struct match *match, int element, int depth)
{
	/* cppcheck-suppress ctuuninitvar ; match_phrase() sets all but the arrays */
	size_t at = match->at + match->count;
	const struct word *word;

	if (element >= KINDS)
		return match_phrase(match, at, element, depth + 1, &match->inner);
	word = when_words_at(&match->scan->words, at);
	if (!word_is(word, (enum kind)element))
		return 0;
	keep(match, element, word->value);
	return 1;
}

static bool take_pattern(struct match *match, const struct rule *rule, int depth)
{
	for (int i = 0; i < PATTERN_MAX && rule->pattern[i] != NONE; i++) {
		int element = rule->pattern[i] & ~MAYBE;
		size_t taken = take_element(match, element, depth);

		if (taken == 0 && !(rule->pattern[i] & MAYBE))
			return false;
		match->count += taken;
	}
	return true;
}

/* Can the rule start with this word? */
static bool may_start(const struct rule *rule, const struct word *word)
{
	int i = 0;

	while (rule->pattern[i] & MAYBE) {
		if (word_is(word, rule->pattern[i] & ~MAYBE))
			return true;
		i++;
	}
	return word_is(word, rule->pattern[i]);
}

static size_t match_phrase(const struct match *frame, size_t at, int phrase,
			   int depth, struct span *out)
{
	const struct word *word = when_words_at(&frame->scan->words, at);
	size_t best = 0;

	if (depth > DEPTH_MAX || word->is == 0 || word->is == KIND(OTHER))
		return 0;
	for (size_t i = 0; i < when_rule_count; i++) {
		const struct rule *rule = &when_rules[i];
		struct match match;
		struct span span = { 0 };

		if (!makes(rule, phrase) || !may_start(rule, word))
			continue;
		match.scan = frame->scan;
		match.at = at;
		match.count = 0;
		match.head = frame->head;
		match.the = frame->the && depth == 0;
		match.head_kind = frame->head_kind;
		match.nested = depth > 0;
		match.seen = 0;
		if (take_pattern(&match, rule, depth) && match.count > best &&
		    rule->make(&match, rule->arg, &span) &&
		    (span.refused || span.duration || when_span_exists(&span))) {
			*out = span;
			best = match.count;
		}
	}
	return best;
}

size_t when_match_date(const struct scan *scan, size_t at, const struct match *frame,
		       struct span *out)
{
	struct match top = { .scan = scan, .head = frame->head, .the = frame->the,
			     .head_kind = frame->head_kind };
	size_t count = match_phrase(&top, at, PHRASE_OTHER, 0, out);

	/* "Monday night", "23 February evening" */
	if (count > 0 && out->from.day > 0 &&
	    word_is(when_words_at(&scan->words, at + count), HOURS))
		count++;
	return count;
}

/* "will", "set to", "to be", "would", but not "would have" */
static bool is_cue(const struct scan *scan, size_t at)
{
	const struct word *word = when_words_at(&scan->words, at);
	const struct word *behind = when_words_at(&scan->words, at + 1);

	switch (word->sign) {
	case SIGN_FUTURE:
		return true;
	case SIGN_PLAN:
		return word_is(behind, TO) || word_is(behind, FOR);
	case SIGN_BE:
		return at > 0 && word_is(when_words_at(&scan->words, at - 1), TO);
	case SIGN_WOULD:
		return behind->sign != SIGN_HAVE;
	default:
		return word_is(word, COMING);
	}
}

bool when_match_heads_ahead(const struct match *match)
{
	const struct word *head = when_words_at(&match->scan->words, match->head);

	return match->head_kind == UNTIL ||
	       (match->head_kind == FROM && head->value == 1);
}

bool when_match_is_ahead(const struct match *match)
{
	size_t at = match->head;

	if (match->head_kind == BY || match->head_kind == LATER ||
	    match->head_kind == EARLIER)
		return true;
	for (int i = 0; i < CUE_WORDS && at > 0; i++) {
		const struct word *word = when_words_at(&match->scan->words, --at);

		if (is_cue(match->scan, at))
			return true;
		if (word->sign == SIGN_SAID || word_is(word, STOP) ||
		    word_is(word, COMMA))
			return false;
	}
	return false;
}
