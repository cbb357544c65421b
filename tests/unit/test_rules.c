/*
 * test_rules.c - reading the rules, what breaks their form, and that the ones that
 * are compiled in hang together.  Whether they are right, tests/news/ says.
 */
#include "check.h"

#include <stdlib.h>

#include "entente/vocabulary.h"
#include "news/frame/frame.h"
#include "news/rules/rules.h"

struct given {
	struct words words;
	struct rules rules;
};

static int open_rules(void **state)
{
	static struct given given;
	struct ent_error err = { 0 };

	if (words_open(&given.words, &err) < 0 ||
	    rules_open(&given.rules, &given.words, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	*state = &given;
	return 0;
}

static int close_rules(void **state)
{
	struct given *given = *state;

	rules_close(&given->rules);
	words_close(&given->words);
	return 0;
}

static int read_text(const struct given *given, const char *text,
		     struct rules *out, struct ent_error *err)
{
	*out = (struct rules){ 0 };
	return rules_read(out, &given->words, text, strlen(text), err);
}

/* ---- a line ----------------------------------------------------------------- */

static void check_slot(const struct slot *slot, enum slot_place place,
		       enum slot_kind kind, const char *prep)
{
	assert_int_equal(slot->place, place);
	assert_int_equal(slot->kind, kind);
	assert_string_equal(slot->prep, prep);
}

static void places(void **state)
{
	struct rules rules;
	const struct slots *slots;

	assert_int_equal(read_text(*state, "a\tmember.joined\tverb=join\tactor="
		"subject/S,object/A,owner,its,named,context,main,speaker,other,"
		"alongside/A,?\tobject=of", &rules, NULL), ENT_OK);
	slots = &rules.items[0].actor;
	assert_int_equal(slots->count, 10);
	assert_true(slots->optional);
	check_slot(&slots->items[0], SLOT_SUBJECT, SLOT_STATE, "");
	check_slot(&slots->items[1], SLOT_OBJECT, SLOT_ALLIANCE, "");
	check_slot(&slots->items[2], SLOT_OWNER, SLOT_ANY, "");
	check_slot(&slots->items[3], SLOT_OBJECT_OWNER, SLOT_ANY, "");
	check_slot(&slots->items[4], SLOT_NAMED, SLOT_ANY, "");
	check_slot(&slots->items[5], SLOT_CONTEXT, SLOT_ANY, "");
	check_slot(&slots->items[6], SLOT_MAIN, SLOT_ANY, "");
	check_slot(&slots->items[7], SLOT_SPEAKER, SLOT_ANY, "");
	check_slot(&slots->items[8], SLOT_OTHER, SLOT_ANY, "");
	check_slot(&slots->items[9], SLOT_PREP, SLOT_ALLIANCE, "alongside");
	check_slot(&rules.items[0].object.items[0], SLOT_PREP, SLOT_ANY, "of");
	assert_false(rules.items[0].object.optional);
	assert_int_equal(rules.items[0].alliance.count, 0);
	rules_close(&rules);
}

static void words_of_a_rule(void **state)
{
	const struct given *given = *state;
	struct rules rules;
	const struct rule *rule;

	assert_int_equal(read_text(given, "# one\n\na.b\tmember.withdrew\t"
		"verb=leave,pull_out under=say not-under=deny,end\t"
		"with=treaty,bid without=troops subject=chair beside=joinword "
		"not-beside=race yields=member.joined,member.applied score=321",
		&rules, NULL), ENT_OK);
	assert_int_equal(rules.count, 1);
	rule = &rules.items[0];
	assert_string_equal(rule->id, "a.b");
	assert_string_equal(rule->type, "member.withdrew");
	assert_false(rule->noun);
	assert_int_equal(rule->lemmas.count, 2);
	assert_string_equal(rule->lemmas.items[0].text, "leave");
	assert_null(rule->lemmas.items[0].particle);
	assert_string_equal(rule->lemmas.items[1].text, "pull");
	assert_string_equal(rule->lemmas.items[1].particle, "out");
	assert_string_equal(rule->under.items[0].text, "say");
	assert_int_equal(rule->not_under.count, 2);
	assert_int_equal(rule->yields_count, 2);
	assert_string_equal(rule->yields[1], "member.applied");
	assert_int_equal(rule->score, 321);
	assert_true(topics_meet(&rule->with,
				&words_find(&given->words, "pact")->topics));
	assert_true(topics_meet(&rule->with,
				&words_find(&given->words, "bids")->topics));
	assert_false(topics_meet(&rule->with,
				 &words_find(&given->words, "soldiers")->topics));
	assert_true(topics_any(&rule->without) && topics_any(&rule->subject) &&
		    topics_any(&rule->beside) && topics_any(&rule->not_beside));
	rules_close(&rules);
}

static void plain_rule(void **state)
{
	struct rules rules;
	const struct rule *rule;

	assert_int_equal(read_text(*state, "a\tmember.joined\tnoun=any,thing",
				   &rules, NULL), ENT_OK);
	rule = &rules.items[0];
	assert_true(rule->noun);
	assert_string_equal(rule->lemmas.items[1].text, "thing");
	assert_int_equal(rule->score, 700);
	assert_int_equal(rule->polarity, POLARITY_PLAIN);
	assert_null(rule->modality);
	assert_false(rule->named_after || rule->bare || rule->since ||
		     rule->direct || rule->passive_only || rule->symmetric ||
		     rule->announced || rule->disputed || rule->all_types);
	rules_close(&rules);
}

static void flags(void **state)
{
	struct rules rules;
	const struct rule *rule;

	assert_int_equal(read_text(*state, "a\tmember.joined\tverb=join named-after "
		"bare since direct passive symmetric announced disputed all-types "
		"negated possible\nb\tmember.joined\tverb=join\tany-polarity\t"
		"planned\nc\tmember.joined\tverb=join\tdenied", &rules, NULL),
		ENT_OK);
	rule = rules.items;
	assert_true(rule->named_after && rule->bare && rule->since &&
		    rule->direct && rule->passive_only && rule->symmetric &&
		    rule->announced && rule->disputed && rule->all_types);
	assert_int_equal(rule->polarity, POLARITY_NEGATED);
	assert_string_equal(rule->modality, "possible");
	assert_int_equal(rules.items[1].polarity, POLARITY_ANY);
	assert_string_equal(rules.items[1].modality, "planned");
	assert_string_equal(rules.items[2].modality, "denied");
	rules_close(&rules);
}

/* ---- damaged lines ---------------------------------------------------------- */

#define A "a\tmember.joined\t"
#define FIVE(x) x "," x "," x "," x "," x

static void damaged_lines(void **state)
{
	static const char *const rows[][2] = {
		{ "a\tmember.joined", "rules.tsv:1: 2 fields" },
		{ "# one\n\na\n", "rules.tsv:3: 1 fields" },
		{ "a\tmember.born\tverb=join",
		  "rules.tsv:1: \"member.born\" is no type" },
		{ A "actor=subject", "rules.tsv:1: no verb= and no noun=" },
		{ A "verb=", "rules.tsv:1: no verb= and no noun=" },
		{ A "verb=zugzwang",
		  "rules.tsv:1: \"zugzwang\" is no verb of verbs.tsv" },
		{ A "verb=joined", "rules.tsv:1: \"joined\" is no verb of verbs.tsv" },
		{ A "verb=the", "rules.tsv:1: \"the\" is no verb of verbs.tsv" },
		{ A "verb=join under=meeting",
		  "rules.tsv:1: \"meeting\" is no verb of verbs.tsv" },
		{ A "verb=join not-under=x_out",
		  "rules.tsv:1: \"x\" is no verb of verbs.tsv" },
		{ A "noun=" FIVE("a,a,a,a,a"), "rules.tsv:1: more than 24 words" },
		{ A "verb=join with=treaty,zugzwang",
		  "rules.tsv:1: no set \"zugzwang\" in topics.tsv" },
		{ A "verb=join without=det", "rules.tsv:1: no set \"det\" in topics.tsv" },
		{ A "verb=join subject=say", "rules.tsv:1: no set \"say\" in topics.tsv" },
		{ A "verb=join beside=x", "rules.tsv:1: no set \"x\" in topics.tsv" },
		{ A "verb=join not-beside=x", "rules.tsv:1: no set \"x\" in topics.tsv" },
		{ A "verb=join actor=subject/X",
		  "rules.tsv:1: \"/X\" is neither /S nor /A" },
		{ A "verb=join alliance=to/",
		  "rules.tsv:1: \"/\" is neither /S nor /A" },
		{ A "verb=join target=notwithstanding",
		  "rules.tsv:1: \"notwithstanding\" is no place" },
		{ A "verb=join object=" FIVE("to,of") ",by",
		  "rules.tsv:1: more than 10 places" },
		{ A "verb=join yields=member.left",
		  "rules.tsv:1: \"member.left\" is no type" },
		{ A "verb=join yields=" FIVE("member.joined,member.joined,member.joined"),
		  "rules.tsv:1: more than 14 types" },
		{ A "verb=join perhaps", "rules.tsv:1: \"perhaps\" is no flag" },
		{ A "verb=join verbs=leave", "rules.tsv:1: \"verbs\" is no key" },
		{ A "verb=join\n" A "verb=leave =x", "rules.tsv:2: \"\" is no key" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rules rules;
		struct ent_error err;

		check_failure(read_text(*state, rows[i][0], &rules, &err),
			      ENT_ECORRUPT, &err, rows[i][1]);
		rules_close(&rules);
	}
}

static void not_compiled_in(void **state)
{
	struct given *given = *state;
	struct rules rules = { 0 };
	struct ent_error err;

	check_failure(rules_read(&rules, &given->words, NULL, 0, &err),
		      ENT_ECORRUPT, &err, "rules.tsv is not compiled in");
}

/* ---- the rules that are compiled in ------------------------------------------ */

static void ids_are_unique(void **state)
{
	const struct rules *rules = &((struct given *)*state)->rules;

	assert_true(rules->count > 100);
	for (size_t i = 0; i < rules->count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(rules->items[i].id, rules->items[k].id) == 0)
				fail_msg("there are two rules \"%s\"",
					 rules->items[i].id);
}

static bool is_asked_for(const char *type)
{
	return strcmp(type, "statement.made") == 0 ||
	       strcmp(type, "meeting.held") == 0;
}

static void figures_and_types(void **state)
{
	const struct rules *rules = &((struct given *)*state)->rules;

	for (size_t i = 0; i < rules->count; i++) {
		const struct rule *rule = &rules->items[i];

		if (rule->score < 50 || rule->score > 1000)
			fail_msg("%s: a score of %d", rule->id, rule->score);
		if (rule->all_types != is_asked_for(rule->type))
			fail_msg("%s: %s %s all-types", rule->id, rule->type,
				 rule->all_types ? "with" : "without");
		if (rule->actor.count == 0)
			fail_msg("%s: nobody acts", rule->id);
	}
}

static void add_topics(struct topics *to, const struct topics *from)
{
	for (size_t i = 0; i < COUNT(to->bits); i++)
		to->bits[i] |= from->bits[i];
}

static void every_topic_is_asked_for(void **state)
{
	const struct given *given = *state;
	struct topics used = { { 0 } };

	for (size_t i = 0; i < given->rules.count; i++) {
		const struct rule *rule = &given->rules.items[i];

		add_topics(&used, &rule->with);
		add_topics(&used, &rule->without);
		add_topics(&used, &rule->subject);
		add_topics(&used, &rule->beside);
		add_topics(&used, &rule->not_beside);
	}
	for (size_t i = 0; i < given->words.topics.count; i++)
		if (!(used.bits[i / 64] >> i % 64 & 1))
			fail_msg("no rule asks for the set \"%s\"",
				 given->words.topics.names[i]);
}

/* Is the particle of that verb found where it stands in a sentence? */
static bool is_found(const struct given *given, const struct lexicon *lexicon,
		     const struct lemma *lemma)
{
	static struct sentence sentence;
	static struct frame frame;
	struct arena arena = { 0 };
	struct story story = { .lexicon = lexicon, .words = &given->words,
			       .arena = &arena };
	struct sets sets;
	char text[80];
	int len = snprintf(text, sizeof(text), "It will %s %s.", lemma->text,
			   lemma->particle);
	bool found = false;

	assert_int_equal(sets_open(&sets, &given->words, NULL), ENT_OK);
	assert_int_equal(sentence_read(&sentence, text, 0, (size_t)len,
				       &given->words, lexicon, &arena, NULL),
			 ENT_OK);
	frame_build(&frame, &sentence, &sets, &story);
	for (int i = 0; i < frame.count; i++)
		found |= frame.nodes[i].kind == NODE_VERB &&
			 frame.nodes[i].particle >= 0;
	arena_release(&arena);
	return found;
}

/* "sign_on" would never fire: no word "on" is taken for a particle. */
static void every_particle_is_found(void **state)
{
	const struct given *given = *state;
	struct lexicon *lexicon = NULL;
	unsigned count = 0;

	assert_int_equal(lexicon_open(&lexicon, NULL), ENT_OK);
	for (size_t i = 0; i < given->rules.count; i++) {
		const struct rule *rule = &given->rules.items[i];

		for (int k = 0; k < rule->lemmas.count; k++) {
			const struct lemma *lemma = &rule->lemmas.items[k];

			count += lemma->particle != NULL;
			if (lemma->particle && !is_found(given, lexicon, lemma))
				fail_msg("%s: \"%s %s\" is not found", rule->id,
					 lemma->text, lemma->particle);
		}
	}
	assert_true(count > 0);
	lexicon_close(lexicon);
}

/* A form that only another verb has cannot fire: "lay" is the past of "lie". */
static void every_verb_is_a_lemma(void **state)
{
	const struct given *given = *state;

	for (size_t i = 0; i < given->rules.count; i++) {
		const struct rule *rule = &given->rules.items[i];

		for (int k = 0; k < rule->lemmas.count && !rule->noun; k++)
			if (!words_is_lemma(&given->words,
					    rule->lemmas.items[k].text))
				fail_msg("%s: \"%s\"", rule->id,
					 rule->lemmas.items[k].text);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(words_of_a_rule),
		cmocka_unit_test(plain_rule),
		cmocka_unit_test(flags),
		cmocka_unit_test(damaged_lines),
		cmocka_unit_test(not_compiled_in),
		cmocka_unit_test(ids_are_unique),
		cmocka_unit_test(figures_and_types),
		cmocka_unit_test(every_topic_is_asked_for),
		cmocka_unit_test(every_particle_is_found),
		cmocka_unit_test(every_verb_is_a_lemma),
	};

	return cmocka_run_group_tests(tests, open_rules, close_rules);
}
