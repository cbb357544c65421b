/*
 * test_words.c - sets of words, forms of verbs, and lines that break the form.
 */
#include "check.h"

#include <stdlib.h>

#include "news/frame/frame.h"
#include "news/rules/words.h"

enum { ALL_FORMS = FORM_BASE | FORM_S | FORM_PAST | FORM_PARTICIPLE | FORM_ING };

static int open_words(void **state)
{
	static struct words words;
	struct ent_error err = { 0 };

	if (words_open(&words, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	*state = &words;
	return 0;
}

static int close_words(void **state)
{
	words_close(*state);
	return 0;
}

/* ---- what is compiled in ------------------------------------------------- */

static void files_are_compiled_in(void **state)
{
	static const char *const names[] = { "words.tsv", "topics.tsv",
					     "verbs.tsv", "rules.tsv" };
	size_t len = 0, count = 0;

	(void)state;
	while (rule_file_at(count, &len)) {
		assert_true(len > 0);
		count++;
	}
	assert_int_equal(count, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++)
		assert_non_null(rule_file(names[i], &len));
	assert_null(rule_file("other.tsv", &len));
}

static void sets_hold_their_words(void **state)
{
	static const struct {
		const char *word, *set;
	} rows[] = {
		{ "the", "det" },	 { "of", "prep" },
		{ "until", "also_prep" }, { "until", "sub" },
		{ "has", "have" },	 { "will", "will" },
		{ "will", "modal" },	 { "n't", "neg" },
		{ "president", "office" }, { "parliament", "organ" },
		{ "alliance", "bloc" },
	};
	const struct words *words = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct word *word = words_find(words, rows[i].word);

		assert_non_null(word);
		assert_string_equal(word->text, rows[i].word);
		assert_true(word->sets & words_set(words, rows[i].set));
	}
	assert_null(words_find(words, "The"));
	assert_null(words_find(words, ""));
	assert_null(words_find(words, "zugzwang"));
}

static void names_of_sets(void **state)
{
	const struct words *words = *state;
	struct topics topics = { { 0 } };

	assert_int_equal(words_set(words, "no-such-set"), 0);
	assert_int_equal(words_verb_set(words, "no-such-set"), 0);
	assert_int_equal(words_verb_set(words, "det"), 0);
	assert_int_equal(words_set(words, "say"), 0);
	assert_false(words_topic(words, "no-such-set", &topics));
	assert_false(topics_any(&topics));
	assert_true(words_topic(words, "treaty", &topics));
	assert_true(topics_any(&topics));
	assert_true(topics_meet(&topics, &words_find(words, "pact")->topics));
	assert_false(topics_meet(&topics, &words_find(words, "troops")->topics));
}

/* Each word of a set is lower case, as texts are compared in lower case. */
static void words_are_lower_case(void **state)
{
	const struct words *words = *state;

	for (size_t i = 0; i < words->count; i++)
		for (const char *c = words->items[i].text; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				fail_msg("%s is not lower case",
					 words->items[i].text);
}

/* The code names all of them, and none that is missing. */
static void code_uses_every_set(void **state)
{
	const struct words *words = *state;
	struct sets sets;
	const word_sets *all = (const word_sets *)&sets;
	const size_t first_verb = offsetof(struct sets, say) / sizeof(*all);
	word_sets used[2] = { 0, 0 };
	const struct set_names *names[2] = { &words->sets, &words->verb_sets };

	assert_int_equal(sets_open(&sets, words, NULL), ENT_OK);
	for (size_t i = 0; i < sizeof(sets) / sizeof(*all); i++)
		used[i >= first_verb] |= all[i];
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < names[k]->count; i++)
			if (!(used[k] >> i & 1))
				fail_msg("nobody asks for the set \"%s\"",
					 names[k]->names[i]);
}

static void missing_set_is_told(void **state)
{
	static const char text[] = "det\tthe a\n";
	struct words words = { 0 };
	struct ent_error err;
	struct sets sets;

	(void)state;
	assert_int_equal(words_read(&words, "words.tsv", text, sizeof(text) - 1,
				    &err), ENT_OK);
	check_failure(sets_open(&sets, &words, &err), ENT_ECORRUPT, &err,
		      "no set \"prep\" in words.tsv or verbs.tsv");
	words_close(&words);
}

/* ---- verbs ---------------------------------------------------------------- */

enum { B = FORM_BASE, S = FORM_S, P = FORM_PAST | FORM_PARTICIPLE, G = FORM_ING };

static const struct form_row {
	const char *text, *lemma;
	unsigned forms;
	bool noun;
} forms[] = {
	{ "join", "join", B, false },
	{ "joins", "join", S, false },
	{ "joined", "join", P, false },
	{ "joining", "join", G, false },
	{ "apply", "apply", B, false },
	{ "applies", "apply", S, false },
	{ "applied", "apply", P, false },
	{ "applying", "apply", G, false },
	{ "deploys", "deploy", S, false },
	{ "deployed", "deploy", P, false },
	{ "agreed", "agree", P, false },
	{ "agreeing", "agree", G, false },
	{ "ratified", "ratify", P, false },
	{ "announcing", "announce", G, false },
	{ "vetoes", "veto", S, true },
	{ "vetoed", "veto", P, false },
	{ "pushes", "push", S, true },
	{ "passes", "pass", S, true },
	{ "discusses", "discuss", S, false },
	{ "vote", "vote", B, true },
	{ "votes", "vote", S, true },
	{ "voted", "vote", P, false },
	{ "voting", "vote", G, true },
	{ "froze", "freeze", FORM_PAST, false },
	{ "frozen", "freeze", FORM_PARTICIPLE, false },
	{ "freezing", "freeze", G, true },
	{ "left", "leave", P, false },
	{ "leaving", "leave", G, false },
	{ "quit", "quit", B | P, false },
	{ "quitting", "quit", G, false },
	{ "withdrew", "withdraw", FORM_PAST, false },
	{ "withdrawn", "withdraw", FORM_PARTICIPLE, false },
	{ "expelled", "expel", P, false },
	{ "expelling", "expel", G, false },
	{ "became", "become", FORM_PAST, false },
	{ "become", "become", B | FORM_PARTICIPLE, false },
	{ "cancelled", "cancel", P, false },
	{ "canceled", "cancel", P, false },
	{ "canceling", "cancel", G, false },
	{ "lying", "lie", G, true },
	{ "found", "found", B, false }, /* not of "find" */
	{ "founded", "found", P, false },
	{ "finds", "find", S, false },
	{ "turn_down", "turn_down", B, false },
};

static void forms_of_verbs(void **state)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		const struct word *word = words_find(*state, forms[i].text);

		if (!word || !word->lemma)
			fail_msg("%s is no verb", forms[i].text);
		if (strcmp(word->lemma, forms[i].lemma) != 0 ||
		    word->forms != forms[i].forms ||
		    word->noun != forms[i].noun)
			fail_msg("%s: %s %x%s", forms[i].text, word->lemma,
				 word->forms, word->noun ? " noun" : "");
	}
}

