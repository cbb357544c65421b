/*
 * verb.c - which words are verbs here, and how the words around them bend them.
 *
 * Half of the verbs of news are nouns as well ("vote", "plans", "attacks"), and
 * half of the participles adjectives ("frozen assets").  What stands in front
 * decides, and where that leaves it open, what stands behind.
 */
#include "news/frame/frame.h"

#include <string.h>

static bool has(const struct frame *frame, int at, word_sets sets)
{
	return at >= 0 && token_has(frame_token(frame, at), sets);
}

static unsigned forms_at(const struct frame *frame, int at)
{
	const struct token *token = at >= 0 ? frame_token(frame, at) : NULL;

	return token && token->word && !token->in_name ? token->word->forms : 0;
}

static bool is_mark(const struct token *token)
{
	char c = token->lower[0];

	return token->lower[1] == '\0' && !(c >= 'a' && c <= 'z') &&
	       !(c >= '0' && c <= '9');
}

static bool is_particle(const struct token *token)
{
	static const char *const particles[] = { "out", "off", "up", "back",
						 "away", "down" };

	for (size_t i = 0; i < sizeof(particles) / sizeof(particles[0]); i++)
		if (token_is(token, particles[i]))
			return true;
	return false;
}

/* Does the word behind begin a new group or phrase, so that the one in front is
 * no adjective of it? */
static bool starts_phrase(const struct frame *frame, int at)
{
	const struct token *token;

	if (at < 0)
		return true;
	token = frame_token(frame, at);
	if (is_particle(token))
		return true;
	return token->in_name || token->capital || token->number ||
	       is_mark(token) ||
	       token_has(token, frame->sets->det | frame->sets->prep |
			 frame->sets->to | frame->sets->its | frame->sets->it |
			 frame->sets->person | frame->sets->sub |
			 frame->sets->and | frame->sets->neg | frame->sets->rel);
}

/* May the word stand at the end of a subject? */
static bool ends_subject(const struct frame *frame, int at)
{
	const struct token *token;

	if (at < 0)
		return false;
	token = frame_token(frame, at);
	if (token->in_name)
		return true;
	if (token_has(token, frame->sets->office | frame->sets->organ |
		      frame->sets->force | frame->sets->members |
		      frame->sets->people | frame->sets->country |
		      frame->sets->bloc | frame->sets->it |
		      frame->sets->person | frame->sets->rel |
		      frame->sets->that | frame->sets->we))
		return true;
	return token->capital && at > 0;
}

/* An adjective of a state in front: "Armenian attacks". */
static bool is_adjective_name(const struct frame *frame, int at)
{
	const struct token *token = at >= 0 ? frame_token(frame, at) : NULL;

	return token && token->name && token->name_len == 1 &&
	       token->name->kind == NAME_ADJECTIVE;
}

/* "call for", "vote against": a preposition behind does not make it a noun. */
static bool takes_prep(const struct frame *frame, int at)
{
	return (frame_token(frame, at)->word->verb & frame->sets->prepverb) != 0;
}

static bool is_noun_here(const struct frame *frame, int at, int before,
			 int behind)
{
	static const char *const of[] = { "of", "on", "in", "against", "between",
					  "with", "by", "for", "at" };

	if (behind < 0)
		return true;
	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (token_is(frame_token(frame, behind), of[i]))
			return !(ends_subject(frame, before) &&
				 (has(frame, before, frame->sets->rel |
				      frame->sets->it | frame->sets->person) ||
				  takes_prep(frame, at)));
	return false;
}

/* "have begun meeting" */
static bool begins_doing(const struct frame *frame, int at)
{
	const struct word *word = frame_token(frame, at)->word;

	return word && (word->verb & frame->sets->commit) && !word->noun;
}

static bool is_gerund_here(const struct frame *frame, int at, int before,
			   int behind)
{
	if (before < 0)
		return starts_phrase(frame, behind);
	if (frame_token(frame, at)->word->noun ||
	    has(frame, at, frame->sets->ingnoun))
		return has(frame, before, frame->sets->be) ||
		       begins_doing(frame, before) ||
		       (forms_at(frame, before) && !frame_token(frame, before)->word->noun &&
			starts_phrase(frame, behind)) ||
		       (is_mark(frame_token(frame, before)) &&
			starts_phrase(frame, behind)) ||
		       (has(frame, before, frame->sets->prep) &&
			starts_phrase(frame, behind) &&
			!has(frame, behind, frame->sets->prep));
	if (has(frame, before, frame->sets->det | frame->sets->its) ||
	    is_adjective_name(frame, before))
		return false;
	return starts_phrase(frame, behind) || is_mark(frame_token(frame, before)) ||
	       has(frame, before, frame->sets->prep | frame->sets->be |
		   frame->sets->sub | frame->sets->and) ||
	       forms_at(frame, before) != 0;
}

