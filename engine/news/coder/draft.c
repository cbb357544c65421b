/*
 * draft.c - from a finding to events that the contract allows.
 */
#include "news/coder/draft.h"

#include "ground/mem.h"

#include <string.h>

/* News of the day is dated with the day; what is told without a date of some other
 * time is for a person to date. */
enum { TODAY_COST = 40, VAGUE_COST = 350, SCORE_MIN = 50 };

enum { EVENTS_MAX = 64 }; /* of one finding */

/* What one event of a finding names. */
struct cast {
	const struct party *actor, *alliance, *target;
};

static bool is_about_membership(const char *type)
{
	return strncmp(type, "member.", 7) == 0 ||
	       strcmp(type, "chair.assumed") == 0;
}

static bool is_of_alliance(const char *type)
{
	return strncmp(type, "alliance.", 9) == 0;
}

/* Types that the contract does not take without an alliance. */
static bool needs_alliance(const char *type)
{
	return is_about_membership(type) || is_of_alliance(type) ||
	       strncmp(type, "exercise.", 9) == 0;
}

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static const char *code_of(const struct party *party)
{
	return party ? party->code : NULL;
}

/*
 * An alliance that is acted on is the event's alliance.  Where the alliance itself
 * acts on a state, it is the actor and the state the target.
 */
static void place_parties(const struct cast *cast, struct draft *draft)
{
	draft->actor = code_of(cast->actor);
	draft->alliance = code_of(cast->alliance);
	draft->target = code_of(cast->target);
	if (cast->target && cast->target->alliance) {
		draft->target = NULL;
		if (!draft->alliance)
			draft->alliance = cast->target->code;
	}
	if (cast->actor && cast->actor->alliance && draft->target &&
	    same(draft->alliance, draft->actor))
		draft->alliance = NULL;
	if (cast->actor && cast->actor->alliance && !draft->target &&
	    !draft->alliance)
		draft->alliance = draft->actor;
}

/* NULL, or why the cast makes no event. */
static const char *forbidden(const struct draft *draft, const struct cast *cast)
{
	if (!draft->actor)
		return "it has no actor";
	if (needs_alliance(draft->type) && !draft->alliance)
		return "its alliance is not named";
	if (!draft->alliance && !draft->target)
		return "it names neither an alliance nor a second state";
	if (is_about_membership(draft->type) && cast->actor->alliance)
		return "an alliance is no member";
	if (same(draft->actor, draft->target))
		return "actor and target are the same";
	return NULL;
}

static void note_place(const struct frame *frame, const struct finding *finding,
		       struct draft *draft)
{
	const struct node *node = &frame->nodes[finding->trigger];

	draft->start = frame->sentence->start;
	draft->end = frame->sentence->end;
	draft->trigger_start = frame_token(frame, node->first)->start;
	draft->trigger_end = frame_token(frame, node->last)->end;
}

/* "was renamed the Organization of Turkic States", "took the name X" */
static void note_name(const struct frame *frame, const struct finding *finding,
		      struct draft *draft)
{
	int name = clause_object(frame, finding->trigger), at;
	const struct node *node;

	if (name < 0)
		return;
	node = &frame->nodes[name];
	at = node->first;
	while (at < node->last && !frame_token(frame, at)->capital)
		at++;
	draft->name_start = frame_token(frame, at)->start;
	draft->name_end = frame_token(frame, node->last)->end;
}

static bool is_carried(const struct cast *cast)
{
	return (cast->actor && cast->actor->carried) ||
	       (cast->alliance && cast->alliance->carried) ||
	       (cast->target && cast->target->carried);
}

static const char *speaker_of(const struct finding *finding)
{
	return finding->mood.speaker.count > 0 ?
		finding->mood.speaker.items[0].code : NULL;
}

/* What is dated behind the day of publication has not happened yet. */
static void take_moment(struct draft *draft, const struct moment *moment)
{
	draft->moment = *moment;
	if (ent_date_parse(moment->date, &draft->days, NULL) < 0)
		draft->days = (struct ent_date){ .lo = ENT_DAY_OPEN_START,
						 .hi = ENT_DAY_OPEN_END };
	if (draft->firm && !moment->guessed && !moment->future &&
	    strcmp(draft->modality, "possible") == 0)
		draft->modality = "fact"; /* "the accession on 4 April 2023" */
	if (moment->future && (strcmp(draft->modality, "fact") == 0 ||
			       strcmp(draft->modality, "claim") == 0))
		draft->modality = "planned";
	if (moment->guessed)
		draft->score -= strpbrk(moment->date, "/") ? VAGUE_COST :
							     TODAY_COST;
	if (draft->score < SCORE_MIN)
		draft->score = SCORE_MIN;
}

static int push(struct drafts *drafts, const struct draft *draft,
		struct ent_error *err)
{
	int rc = mem_grow(&drafts->items, &drafts->room, drafts->count + 1,
			  sizeof(*drafts->items), err);

	if (rc == ENT_OK)
		drafts->items[drafts->count++] = *draft;
	return rc;
}

struct adding {
	struct drafts *drafts;
	const struct frame *frame;
	const struct dates *dates;
	const struct finding *finding;
	struct moment moments[MOMENTS_MAX];
	size_t moments_count;
	const char *why;
	struct ent_error *err;
	int rc;
};

static void add_moments(struct adding *adding, const struct draft *draft)
{
	for (size_t i = 0; i < adding->moments_count && adding->rc == ENT_OK; i++) {
		struct draft dated = *draft;

		take_moment(&dated, &adding->moments[i]);
		adding->rc = push(adding->drafts, &dated, adding->err);
	}
}

