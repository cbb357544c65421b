/*
 * dating.c - which of a sentence's dates belongs to an event.
 *
 * The nearest one that no other verb stands in front of.  A date behind "after" or
 * "before", and one that belongs to a noun ("Monday's coup"), is another event's.
 * Where there is none, news is of the day on which it is published, what is told
 * of the past happened by then, and what is possible may come from then on.
 */
#include "news/coder/dating.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { CLAUSE_COST = 12, LEFT_COST = 2 };

/* The first word at or behind that byte. */
static int word_at(const struct frame *frame, size_t byte)
{
	for (int i = 0; i < frame->sentence->count; i++)
		if (frame_token(frame, i)->start >= byte)
			return i;
	return frame->sentence->count;
}

static int main_word(const struct frame *frame, int at)
{
	const struct node *node = &frame->nodes[at];

	return node->kind == NODE_VERB ? node->main : node->head;
}

/* What stands between two words costs: clauses most. */
static int cost_between(const struct frame *frame, int trigger, int word)
{
	int from = main_word(frame, trigger), cost = 0;
	int low = from < word ? from : word, high = from < word ? word : from;

	for (int i = 0; i < frame->count; i++) {
		const struct node *node = &frame->nodes[i];

		if (node->last < low || node->first >= high || i == trigger)
			continue;
		if (node->kind == NODE_SUB || node->kind == NODE_REL ||
		    node->kind == NODE_BREAK ||
		    (node->kind == NODE_VERB && !node->infinitive))
			cost += CLAUSE_COST;
	}
	return cost + high - low + (word < from ? LEFT_COST : 0);
}

/* "Monday's coup", "last week's attacks": of another noun than the trigger. */
static bool belongs_to_noun(const struct frame *frame, const struct when *when,
			    int trigger)
{
	int behind = word_at(frame, when->end);
	const struct node *node = &frame->nodes[trigger];

	if (behind > 0 && behind <= frame->sentence->count &&
	    token_is(frame_token(frame, behind - 1), "'s"))
		behind--;
	if (behind >= frame->sentence->count ||
	    !token_is(frame_token(frame, behind), "'s"))
		return false;
	return node->kind != NODE_GROUP || behind > node->last + 1 ||
	       behind < node->first - 1;
}

/* Four digits, with no more than an article in front. */
static bool is_bare_year(const struct frame *frame, const struct when *when)
{
	int word = word_at(frame, when->start);

	if (word < frame->sentence->count &&
	    token_has(frame_token(frame, word), frame->sets->det))
		word++;
	return word < frame->sentence->count &&
	       frame_token(frame, word)->number &&
	       frame_token(frame, word)->end == when->end &&
	       when->end - frame_token(frame, word)->start == 4;
}

/* "the 2012 summit", "the 1962 suspension": the year is part of a group that is not
 * the trigger. */
static bool is_part_of_name(const struct frame *frame, const struct when *when,
			    int trigger)
{
	int behind = word_at(frame, when->end);
	char c;

	if (!is_bare_year(frame, when) || behind >= frame->sentence->count)
		return false;
	c = frame_token(frame, behind)->lower[0];
	if (c < 'a' || c > 'z' || frame_is_adverb(frame, behind) || token_has(frame_token(frame, behind),
	    frame->sets->prep | frame->sets->and | frame->sets->sub))
		return false;
	return frame_token(frame, behind)->capital ||
	       frame->nodes[trigger].kind == NODE_VERB ||
	       behind > frame->nodes[trigger].last;
}

/* The verb that a date stands with: the last one in front of it; NONE where it
 * stands at the head of the sentence and belongs to all that follows. */
static int owner_of(const struct frame *frame, int word)
{
	int owner = NONE;

	for (int i = 0; i < frame->count && frame->nodes[i].first < word; i++)
		if (frame->nodes[i].kind == NODE_VERB)
			owner = i;
	return owner;
}

/* Does verb v hang on `on`, or the other way round: "voted on Friday to leave"? */
static bool hangs_on(const struct frame *frame, int v, int on)
{
	for (int depth = 0; v >= 0 && depth < 6; depth++) {
		if (v == on)
			return true;
		if (!frame->nodes[v].infinitive && !frame->nodes[v].gerund)
			return false;
		v = clause_matrix(frame, v);
	}
	return false;
}

