/*
 * test_memory.c - copies of articles, and what only looks like one.
 */
#include "memories.h"

/* Two more reports of the event of `freeze`, by other hands. */
static const char freeze_again[] =
	"Pashinyan: we no longer take part. In an interview that was broadcast on "
	"Thursday evening, the head of Armenia's government used the word "
	"\"frozen\" for his country's place in the CSTO. The alliance of six "
	"former Soviet republics, which Russia leads, owed help to a member under "
	"attack, but none had come when it was asked for, he argued. Observers in "
	"the capital do not expect a formal exit soon: notice must be given half a "
	"year ahead, and the parliament has not been asked. The secretariat said "
	"it had received no paper from Yerevan. Armenia is still bound to Russia "
	"by gas, grain and the railway, and both sides know it.";
static const char freeze_third[] =
	"A year ago it was empty chairs; now there is a word for them. Armenia "
	"considers its membership in the Russian-led defence pact suspended in "
	"practice, its prime minister said this week. Opposition deputies accused "
	"him of gambling with the country's safety. Supporters answered that there "
	"was nothing left to gamble away, since nobody had moved when villages "
	"near Jermuk came under fire. Diplomats from Kazakhstan and Belarus "
	"declined to comment. France and India have begun to deliver radar and "
	"artillery, and a civilian mission of the European Union patrols the "
	"border since 2023.";

/* ---- copies ------------------------------------------------------------- */

static void what_was_cut_is_a_copy(void **state)
{
	static const size_t percents[] = { 20, 50, 80 };

	(void)state;
	for (size_t i = 0; i < COUNT(percents); i++) {
		struct ent_memory *memory = with(freeze, "http://a.example/1");
		size_t len = strlen(freeze) * percents[i] / 100;
		struct ent_met met = meet_bytes(memory, freeze, len,
						"http://b.example/2");

		assert_true(met.copy);
		assert_false(met.again);
		assert_true(met.shared_permille >= 900);
		assert_string_equal(met.original_name, "http://a.example/1");
		ent_memory_free(memory);
	}
}

static void the_whole_is_a_copy_of_what_was_cut(void **state)
{
	struct ent_memory *memory = with(NULL, NULL);
	struct ent_met met;

	(void)state;
	meet_bytes(memory, freeze, strlen(freeze) * 95 / 100,
		   "http://b.example/2");
	met = meet(memory, freeze, "http://a.example/1");
	assert_true(met.copy);
	assert_false(met.longer);
	ent_memory_free(memory);
}

/* First the flash, then the story: its own text must not be lost. */
static void what_says_much_more_is_longer(void **state)
{
	struct ent_memory *memory = with(NULL, NULL);
	size_t len = strlen(freeze);
	struct ent_met met;

	(void)state;
	meet_bytes(memory, freeze, len / 5, "u:flash");
	met = meet(memory, freeze, "u:story");
	assert_true(met.copy && met.longer);
	assert_string_equal(met.original_name, "u:flash");
	met = meet_bytes(memory, freeze, len * 9 / 10, "u:copy");
	assert_true(met.copy && !met.longer);
	assert_string_equal(met.original_name, "u:story");
	met = meet_bytes(memory, freeze + len / 2, len / 2, "u:end");
	assert_true(met.copy && !met.longer);
	assert_string_equal(met.original_name, "u:story");
	met = meet(memory, freeze, "u:story");
	assert_true(met.again && !met.copy && !met.longer);
	ent_memory_free(memory);
}

static void a_new_headline_and_footer_hide_nothing(void **state)
{
	struct ent_memory *memory = with(freeze, "http://a.example/1");
	char text[4096];
	struct ent_met met;

	(void)state;
	snprintf(text, sizeof(text), "ALLIANCE LOSES A MEMBER IN ALL BUT NAME\n"
		 "\n%s\n\nThis report was taken from the wires and shortened by "
		 "our editors. Subscribe to the morning letter.", freeze);
	met = meet(memory, text, "http://c.example/3");
	assert_true(met.copy);
	assert_true(met.longer); /* a fifth of it was read nowhere */
	assert_true(met.shared_permille >= 950);

	snprintf(text, sizeof(text), "ALLIANCE LOSES A MEMBER\n\n%s", freeze);
	met = meet(memory, text, "http://c.example/4");
	assert_true(met.copy && !met.longer);
	ent_memory_free(memory);
}

