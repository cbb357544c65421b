/*
 * match.c - trying the rules on the verbs and nouns of a sentence.
 */
#include "news/coder/match.h"

#include <string.h>

/* ---- from mood to modality ------------------------------------------------ */

static const char *modality_of(const struct mood *mood)
{
	if (mood->negative)
		return "denied";
	if (mood->possible)
		return "possible";
	if (mood->planned)
		return "planned";
	if (mood->claimed)
		return "claim";
	return "fact";
}

static const char *weaker(const char *a, const char *b)
{
	static const char *const ladder[] = { "denied", "possible", "planned",
					      "claim", "fact" };

	for (size_t i = 0; i < sizeof(ladder) / sizeof(ladder[0]); i++)
		if (strcmp(ladder[i], a) == 0 || strcmp(ladder[i], b) == 0)
			return ladder[i];
	return a;
}

/* What is decided or announced of a withdrawal is a fact of its own. */
static bool is_announced(const struct finding *finding)
{
	const struct mood *mood = &finding->mood;

	return finding->rule->announced && !mood->negative && !mood->possible &&
	       (mood->settled || mood->announced) && !mood->claimed &&
	       !mood->hearsay;
}

/* NULL, or why the mood forbids the rule. */
static const char *take_mood(struct finding *finding)
{
	const struct rule *rule = finding->rule;
	struct mood *mood = &finding->mood;

	if (rule->polarity == POLARITY_NEGATED) {
		if (!mood->negative)
			return "it is not said that it was not done";
		mood->negative = false;
		mood->planned = false; /* "will not attend" declines now */
	}
	if (rule->polarity == POLARITY_ANY)
		mood->negative = false;
	if (mood->reported && rule->disputed)
		mood->claimed = true;
	if (mood->claimed && !rule->disputed && mood->speaker.count == 0)
		mood->claimed = false;
	if (mood->hearsay)
		mood->claimed = true;
	if (is_announced(finding)) {
		finding->type = "member.announced_withdrawal";
		finding->modality = "fact";
		return NULL; /* see also add_effect() */
	}
	finding->modality = modality_of(mood);
	finding->firm = rule->dated_fact &&
			strcmp(finding->modality, "fact") == 0;
	if (rule->modality)
		finding->modality = weaker(rule->modality, finding->modality);
	return NULL;
}

/* ---- one rule at one place ------------------------------------------------ */

static bool same_parties(const struct parties *a, const struct parties *b)
{
	if (a->count != b->count)
		return false;
	for (int i = 0; i < a->count; i++)
		if (strcmp(a->items[i].code, b->items[i].code) != 0)
			return false;
	return true;
}

/* "Denmark joined together with Ireland": companions do the same. */
static void add_companions(const struct place *place, struct finding *out)
{
	const struct frame *frame = place->frame;

	for (int i = place->trigger + 1; i + 1 < frame->count; i++) {
		const struct node *node = &frame->nodes[i];
		int before = node->first - 1;

		if (node->kind == NODE_VERB || node->kind == NODE_SUB)
			return;
		if (node->kind != NODE_PREP ||
		    frame->nodes[i + 1].kind != NODE_GROUP ||
		    !(frame_word_is(frame, node, "alongside") ||
		      (frame_word_is(frame, node, "with") && before >= 0 &&
		       token_has(frame_token(frame, before),
				 frame->sets->joint))))
			continue;
		for (int k = 0; k < frame->nodes[i + 1].who.count; k++)
			if (!frame->nodes[i + 1].who.items[k].alliance)
				parties_add(&out->actor,
					    frame->nodes[i + 1].who.items[k]);
		return;
	}
}

static const char *fill(const struct place *place, struct finding *out)
{
	const struct rule *rule = place->rule;

	if (!slots_fill(place, &rule->actor, &out->actor) &&
	    rule->actor.count > 0 && !rule->actor.optional)
		return "nobody stands where its actor does";
	if (!slots_fill(place, &rule->alliance, &out->alliance) &&
	    rule->alliance.count > 0 && !rule->alliance.optional)
		return "no alliance stands where its does";
	if (!slots_fill(place, &rule->target, &out->target) &&
	    rule->target.count > 0 && !rule->target.optional)
		return "nobody stands where its target does";
	slots_fill(place, &rule->object, &out->object);
	if (strncmp(rule->type, "member.", 7) == 0)
		add_companions(place, out);
	if (out->target.count > 0 && same_parties(&out->target, &out->actor) &&
	    !rule->symmetric)
		return "actor and target are the same";
	return NULL;
}

/* Sure of the words, less sure of what was carried from elsewhere. */
static int score_of(const struct finding *finding)
{
	int score = finding->rule->score;
	const struct parties *all[] = { &finding->actor, &finding->alliance,
					&finding->target };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i]->count > 0 && all[i]->items[0].carried)
			score -= 100;
		if (all[i]->count > 0 && all[i]->items[0].capital)
			score -= 50;
	}
	return score < 50 ? 50 : score;
}