static void no_wrong_forms(void **state)
{
	static const char *const none[] = { "applys", "applyed", "agreeed",
		"announceing", "vetos", "leaved", "freezed", "quited", "expeling",
		"lieing", "withdrawed" };

	for (size_t i = 0; i < COUNT(none); i++)
		if (words_find(*state, none[i]))
			fail_msg("%s is taken for a word", none[i]);
}

static unsigned forms_of(const struct words *words, const char *lemma)
{
	unsigned found = 0;

	for (size_t i = 0; i < words->count; i++)
		if (words->items[i].lemma &&
		    strcmp(words->items[i].lemma, lemma) == 0)
			found |= words->items[i].forms;
	return found;
}

/* Of two verbs that share a form, the first has it. */
static unsigned forms_lost(const char *lemma)
{
	if (strcmp(lemma, "find") == 0)
		return P; /* found */
	if (strcmp(lemma, "lay") == 0)
		return B; /* lie, lay, lain */
	return strcmp(lemma, "fulfill") == 0 ? P | G : 0; /* fulfil */
}

static void every_verb_has_every_form(void **state)
{
	const struct words *words = *state;

	for (size_t i = 0; i < words->count; i++) {
		const char *lemma = words->items[i].lemma;

		if (lemma && forms_of(words, lemma) !=
		    (ALL_FORMS & ~forms_lost(lemma)))
			fail_msg("%s has forms %x only", lemma,
				 forms_of(words, lemma));
	}
}

static void lemmas(void **state)
{
	assert_true(words_is_lemma(*state, "join"));
	assert_true(words_is_lemma(*state, "be"));
	assert_false(words_is_lemma(*state, "joined"));
	assert_false(words_is_lemma(*state, "the"));
	assert_false(words_is_lemma(*state, "zugzwang"));
}

static void sets_of_verbs(void **state)
{
	static const struct {
		const char *word, *set;
	} rows[] = {
		{ "said", "say" },	  { "accuses", "accuse" },
		{ "accuses", "claim" },	  { "announced", "announce" },
		{ "voted", "commit" },	  { "planning", "plan" },
		{ "refused", "negate" },  { "denies", "deny" },
		{ "urged", "ask" },	  { "calls", "prepverb" },
		{ "turn_down", "negate" }, { "canceled", "end" },
	};
	const struct words *words = *state;

	for (size_t i = 0; i < COUNT(rows); i++)
		if (!(words_find(words, rows[i].word)->verb &
		      words_verb_set(words, rows[i].set)))
			fail_msg("%s is not of \"%s\"", rows[i].word, rows[i].set);
	assert_int_equal(words_find(words, "turn")->verb &
			 words_verb_set(words, "negate"), 0);
}