static void quotes_case_and_spaces_do_not_count(void **state)
{
	struct ent_memory *memory = with(
		"\"We've frozen it,\" Armenia's premier said - and the bloc's "
		"secretary didn't answer; the others kept quiet as well.", "u:1");
	struct ent_met met = meet(memory,
		"\xE2\x80\x9CWe\xE2\x80\x99ve  FROZEN it,\xE2\x80\x9D\nArmenia"
		"\xE2\x80\x99s Premier said\xE2\x80\x94" "and the bloc\xE2\x80\x99s "
		"sec\xC2\xADretary didn\xCA\xBCt answer\xC2\xA0\xE2\x80\xA6 the "
		"others kept\xE2\x80\x83quiet as well\xC2\xBB", "u:2");

	(void)state;
	assert_true(met.copy);
	assert_int_equal(met.shared_permille, 1000);
	ent_memory_free(memory);
}

static void letters_outside_ascii_count(void **state)
{
	struct ent_memory *memory = with(
		"\xC3\xA9t\xC3\xA9 \xC3\xA0 la mer \xC3\xB4 temps suspends ton vol "
		"et vous heures propices suspendez votre cours", "u:1");
	struct ent_met met = meet(memory,
		"t \xC3\xB9 le mer \xC3\xBB tamps suspens tan val \xC3\xAAt veus "
		"heure propice suspendons notre cour", "u:2");

	(void)state;
	assert_false(met.copy);
	ent_memory_free(memory);
}

static void reports_of_one_event_are_no_copies(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");

	(void)state;
	assert_false(meet(memory, freeze_again, "u:2").copy);
	assert_false(meet(memory, freeze_third, "u:3").copy);
	assert_int_equal(ent_memory_count(memory), 3);
	ent_memory_free(memory);
}

/* 66 words are 64 shingles. */
static void half_is_enough_and_less_is_not(void **state)
{
	char *whole = words(0, 66), *half = words(32, 66), *less = words(33, 66);
	struct ent_memory *memory = with(whole, "u:1");
	struct ent_met met = meet(memory, half, "u:2");

	(void)state;
	assert_true(met.copy && met.longer);
	assert_int_equal(met.shared_permille, 500);
	ent_memory_free(memory);

	memory = with(whole, "u:1");
	assert_false(meet(memory, less, "u:2").copy);
	ent_memory_free(memory);
	free(whole);
	free(half);
	free(less);
}

/* 102 words are 100 shingles, of which each new word at the end is one. */
static void a_tenth_of_its_own_is_news(void **state)
{
	char *whole = words(0, 102), *tenth = words(10, 102);
	char *more = words(11, 102);
	struct ent_memory *memory = with(whole, "u:1");
	struct ent_met met = meet(memory, tenth, "u:2");

	(void)state;
	assert_true(met.copy && !met.longer);
	assert_int_equal(met.shared_permille, 900);
	met = meet(memory, more, "u:3");
	assert_true(met.copy && met.longer);
	assert_int_equal(met.shared_permille, 890);
	ent_memory_free(memory);
	free(whole);
	free(tenth);
	free(more);
}

/* Two words in a cut are parts of words: no news. */
static void a_short_cut_has_no_news(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	struct ent_met met = meet_bytes(memory, freeze + 20, 75, "u:2");

	(void)state;
	assert_true(met.copy && !met.longer);
	ent_memory_free(memory);
}