/* "left the OPEC talks": a clause has one verb, but for "says Russia attacks". */
static bool clause_has_verb(const struct frame *frame)
{
	for (int i = frame->count - 1; i >= 0; i--) {
		const struct node *node = &frame->nodes[i];

		if (node->kind == NODE_VERB && !node->infinitive && !node->gerund)
			return !(frame_verb_sets(frame, i) &
				 (frame->sets->say | frame->sets->claim |
				  frame->sets->announce));
		if (node->kind != NODE_GROUP && node->kind != NODE_PREP)
			return false;
	}
	return false;
}

static bool is_present_here(const struct frame *frame, int at, int before,
			    int behind)
{
	const struct token *token = frame_token(frame, at);
	bool noun = token->word->noun;

	if (before < 0 || is_adjective_name(frame, before))
		return false;
	if (is_mark(frame_token(frame, before)) || has(frame, before,
	    frame->sets->and))
		return !noun || starts_phrase(frame, behind);
	if (noun && (is_noun_here(frame, at, before, behind) ||
		     clause_has_verb(frame)))
		return false;
	if (token->word->forms & FORM_S)
		return !noun || ends_subject(frame, before);
	if (ends_subject(frame, before) ||
	    has(frame, before, frame->sets->both))
		return true;
	/* a plural in front: "ministers agree" */
	return !noun && frame_token(frame, before)->lower
		[strlen(frame_token(frame, before)->lower) - 1] == 's';
}

static bool is_past_here(const struct frame *frame, int before, int behind)
{
	if (before < 0)
		return starts_phrase(frame, behind) && behind >= 0 &&
		       has(frame, behind, frame->sets->prep);
	if (has(frame, before, frame->sets->prep) ||
	    is_adjective_name(frame, before))
		return false;
	return starts_phrase(frame, behind) || ends_subject(frame, before);
}

/* Is the word at a finite verb, a gerund or a bare participle? */
static bool is_verb(const struct frame *frame, int at)
{
	const struct token *token = frame_token(frame, at);
	int before = frame_before(frame, at), behind = frame_behind(frame, at);
	unsigned forms = forms_at(frame, at);

	if (!forms || token->hidden || (token->capital && before >= 0))
		return false;
	if (has(frame, before, frame->sets->its) ||
	    (before >= 0 && token_is(frame_token(frame, before), "'s")))
		return false;
	if (has(frame, before, frame->sets->det) &&
	    !has(frame, before, frame->sets->that) &&
	    !(has(frame, before, frame->sets->both) &&
	      starts_phrase(frame, behind)))
		return false;
	if (forms & FORM_ING)
		return is_gerund_here(frame, at, before, behind);
	if (has(frame, before, frame->sets->prep) &&
	    !has(frame, before, frame->sets->to))
		return false;
	if (forms & FORM_PAST)
		return is_past_here(frame, before, behind);
	if (forms & (FORM_S | FORM_BASE))
		return is_present_here(frame, at, before, behind);
	return behind >= 0 && token_is(frame_token(frame, behind), "by");
}

/* ---- the group of a verb: "has not yet been suspended" ------------------- */

/* Where the verb is that "to" stands in front of, or NONE. */
static int infinitive_of(const struct frame *frame, int at)
{
	int next = frame_behind(frame, at);

	while (next >= 0 && has(frame, next, frame->sets->neg))
		next = frame_behind(frame, next);
	if (next < 0 || frame_token(frame, next)->capital ||
	    frame_token(frame, next)->in_name)
		return NONE;
	if (has(frame, next, frame->sets->be | frame->sets->have))
		return next;
	return forms_at(frame, next) & FORM_BASE ? next : NONE;
}

static bool is_auxiliary(const struct frame *frame, int at)
{
	return !frame_token(frame, at)->in_name &&
	       has(frame, at, frame->sets->modal | frame->sets->be |
		   frame->sets->have | frame->sets->to_do);
}

static bool starts_verb(const struct frame *frame, int at)
{
	const struct token *token = frame_token(frame, at);
	int before;

	if (token->hidden || token->in_name)
		return false;
	if (has(frame, at, frame->sets->to))
		return infinitive_of(frame, at) >= 0;
	if (has(frame, at, frame->sets->neg)) {
		int next = frame_behind(frame, at);

		return next >= 0 && !token_is(token, "nor") &&
		       ((has(frame, next, frame->sets->to) &&
			 infinitive_of(frame, next) >= 0) ||
			is_auxiliary(frame, next) || forms_at(frame, next) != 0);
	}
	if (is_auxiliary(frame, at)) {
		before = frame_before(frame, at);
		/* "the will", "May" */
		return !(has(frame, before, frame->sets->det) &&
			 has(frame, at, frame->sets->will)) &&
		       !(token->capital && before >= 0 && !is_mark(
			 frame_token(frame, before)));
	}
	return is_verb(frame, at);
}