/* "ratifies the accession of Finland and Sweden" is two events. */
static void add_objects(struct adding *adding, const struct draft *draft)
{
	const struct parties *objects = &adding->finding->object;
	bool any = false;

	for (int i = 0; i < objects->count; i++) {
		struct draft one = *draft;

		one.object = objects->items[i].code;
		if (same(one.object, one.actor) || same(one.object, one.target) ||
		    same(one.object, one.alliance))
			continue;
		any = true;
		add_moments(adding, &one);
	}
	if (!any)
		add_moments(adding, draft);
}

static void add_cast(struct adding *adding, const struct cast *cast)
{
	const struct finding *finding = adding->finding;
	struct draft draft = {
		.rule = finding->rule, .type = finding->type,
		.modality = finding->modality, .score = finding->score,
		.firm = finding->firm,
		.carried = is_carried(cast)
	};
	const char *why;

	place_parties(cast, &draft);
	why = forbidden(&draft, cast);
	if (why) {
		adding->why = why;
		return;
	}
	if (strcmp(draft.modality, "claim") == 0)
		draft.attributed_to = speaker_of(finding);
	note_place(adding->frame, finding, &draft);
	if (finding->rule->named_after)
		note_name(adding->frame, finding, &draft);
	add_objects(adding, &draft);
}

/* ---- who with whom -------------------------------------------------------- */

/* "Iran and Belarus joined in 2023 and 2024 respectively" */
static bool is_respective(const struct adding *adding)
{
	const struct frame *frame = adding->frame;

	if (adding->moments_count < 2 || adding->finding->actor.count !=
	    (int)adding->moments_count)
		return false;
	for (int i = 0; i < frame->sentence->count; i++)
		if (token_has(frame_token(frame, i), frame->sets->respectively))
			return true;
	return false;
}

static void add_plain(struct adding *adding)
{
	const struct finding *finding = adding->finding;
	struct moment moments[MOMENTS_MAX];
	bool respectively = is_respective(adding);
	int alliances = finding->alliance.count ? finding->alliance.count : 1;
	int targets = finding->target.count ? finding->target.count : 1;

	memcpy(moments, adding->moments, sizeof(moments));
	for (int a = 0; a < finding->actor.count; a++) {
		if (respectively) {
			adding->moments[0] = moments[a];
			adding->moments_count = 1;
		} else if (dating_each(adding->frame, adding->dates,
				       &finding->actor, a, &adding->moments[0])) {
			adding->moments_count = 1;
		}
		for (int b = 0; b < alliances; b++)
			for (int c = 0; c < targets; c++)
				add_cast(adding, &(struct cast){
					&finding->actor.items[a],
					finding->alliance.count ?
						&finding->alliance.items[b] : NULL,
					finding->target.count ?
						&finding->target.items[c] : NULL });
	}
}

/* "Leaders of the EU and Russia meet": the first with each of the others. */
static void add_within(struct adding *adding, const struct parties *parties)
{
	for (int i = 1; i < parties->count; i++) {
		const struct party *a = &parties->items[0];
		const struct party *b = &parties->items[i];

		if (a->alliance && !b->alliance) {
			const struct party *swap = a;

			a = b;
			b = swap;
		}
		add_cast(adding, &(struct cast){ a, NULL, b });
	}
	if (parties->count == 1 && parties->items[0].alliance &&
	    strcmp(adding->finding->type, "meeting.held") == 0)
		add_cast(adding, &(struct cast){ &parties->items[0],
						 &parties->items[0], NULL });
}

static void add_symmetric(struct adding *adding)
{
	const struct finding *finding = adding->finding;

	if (finding->target.count == 0 ||
	    parties_meet(&finding->actor, &finding->target)) {
		add_within(adding, finding->target.count > finding->actor.count ?
				   &finding->target : &finding->actor);
		return;
	}
	for (int a = 0; a < finding->actor.count; a++)
		for (int b = 0; b < finding->target.count; b++) {
			const struct party *actor = &finding->actor.items[a];
			const struct party *target = &finding->target.items[b];

			if (actor->alliance && !target->alliance)
				add_cast(adding, &(struct cast){ target, NULL,
								 actor });
			else
				add_cast(adding, &(struct cast){ actor, NULL,
								 target });
		}
}

/* Every actor with every target: what would be more events than a person reads. */
static bool is_too_much(const struct finding *finding, size_t moments)
{
	const struct parties *all[] = { &finding->actor, &finding->alliance,
					&finding->target, &finding->object };
	size_t product = moments;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		product *= all[i]->count > 0 ? (size_t)all[i]->count : 1;
	return product > EVENTS_MAX;
}

const char *drafts_add(struct drafts *drafts, const struct frame *frame,
		       const struct dates *dates, const struct finding *finding,
		       struct ent_error *err, int *rc)
{
	struct adding adding = { .drafts = drafts, .frame = frame,
				 .dates = dates,
				 .finding = finding, .err = err, .rc = ENT_OK };
	size_t before = drafts->count;

	adding.moments_count = dating_pick(frame, dates, finding, adding.moments);
	if (adding.moments_count == 0 && finding->rule->since)
		return "it does not say since when";
	drafts->undated += adding.moments_count == 0;
	if (adding.moments_count == 0)
		return "no date is given, and the day of publication is not known";
	if (is_too_much(finding, adding.moments_count))
		return "it names more parties than a sentence can tell apart";
	if (finding->only_future && !adding.moments[0].future)
		return "no day to come is named";
	if (finding->rule->symmetric)
		add_symmetric(&adding);
	else
		add_plain(&adding);
	*rc = adding.rc;
	return drafts->count > before ? NULL :
	       adding.why ? adding.why : "it has no actor";
}

void drafts_release(struct drafts *drafts)
{
	mem_free(drafts->items);
	*drafts = (struct drafts){ 0 };
}