static bool is_anothers(const struct frame *frame, const struct when *when,
			int trigger)
{
	int owner = owner_of(frame, word_at(frame, when->start));
	int verb = frame->nodes[trigger].kind == NODE_VERB ?
		trigger : clause_verb_of(frame, trigger);

	if (owner < 0 || verb < 0 || owner < trigger)
		return false;
	if (owner == clause_report(frame, trigger))
		return false; /* "will leave, X said on Friday" */
	if (!when->future && hangs_on(frame, owner, verb))
		return false; /* "handed in its application to join on Friday" */
	return !hangs_on(frame, verb, owner);
}

static bool ends_with_word(const struct frame *frame, const struct when *when,
			   const char *word)
{
	for (int i = 0; i < frame->sentence->count; i++)
		if (frame_token(frame, i)->end == when->end)
			return token_is(frame_token(frame, i), word);
	return false;
}

/* What may go on since some day: "has not taken part since then". */
static bool lasts(const struct frame *frame, const struct finding *finding)
{
	const struct node *node = &frame->nodes[finding->trigger];

	return !finding->rule->since &&
	       (node->kind != NODE_VERB || node->perfect || node->negative);
}

static bool is_usable(const struct frame *frame, const struct when *when,
		      const struct finding *finding)
{
	if (when->refused || when->duration || when->edtf[0] == '\0')
		return false;
	if (when->relation == WHEN_UNTIL || when->relation == WHEN_BEFORE ||
	    when->relation == WHEN_AFTER)
		return false;
	if (strcmp(finding->type, "member.announced_withdrawal") == 0 &&
	    when->future)
		return false; /* that is when it takes effect */
	if ((when->relation == WHEN_SINCE) != finding->rule->since &&
	    !lasts(frame, finding))
		return false;
	if (ends_with_word(frame, when, "after") ||
	    ends_with_word(frame, when, "before"))
		return false; /* "two years after the invasion" */
	if (is_anothers(frame, when, finding->trigger))
		return false;
	return !is_part_of_name(frame, when, finding->trigger) &&
	       !belongs_to_noun(frame, when, finding->trigger);
}

/* "pulled out in 2000, and signed ...": the date in front is the other verb's. */
static int left_cost(const struct frame *frame, const struct when *when,
		     int trigger)
{
	int owner = owner_of(frame, word_at(frame, when->start));

	if (owner < 0 || owner >= trigger || frame->nodes[trigger].kind != NODE_VERB)
		return 0;
	return hangs_on(frame, trigger, owner) ? 0 : 2 * CLAUSE_COST;
}

/* The index of the best date, or SIZE_MAX. */
static size_t nearest(const struct frame *frame, const struct dates *dates,
		      const struct finding *finding)
{
	size_t best = SIZE_MAX;
	int best_cost = INT_MAX;

	for (size_t i = 0; i < dates->count; i++) {
		int cost;

		if (!is_usable(frame, &dates->items[i], finding))
			continue;
		cost = cost_between(frame, finding->trigger,
				    word_at(frame, dates->items[i].start));
		cost += left_cost(frame, &dates->items[i], finding->trigger);
		if (cost < best_cost) {
			best_cost = cost;
			best = i;
		}
	}
	return best;
}

/* "in 2020 and 2023": only "and" or a comma stands between. */
static bool is_next_in_list(const struct frame *frame, const struct when *a,
			    const struct when *b)
{
	int from = word_at(frame, a->end), to = word_at(frame, b->start);

	if (to - from > 2 || to <= from)
		return false;
	for (int i = from; i < to; i++)
		if (!token_is(frame_token(frame, i), "and") &&
		    !token_is(frame_token(frame, i), ","))
			return false;
	return true;
}

static void set_until(const struct dates *dates, struct moment *out)
{
	for (size_t i = 0; i < dates->count; i++)
		if (dates->items[i].relation == WHEN_UNTIL &&
		    dates->items[i].edtf[0])
			snprintf(out->until, sizeof(out->until), "%s",
				 dates->items[i].edtf);
}

/* What sets a status or an office begins on the day since which it holds. */
static bool begins(const struct finding *finding)
{
	return finding->rule->since || strncmp(finding->type, "member.", 7) == 0 ||
	       strcmp(finding->type, "alliance.led") == 0 ||
	       strcmp(finding->type, "chair.assumed") == 0;
}

static size_t dated(const struct frame *frame, const struct dates *dates,
		    const struct finding *finding, size_t first,
		    struct moment out[MOMENTS_MAX])
{
	bool begins_then = begins(finding);
	const struct when *from = &dates->items[first];
	size_t count = 0;