/* Note what an auxiliary says of the verb. */
static void note_auxiliary(const struct frame *frame, int at, struct node *out)
{
	const struct token *token = frame_token(frame, at);

	if (has(frame, at, frame->sets->will))
		out->will = true;
	else if (token_is(token, "would"))
		out->would = out->reported_will = true;
	else if (has(frame, at, frame->sets->modal))
		out->would = true;
	if (has(frame, at, frame->sets->neg))
		out->negative = true;
	if (has(frame, at, frame->sets->have))
		out->perfect = true;
	if (token_is(token, "was") || token_is(token, "were") ||
	    token_is(token, "had") || token_is(token, "did"))
		out->past = true;
	if (token_is(token, "being") || token_is(token, "having"))
		out->gerund = true;
}

static void note_main(const struct frame *frame, int at, bool be, bool alone,
		      struct node *out)
{
	unsigned forms = forms_at(frame, at);

	out->main = at;
	out->last = at;
	if (be && (forms & FORM_PARTICIPLE) && !(forms & FORM_ING))
		out->passive = true;
	else if (be && (forms & FORM_ING))
		out->progressive = true;
	else if (alone && (forms & FORM_ING))
		out->gerund = true;
	else if (alone && (forms & (FORM_PAST | FORM_PARTICIPLE)))
		out->past = true;
}

/* "pull out", "call off", "take over" */
static void note_particle(const struct frame *frame, struct node *out)
{
	int next = out->main + 1;
	const struct token *token;

	out->particle = NONE;
	if (next >= frame->sentence->count)
		return;
	token = frame_token(frame, next);
	if (is_particle(token))
		out->particle = next;
	if (token_is(token, "over") &&
	    frame_token(frame, out->main)->word->lemma &&
	    (strcmp(frame_token(frame, out->main)->word->lemma, "take") == 0 ||
	     strcmp(frame_token(frame, out->main)->word->lemma, "hand") == 0))
		out->particle = next;
	if (out->particle >= 0)
		out->last = next;
}

/* A verb group that is being read: which auxiliary stood last decides what form
 * the verb behind it must have. */
struct reading {
	const struct frame *frame;
	struct node *out;
	bool be, have, bare;
	int auxiliary; /* the last one, or NONE */
};

/* Does a verb go on at `at`, behind auxiliaries? */
static bool is_main(const struct reading *reading, int at)
{
	unsigned forms = forms_at(reading->frame, at);

	if (!forms)
		return false;
	if (reading->be)
		return forms & (FORM_PARTICIPLE | FORM_ING);
	if (reading->have)
		return forms & FORM_PARTICIPLE;
	return reading->bare ? (forms & FORM_BASE) != 0 :
			       is_verb(reading->frame, at);
}

/* "has not yet", "reportedly": words that bend the verb; true where it is one. */
static bool read_adverb(struct reading *reading, int at)
{
	const struct frame *frame = reading->frame;
	const struct token *token = frame_token(frame, at);

	if (has(frame, at, frame->sets->reportedly))
		reading->out->reportedly = true;
	if (token_is(token, "yet") && reading->have)
		reading->out->negative = true; /* "have yet to approve" */
	if (!token->in_name && has(frame, at, frame->sets->neg) &&
	    !is_auxiliary(frame, at)) {
		reading->out->negative = true;
		return true;
	}
	return frame_is_adverb(frame, at);
}

static bool read_to(struct reading *reading, int at)
{
	if (!has(reading->frame, at, reading->frame->sets->to) ||
	    infinitive_of(reading->frame, at) < 0)
		return false;
	if (reading->be || reading->have)
		reading->out->will = true; /* "is to", "has to" */
	else if (reading->auxiliary < 0)
		reading->out->infinitive = true;
	reading->be = reading->have = false;
	reading->bare = true;
	return true;
}

static bool read_auxiliary(struct reading *reading, int at)
{
	const struct frame *frame = reading->frame;

	if (!is_auxiliary(frame, at) ||
	    (reading->bare && has(frame, at, frame->sets->to_do)))
		return false;
	note_auxiliary(frame, at, reading->out);
	reading->be = has(frame, at, frame->sets->be);
	reading->have = has(frame, at, frame->sets->have);
	reading->bare = !reading->be && !reading->have;
	reading->auxiliary = at;
	reading->out->last = at;
	return true;
}

int verb_read(struct frame *frame, int at, struct node *out)
{
	struct reading reading = { .frame = frame, .out = out,
				   .auxiliary = NONE };
	int i = at;

	if (!starts_verb(frame, at))
		return 0;
	*out = (struct node){ .kind = NODE_VERB, .first = at, .last = at,
			      .main = NONE, .particle = NONE, .head = NONE };
	while (i < frame->sentence->count &&
	       (frame_token(frame, i)->hidden || read_adverb(&reading, i) ||
		read_to(&reading, i) || read_auxiliary(&reading, i)))
		i++;
	if (i < frame->sentence->count && is_main(&reading, i))
		note_main(frame, i, reading.be, reading.auxiliary < 0, out);
	else if (reading.auxiliary >= 0)
		out->main = reading.auxiliary; /* "is a member", "has no plans" */
	else
		return 0;
	out->reportedly |= at > 0 && has(frame, at - 1, frame->sets->reportedly);
	note_particle(frame, out);
	return out->last + 1 - at;
}