/* Both have more than half of it. */
static void the_best_match_is_the_original(void **state)
{
	char *first = add_words(words(0, 60), 500, 60);
	char *second = add_words(words(20, 60), 700, 60);
	char *cut = words(10, 70);
	struct ent_memory *memory = with(first, "u:1");
	struct ent_met met;

	(void)state;
	assert_false(meet(memory, second, "u:2").copy);
	met = meet(memory, cut, "u:3");
	assert_true(met.copy);
	assert_string_equal(met.original_name, "u:2");
	ent_memory_free(memory);
	free(first);
	free(second);
	free(cut);
}

/* Of news in two lines, one word may be all the difference. */
static void short_ones_must_be_all_the_same(void **state)
{
	static const char niger[] = "Niger has left the bloc after a year of "
		"notice, the government in the capital said on Wednesday, and "
		"the flags were taken down.";
	static const char mali[] = "Mali has left the bloc after a year of "
		"notice, the government in the capital said on Wednesday, and "
		"the flags were taken down.";
	struct ent_memory *memory = with(niger, "u:1");
	char text[512];

	(void)state;
	assert_false(meet(memory, mali, "u:2").copy);
	snprintf(text, sizeof(text), "NIAMEY (Wire) - %s", niger);
	assert_true(meet(memory, text, "u:3").copy);
	assert_true(meet_bytes(memory, niger, 80, "u:4").copy);
	ent_memory_free(memory);
}

static void a_copy_of_a_copy_has_the_first_as_its_original(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	size_t half = strlen(freeze) / 2;
	struct ent_met first, second;

	(void)state;
	first = meet_bytes(memory, freeze, half, "u:2");
	second = meet_bytes(memory, freeze, half, "u:3");
	assert_true(second.copy);
	assert_memory_equal(&first.original, &second.original,
			    sizeof(first.original));
	assert_string_equal(second.original_name, "u:1");
	ent_memory_free(memory);
}

/* ---- identity ----------------------------------------------------------- */

static void digest_and_address_are_the_article(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	struct ent_met met = meet(memory, freeze, "u:1");

	(void)state;
	assert_true(met.again && !met.copy);
	assert_string_equal(met.original_name, "u:1");
	met = meet(memory, freeze, "u:2");
	assert_true(met.copy && !met.again);
	assert_int_equal(met.shared_permille, 1000);
	met = meet(memory, freeze, "u:2");
	assert_true(met.again && !met.copy);
	assert_string_equal(met.original_name, "u:1");
	met = meet(memory, freeze, NULL);
	assert_true(met.copy);
	assert_int_equal(ent_memory_count(memory), 3);
	ent_memory_free(memory);
}

/* An article that is mended where it stands is no second source of itself. */
static void another_text_at_its_address_is_read(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	size_t len = strlen(freeze);
	char corrected[2048];
	struct ent_met met;

	(void)state;
	snprintf(corrected, sizeof(corrected), "%s Correction: on Friday.",
		 freeze);
	met = meet(memory, corrected, "u:1");
	assert_true(met.copy && met.longer && !met.again);
	met = meet_bytes(memory, freeze, len * 3 / 4, "u:1");
	assert_true(met.longer && !met.again);
	met = meet(memory, corrected, "u:2");
	assert_true(met.copy && !met.longer);
	met = meet_bytes(memory, freeze, len / 2, "u:2"); /* of a copy too */
	assert_true(met.copy && met.longer);
	met = meet(memory, freeze, "u:2"); /* also word for word */
	assert_true(met.copy && met.longer);
	met = meet(memory, freeze, "u:1");
	assert_true(met.again && !met.longer);
	ent_memory_free(memory);
}

static void forget(struct ent_memory *memory, const char *text, const char *url)
{
	struct told told = tell(text, strlen(text), url);

	ent_memory_forget(memory, &told.article);
	free(told.text);
}