	while (from > dates->items && is_next_in_list(frame, from - 1, from) &&
	       is_usable(frame, from - 1, finding))
		from--;
	first = (size_t)(from - dates->items);
	for (size_t i = first; i < dates->count && count < MOMENTS_MAX; i++) {
		const struct when *when = &dates->items[i];

		if (i > first && (!is_next_in_list(frame, when - 1, when) ||
				  !is_usable(frame, when, finding)))
			break;
		out[count] = (struct moment){ .future = when->future };
		snprintf(out[count].date, sizeof(out[count].date), "%s",
			 when->edtf);
		if (begins_then && when->relation == WHEN_SINCE)
			out[count].date[strcspn(out[count].date, "/")] = '\0';
		count++;
	}
	return count;
}

static bool is_to_come(const struct finding *finding)
{
	return strcmp(finding->modality, "possible") == 0 ||
	       (strcmp(finding->modality, "planned") == 0 &&
		!(finding->rule->modality && !finding->mood.planned));
}

/* Told of the past: by the day of publication, nobody knows since when. */
static bool is_past(const struct frame *frame, const struct dates *dates,
		    const struct finding *finding)
{
	const struct node *node = &frame->nodes[finding->trigger];

	return !dates->news || finding->mood.history ||
	       finding->mood.negative ||
	       (node->kind == NODE_VERB && node->perfect && node->past);
}

/* A story goes on in the order of time: "... Kyrgyzstan then cancelled", in the same
 * year; without such a word, some day since. */
static void tell_on(const struct frame *frame, const struct dates *dates,
		    struct moment *out)
{
	for (int i = 0; i < frame->sentence->count && i < 8; i++)
		if (token_has(frame_token(frame, i), frame->sets->then)) {
			snprintf(out->date, sizeof(out->date), "%.4s",
				 dates->story);
			return;
		}
	snprintf(out->date, sizeof(out->date), "%s/%s", dates->story,
		 dates->published);
}

static size_t undated(const struct frame *frame, const struct dates *dates,
		      const struct finding *finding, struct moment *out)
{
	const char *published = dates->published;

	if (!dates->has_published || finding->rule->since)
		return 0;
	*out = (struct moment){ .guessed = true };
	if (is_to_come(finding))
		snprintf(out->date, sizeof(out->date), "%s/..", published);
	else if (dates->story[0] && !dates->news && !finding->mood.history)
		tell_on(frame, dates, out);
	else if (is_past(frame, dates, finding))
		snprintf(out->date, sizeof(out->date), "../%s", published);
	else
		snprintf(out->date, sizeof(out->date), "%s", published);
	return 1;
}

size_t dating_pick(const struct frame *frame, const struct dates *dates,
		   const struct finding *finding, struct moment out[MOMENTS_MAX])
{
	size_t best = nearest(frame, dates, finding), count;

	count = best != SIZE_MAX ? dated(frame, dates, finding, best, out) :
				   undated(frame, dates, finding, out);
	if (count == 1)
		set_until(dates, &out[0]);
	return count;
}

/* ---- one date for each ---------------------------------------------------- */

/* The first date between two words, or NULL. */
static const struct when *date_between(const struct frame *frame,
				       const struct dates *dates, int from, int to)
{
	for (size_t i = 0; i < dates->count; i++) {
		const struct when *when = &dates->items[i];
		int word = word_at(frame, when->start);

		if (word > from && word < to && when->edtf[0] && !when->duration)
			return when;
	}
	return NULL;
}

static const struct when *date_of_party(const struct frame *frame,
					const struct dates *dates,
					const struct parties *parties, int i)
{
	int from = parties->items[i].word;
	int to = i + 1 < parties->count ? parties->items[i + 1].word :
					  frame->sentence->count;

	if (parties->items[i].carried || to <= from)
		return NULL;
	return date_between(frame, dates, from, to);
}

bool dating_each(const struct frame *frame, const struct dates *dates,
		 const struct parties *parties, int i, struct moment *out)
{
	const struct when *own = NULL;

	if (parties->count < 2)
		return false;
	for (int k = 0; k < parties->count; k++) {
		const struct when *when = date_of_party(frame, dates, parties, k);

		if (!when)
			return false;
		if (k == i)
			own = when;
	}
	assert(own);
	*out = (struct moment){ .future = own->future };
	snprintf(out->date, sizeof(out->date), "%s", own->edtf);
	return true;
}