/* "Mali, suspended in 2020": a participle without an object may be a passive. */
static bool may_be_passive(const struct frame *frame, int at)
{
	const struct node *node = &frame->nodes[at];
	const struct word *word;

	if (node->kind != NODE_VERB || node->first != node->main)
		return false;
	word = frame_token(frame, node->main)->word;
	return word && (word->forms & FORM_PARTICIPLE) &&
	       clause_object(frame, at) < 0;
}

static const char *try_reading(struct place *place, struct finding *out)
{
	const char *why = match_unmet(place);

	if (!why)
		why = fill(place, out);
	return why;
}

static const char *try_rule(const struct frame *frame, int at,
			    const struct rule *rule, struct finding *out)
{
	struct place place = { frame, rule, at,
			       frame->nodes[at].kind == NODE_VERB &&
			       frame->nodes[at].passive };
	struct parties parties;
	const char *why;

	*out = (struct finding){ .rule = rule, .type = rule->type, .trigger = at };
	why = try_reading(&place, out);
	if (why && may_be_passive(frame, at)) {
		place.passive = true;
		if (!try_reading(&place, out))
			why = NULL;
	}
	if (why)
		return why;
	parties = out->actor;
	parties_join(&parties, &out->alliance);
	if (rule->noun)
		mood_of_noun(frame, at, &parties, &out->mood);
	else
		mood_of_verb(frame, at, &parties, &out->mood);
	out->score = score_of(out);
	return take_mood(out);
}

/* ---- all ------------------------------------------------------------------- */

/* The same event by another rule: the surer one stands. */
static bool replaces(struct findings *findings, const struct finding *found)
{
	for (int i = 0; i < findings->count; i++) {
		struct finding *other = &findings->items[i];

		if (strcmp(other->type, found->type) != 0 ||
		    other->rule->since != found->rule->since ||
		    !same_parties(&other->actor, &found->actor) ||
		    !same_parties(&other->alliance, &found->alliance) ||
		    !same_parties(&other->target, &found->target))
			continue;
		if (found->score > other->score)
			*other = *found;
		return true;
	}
	return false;
}

/* The same parties in an event that says it better: an application says that one
 * may join, a ratification of an accession too. */
static bool yields(const struct finding *found, const struct finding *other)
{
	const struct rule *rule = found->rule;
	bool same = false;

	for (int i = 0; i < rule->yields_count; i++)
		same |= strcmp(rule->yields[i], other->type) == 0;
	return same && found != other && !found->only_future &&
	       ((found->alliance.count == 0 && other->alliance.count == 0) ||
		parties_meet(&found->alliance, &other->alliance) ||
		parties_meet(&found->alliance, &other->target)) &&
	       (parties_meet(&found->actor, &other->actor) ||
		parties_meet(&found->actor, &other->target) ||
		parties_meet(&found->actor, &other->object));
}

static void drop_yielding(struct findings *findings)
{
	int kept = 0;
	bool drop[FINDINGS_MAX] = { false };

	for (int i = 0; i < findings->count; i++)
		for (int k = 0; k < findings->count; k++)
			drop[i] |= yields(&findings->items[i],
					  &findings->items[k]);
	for (int i = 0; i < findings->count; i++)
		if (!drop[i])
			findings->items[kept++] = findings->items[i];
	findings->count = kept;
}

/* What was announced for a day to come is planned for that day as well. */
static void add_effect(const struct finding *found, struct findings *out)
{
	struct finding effect = *found;

	if (strcmp(found->type, found->rule->type) == 0 ||
	    out->count == FINDINGS_MAX)
		return;
	effect.type = found->rule->type;
	effect.modality = "planned";
	effect.only_future = true;
	out->items[out->count++] = effect;
}

static bool has_verb(const struct frame *frame)
{
	for (int i = 0; i < frame->count; i++)
		if (frame->nodes[i].kind == NODE_VERB)
			return true;
	return false;
}

static void tell(const struct teller *teller, const struct frame *frame, int at,
		 const struct rule *rule, const char *why)
{
	if (teller && teller->tell)
		teller->tell(teller->arg, rule->id, match_word(frame, at)->text,
			     why);
}

void match_rules(const struct frame *frame, const struct rules *rules,
		 bool all_types, const struct teller *teller,
		 struct findings *out)
{
	struct finding found;

	out->count = 0;
	if (!has_verb(frame))
		return; /* a heading that names a matter and tells nothing */
	for (int at = 0; at < frame->count; at++)
		for (size_t i = 0; i < rules->count; i++) {
			const struct rule *rule = &rules->items[i];
			const char *why;

			if ((rule->all_types && !all_types) ||
			    !match_trigger(frame, at, rule))
				continue;
			why = try_rule(frame, at, rule, &found);
			tell(teller, frame, at, rule, why);
			if (why || replaces(out, &found) ||
			    out->count == FINDINGS_MAX)
				continue;
			out->items[out->count++] = found;
			add_effect(&found, out);
		}
	drop_yielding(out);
}