static void what_was_forgotten_was_never_seen(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");

	(void)state;
	forget(memory, freeze, "u:2");
	assert_true(meet(memory, freeze, "u:1").again);
	forget(memory, freeze, "u:1");
	assert_int_equal(ent_memory_count(memory), 0);
	forget(memory, freeze, "u:1");

	assert_false(meet(memory, freeze_again, "u:1").copy);
	assert_false(meet(memory, freeze, "u:2").copy);
	assert_true(meet(memory, freeze, "u:3").copy);
	forget(memory, freeze, "u:2"); /* no longer the last */
	assert_int_equal(ent_memory_count(memory), 3);
	forget(memory, freeze, "u:3");
	assert_true(meet(memory, freeze, "u:2").again);
	assert_true(meet(memory, freeze, "u:3").copy);
	assert_true(meet(memory, freeze_again, "u:1").again);
	ent_memory_free(memory);
}

static void without_an_address_the_text_is_the_article(void **state)
{
	struct ent_memory *memory = with(freeze, NULL);
	struct ent_met met = meet(memory, freeze, NULL);

	(void)state;
	assert_true(met.again);
	assert_string_equal(met.original_name, "test");
	ent_memory_free(memory);
}

static void short_ones_are_copies_only_as_a_whole(void **state)
{
	struct ent_memory *memory = with("Armenia freezes.", "u:1");

	(void)state;
	assert_false(meet(memory, "Armenia freezes", "u:2").copy);
	assert_true(meet(memory, "Armenia freezes.", "u:3").copy);
	assert_false(meet(memory, "b1 b2 b3 b4 b5 b6 b7 b8 b9", "u:4").copy);
	assert_false(meet(memory, "b1 b2 b3 b4 b5 b6 b7 b8 b9.", "u:5").copy);
	ent_memory_free(memory);
}

static void nothing_is_no_copy_of_nothing(void **state)
{
	struct ent_memory *memory = with("", "u:1");

	(void)state;
	assert_false(meet(memory, "", "u:2").copy);
	assert_true(meet(memory, "", "u:2").again);
	assert_false(meet(memory, " -- ...\n", "u:3").copy);
	ent_memory_free(memory);
}

static void a_header_does_not_count(void **state)
{
	static const char head[] = "DATE: 2024-02-23\n\n";
	struct ent_memory *memory = with(freeze, "u:1");
	struct told told;
	struct ent_met met = { 0 };
	char text[2048];

	(void)state;
	snprintf(text, sizeof(text), "%s%s", head, freeze);
	told = tell(text, strlen(text), "u:2");
	told.article.body = sizeof(head) - 1;
	assert_int_equal(ent_memory_meet(memory, &told.article, &met, NULL),
			 ENT_OK);
	assert_true(met.copy);
	assert_int_equal(met.shared_permille, 1000);
	free(told.text);
	ent_memory_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_cut_is_a_copy),
		cmocka_unit_test(the_whole_is_a_copy_of_what_was_cut),
		cmocka_unit_test(what_says_much_more_is_longer),
		cmocka_unit_test(a_new_headline_and_footer_hide_nothing),
		cmocka_unit_test(quotes_case_and_spaces_do_not_count),
		cmocka_unit_test(letters_outside_ascii_count),
		cmocka_unit_test(reports_of_one_event_are_no_copies),
		cmocka_unit_test(half_is_enough_and_less_is_not),
		cmocka_unit_test(a_tenth_of_its_own_is_news),
		cmocka_unit_test(a_short_cut_has_no_news),
		cmocka_unit_test(the_best_match_is_the_original),
		cmocka_unit_test(short_ones_must_be_all_the_same),
		cmocka_unit_test(a_copy_of_a_copy_has_the_first_as_its_original),
		cmocka_unit_test(digest_and_address_are_the_article),
		cmocka_unit_test(another_text_at_its_address_is_read),
		cmocka_unit_test(what_was_forgotten_was_never_seen),
		cmocka_unit_test(without_an_address_the_text_is_the_article),
		cmocka_unit_test(short_ones_are_copies_only_as_a_whole),
		cmocka_unit_test(nothing_is_no_copy_of_nothing),
		cmocka_unit_test(a_header_does_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
