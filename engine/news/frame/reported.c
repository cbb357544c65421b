/*
 * reported.c - who says so, and how far it is to be believed: "X said that it would",
 * "according to X", "reports that it left are false".
 */
#include "news/frame/mood.h"

static bool is_question(const struct frame *frame)
{
	const struct sentence *sentence = frame->sentence;

	return sentence->count > 0 &&
	       token_is(&sentence->tokens[sentence->count - 1], "?");
}

static bool speaks_of_itself(const struct parties *speaker,
			     const struct parties *parties)
{
	return speaker->count == 0 || parties_meet(speaker, parties);
}

static void report_mood(const struct frame *frame, int at,
			const struct parties *parties, struct mood *out)
{
	int report = clause_report(frame, at), speaker;

	if (report < 0)
		return;
	speaker = clause_subject(frame, report);
	if (speaker >= 0 && out->speaker.count == 0)
		out->speaker = frame->nodes[speaker].who;
	if (verb_has(frame, report, frame->sets->claim))
		out->claimed = true;
	else if (!speaks_of_itself(&out->speaker, parties))
		out->reported = true;
	else if ((out->planned || out->progressive || out->reported_will) &&
		 !out->negative)
		out->announced = true;
	if (frame->nodes[report].would || frame->nodes[report].will)
		out->possible = true;
}

/* "According to ...": somebody else's word. */
static void hearsay_mood(const struct frame *frame, const struct parties *parties,
			 struct mood *out)
{
	const struct sentence *sentence = frame->sentence;

	for (int i = 0; i + 1 < sentence->count; i++) {
		if (!token_has(&sentence->tokens[i], frame->sets->according))
			continue;
		for (int k = 0; k < frame->count; k++)
			if (frame->nodes[k].kind == NODE_GROUP &&
			    frame->nodes[k].first > i) {
				out->speaker = frame->nodes[k].who;
				break;
			}
		if (out->speaker.count == 0)
			out->hearsay = true;
		else if (!parties_meet(&out->speaker, parties))
			out->claimed = true;
	}
}

/* The conjunction "that" in whose clause node `at` stands; NONE. */
static int content_of(const struct frame *frame, int at)
{
	for (int i = at - 1; i > 0; i--) {
		if (node_is(frame, i, NODE_BREAK))
			return NONE;
		if ((node_is(frame, i, NODE_SUB) || node_is(frame, i, NODE_REL)) &&
		    frame_word_is(frame, &frame->nodes[i], "that"))
			return i;
	}
	return NONE;
}

static bool sentence_has(const struct frame *frame, word_sets sets)
{
	for (int i = 0; i < frame->sentence->count; i++)
		if (token_has(&frame->sentence->tokens[i], sets))
			return true;
	return false;
}

/* "Reports that it left are false", "it is not true that", "dismissed rumours that". */
static void rumour_mood(const struct frame *frame, int at, struct mood *out)
{
	const struct sets *sets = frame->sets;
	int that = content_of(frame, at);
	const struct node *noun = that > 0 ? &frame->nodes[that - 1] : NULL;

	if (!noun || noun->kind != NODE_GROUP)
		return;
	if (node_has(frame, noun, sets->truth) && node_is(frame, that - 2, NODE_VERB))
		out->negative ^= frame->nodes[that - 2].negative;
	if (!node_has(frame, noun, sets->rumour))
		return;
	out->hearsay = true;
	if (sentence_has(frame, sets->falsehood))
		out->negative = true;
}

void mood_reported(const struct frame *frame, int at,
		       const struct parties *parties, struct mood *out)
{
	report_mood(frame, at, parties, out);
	if (is_question(frame))
		out->possible = true;
	if (out->reported_will) {
		if (out->speaker.count > 0)
			out->planned = true;
		else
			out->possible = true;
	}
	hearsay_mood(frame, parties, out);
	rumour_mood(frame, at, out);
}