/* ---- damaged lines -------------------------------------------------------- */

static void check_damage(const char *name, const char *text, const char *msg)
{
	struct words words = { 0 };
	struct ent_error err;

	check_failure(words_read(&words, name, text, text ? strlen(text) : 0,
				 &err), ENT_ECORRUPT, &err, msg);
	words_close(&words);
}

static void damaged_lines(void **state)
{
	static const char *const rows[][3] = {
		{ "words.tsv", "det the a\n", "words.tsv:1: 1 fields instead of 2" },
		{ "words.tsv", "# a comment\n\ndet\tthe\nprep\tof\tin\n",
		  "words.tsv:4: 3 fields instead of 2" },
		{ "topics.tsv", "treaty\n", "topics.tsv:1: 1 fields instead of 2" },
		{ "verbs.tsv", "join\t-\n", "verbs.tsv:1: 2 fields instead of 3" },
		{ "verbs.tsv", "join\t-\t-\nleave\tleft left\t-\tsay",
		  "verbs.tsv:2: 4 fields instead of 3" },
		{ "verbs.tsv", "a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\tm\tn\to\tp\tq\tr",
		  "verbs.tsv:1: 16 fields instead of 3" },
		{ "nouns.tsv", "join\t-\t-\n",
		  "nouns.tsv: no file of words has that name" },
		{ "words.tsv", NULL, "words.tsv is not compiled in" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_damage(rows[i][0], rows[i][1], rows[i][2]);
}

/* One line for each set, s0 to s(count - 1). */
static char *many_sets(const char *form, unsigned count)
{
	char *text = calloc(count + 1, 32), *at = text;

	assert_non_null(text);
	for (unsigned i = 0; i < count; i++)
		at += sprintf(at, strcmp(form, "verb") == 0 ? "v\t-\ts%u\n" :
			      "s%u\tword\n", i);
	return text;
}

static void check_limit(const char *name, const char *form, unsigned max,
			const char *msg)
{
	struct words words = { 0 };
	char *text = many_sets(form, max);

	assert_int_equal(words_read(&words, name, text, strlen(text), NULL),
			 ENT_OK);
	words_close(&words);
	free(text);
	text = many_sets(form, max + 1);
	check_damage(name, text, msg);
	free(text);
}

static void too_many_sets(void **state)
{
	(void)state;
	check_limit("words.tsv", "set", 64, "words.tsv:65: more than 64 sets");
	check_limit("topics.tsv", "set", 256, "topics.tsv:257: more than 256 sets");
	check_limit("verbs.tsv", "verb", 64, "verbs.tsv:65: more than 64 sets");
}

/* A set may have several lines, a word several sets, and blanks are as they come. */
static void odd_but_whole(void **state)
{
	static const char text[] = "a\tone  two\n# three\n\nb\ttwo \na\tfour";
	struct words words = { 0 };

	(void)state;
	assert_int_equal(words_read(&words, "words.tsv", text, sizeof(text) - 1,
				    NULL), ENT_OK);
	assert_int_equal(words.count, 3);
	assert_int_equal(words_find(&words, "one")->sets, 1);
	assert_int_equal(words_find(&words, "two")->sets, 3);
	assert_int_equal(words_find(&words, "four")->sets, 1);
	assert_null(words_find(&words, "three"));
	words_close(&words);
}

/* A lemma of any length, and more forms than a verb has. */
static void odd_verbs(void **state)
{
	char text[200] = "";
	struct words words = { 0 };

	(void)state;
	memset(text, 'x', 100);
	strcpy(text + 100, "\t-\t-\ngo\twent gone going gonna\tnoun noun\n");
	assert_int_equal(words_read(&words, "verbs.tsv", text, strlen(text), NULL),
			 ENT_OK);
	assert_int_equal(words_find(&words, "went")->forms, FORM_PAST);
	assert_true(words_find(&words, "going")->noun);
	assert_false(words_find(&words, "gone")->noun);
	assert_null(words_find(&words, "gonna"));
	words_close(&words);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_compiled_in),
		cmocka_unit_test(sets_hold_their_words),
		cmocka_unit_test(names_of_sets),
		cmocka_unit_test(words_are_lower_case),
		cmocka_unit_test(code_uses_every_set),
		cmocka_unit_test(missing_set_is_told),
		cmocka_unit_test(forms_of_verbs),
		cmocka_unit_test(no_wrong_forms),
		cmocka_unit_test(every_verb_has_every_form),
		cmocka_unit_test(lemmas),
		cmocka_unit_test(sets_of_verbs),
		cmocka_unit_test(damaged_lines),
		cmocka_unit_test(too_many_sets),
		cmocka_unit_test(odd_but_whole),
		cmocka_unit_test(odd_verbs),
	};

	return cmocka_run_group_tests(tests, open_words, close_words);
}
