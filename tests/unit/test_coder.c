/*
 * test_coder.c - from an article to candidates: places, dates, forms, and texts that
 * nobody wrote in good faith.  Whether what is proposed is right, tests/news/ says.
 */
#include "check.h"

#include <stdlib.h>

#include "entente/entente.h"
#include "entente/news.h"
#include "ground/utf8.h"

struct told {
	struct ent_coder *coder;
	char lines[1 << 16]; /* what the coder explained, a line each */
};

static void take_line(const char *line, void *arg)
{
	struct told *told = arg;
	size_t used = strlen(told->lines);

	snprintf(told->lines + used, sizeof(told->lines) - used, "%s\n", line);
}

static struct ent_coder *new_coder(const struct ent_coder_options *options)
{
	struct ent_coder *coder = NULL;
	struct ent_error err = { 0 };

	if (ent_coder_new(options, &coder, &err) < 0)
		fail_msg("%s", err.msg);
	return coder;
}

static int open_coder(void **state)
{
	static struct told told;
	struct ent_coder_options options = { .explain = take_line,
					     .explain_arg = &told };

	told.coder = new_coder(&options);
	*state = &told;
	return 0;
}

static int close_coder(void **state)
{
	ent_coder_free(((struct told *)*state)->coder);
	return 0;
}

/* ---- an article and its candidates ----------------------------------------- */

struct read {
	struct ent_candidate **items;
	size_t count;
};

static struct ent_article article_of(const char *published, const char *text)
{
	return (struct ent_article){ .name = "news.txt", .publisher = "Wire",
				     .published = published, .text = text,
				     .len = strlen(text) };
}

static struct read propose(struct ent_coder *coder,
			   const struct ent_article *article)
{
	struct read read = { NULL, 0 };
	struct ent_error err = { 0 };

	if (ent_propose(coder, article, &read.items, &read.count, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true((read.items == NULL) == (read.count == 0));
	return read;
}

static void release(struct read *read)
{
	ent_candidates_free(read->items, read->count);
}

static const char *member(const struct ent_candidate *candidate, const char *key)
{
	const char *text = ent_value_get_text(candidate->event, key);

	return text ? text : "";
}

/* Each candidate as "type actor alliance target date modality", with "; " between. */
static void print_events(const struct read *read, char *out, size_t size)
{
	static const char *const keys[] = { "type", "actor", "alliance", "target",
					    "date", "modality" };
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < read->count; i++) {
		used += (size_t)snprintf(out + used, size - used, "%s",
					 i ? "; " : "");
		for (size_t k = 0; k < COUNT(keys); k++) {
			const char *text = member(read->items[i], keys[k]);

			used += (size_t)snprintf(out + used, size - used, "%s%s",
						 k && *text ? " " : "", text);
		}
		assert_true(used < size);
	}
}

static void check_events(struct told *told, const char *published, const char *text,
			 const char *wanted)
{
	struct ent_article article = article_of(published, text);
	struct read read;
	char got[2048];

	told->lines[0] = '\0';
	read = propose(told->coder, &article);
	print_events(&read, got, sizeof(got));
	release(&read);
	if (strcmp(got, wanted) != 0)
		fail_msg("%s (%s)\n  gives  %s\n  wanted %s", text,
			 published ? published : "no date", got, wanted);
}

static const char story[] =
	"From: Wire\n\n"
	"Armenia left the CSTO on Monday, its government said. Türkiye “regretted” it. "
	"In 2012, Uzbekistan pulled out of the bloc; Mali, Niger and Burkina Faso "
	"announced their withdrawal from ECOWAS in 2024.\n\n"
	"Georgia accused Russia of attacking Ukraine. Sweden may join NATO. Finland and "
	"Sweden signed a treaty with NATO on 5 July 2022. Côte d’Ivoire did not join "
	"the CSTO. Iceland sent no troops to Ukraine.\n";

static struct ent_article story_article(void)
{
	struct ent_article article = article_of("2024-03-07", story);

	article.body = strlen("From: Wire\n\n");
	return article;
}

/* ---- places -------------------------------------------------------------------- */

static void check_around(const struct ent_article *article,
			 const struct ent_candidate *view)
{
	size_t before = view->before ? strlen(view->before) : 0;
	size_t after = view->after ? strlen(view->after) : 0;

	assert_true(before <= view->start - article->body);
	assert_true(view->end + after <= article->len);
	assert_true(before <= 200 && after <= 200);
	assert_true(before > 0 || view->start == article->body);
	if (before)
		assert_memory_equal(view->before,
				    article->text + view->start - before, before);
	if (after)
		assert_memory_equal(view->after, article->text + view->end, after);
}

static void quotes_stand_in_the_text(void **state)
{
	struct ent_article article = story_article();
	struct read read = propose(((struct told *)*state)->coder, &article);

	assert_true(read.count >= 10);
	for (size_t i = 0; i < read.count; i++) {
		const struct ent_candidate *view = read.items[i];

		assert_true(article.body <= view->start && view->start < view->end &&
			    view->end <= article.len);
		assert_int_equal(strlen(view->quote), view->end - view->start);
		assert_memory_equal(view->quote, article.text + view->start,
				    view->end - view->start);
		assert_true(view->start <= view->trigger_start &&
			    view->trigger_start < view->trigger_end &&
			    view->trigger_end <= view->end);
		assert_true(i == 0 || read.items[i - 1]->start <= view->start);
		assert_true(view->score >= 0 && view->score <= 1000);
		assert_string_equal(view->file, "news.txt");
		assert_int_equal(strlen(view->coded_by), 64);
		check_around(&article, view);
	}
	release(&read);
}

static void trigger_is_the_word(void **state)
{
	struct ent_article article = article_of("2024-03-07",
		"Mali has left ECOWAS. Britain pulled out of the EU in 2020.");
	struct read read = propose(((struct told *)*state)->coder, &article);

	assert_int_equal(read.count, 2);
	assert_memory_equal(article.text + read.items[0]->trigger_start, "has left", 8);
	assert_int_equal(read.items[0]->trigger_end - read.items[0]->trigger_start, 8);
	assert_memory_equal(article.text + read.items[1]->trigger_start, "pulled out",
			    10);
	release(&read);
}

static void candidates_are_well_formed(void **state)
{
	struct ent_article article = story_article();
	struct read read = propose(((struct told *)*state)->coder, &article);

	for (size_t i = 0; i < read.count; i++) {
		struct ent_candidate *again = NULL;
		struct ent_event *event = NULL;
		char *json = NULL, *text = NULL;
		size_t len;

		assert_int_equal(ent_candidate_json(read.items[i], &json, &len, NULL),
				 ENT_OK);
		assert_int_equal(ent_candidate_parse(json, len, &again, NULL), ENT_OK);
		assert_string_equal(again->quote, read.items[i]->quote);
		assert_int_equal(again->trigger_end, read.items[i]->trigger_end);
		assert_int_equal(ent_candidate_event_json(read.items[i], &text, &len,
							  NULL), ENT_OK);
		assert_int_equal(ent_event_parse(text, len, &event, NULL), ENT_OK);
		ent_event_free(event);
		ent_candidate_free(again);
		ent_free(text);
		ent_free(json);
	}
	release(&read);
}

/* ---- the same again -------------------------------------------------------------- */

static char *all_json(struct ent_coder *coder)
{
	struct ent_article article = story_article();
	struct read read = propose(coder, &article);
	char *all = calloc(1, 1 << 17);

	assert_non_null(all);
	for (size_t i = 0; i < read.count; i++) {
		char *json = NULL;
		size_t len;

		assert_int_equal(ent_candidate_json(read.items[i], &json, &len, NULL),
				 ENT_OK);
		assert_true(strlen(all) + len + 2 < 1 << 17);
		strcat(strcat(all, json), "\n");
		ent_free(json);
	}
	release(&read);
	return all;
}

static void same_bytes_again(void **state)
{
	struct told *told = *state;
	struct ent_coder *other = new_coder(NULL);
	char *first = all_json(told->coder), *second, *third;

	check_events(told, "2020-01-01", "Zambia left SADC. It said so.",
		     "member.withdrew ZMB SADC 2020-01-01"); /* leaves no trace */
	second = all_json(told->coder);
	third = all_json(other);
	assert_string_equal(first, second);
	assert_string_equal(first, third);
	ent_coder_free(other);
	free(third);
	free(second);
	free(first);
}

/* ---- dates ------------------------------------------------------------------------ */

static void dates(void **state)
{
	static const struct {
		const char *published, *text, *events;
	} rows[] = {
		{ "2024-03-07", "Mali left ECOWAS on Monday.",
		  "member.withdrew MLI ECOWAS 2024-03-04" },
		{ "2024-03-07", "Mali left ECOWAS on 5 January 2024.",
		  "member.withdrew MLI ECOWAS 2024-01-05" },
		{ "2024-03-07", "Mali left ECOWAS in 2023.",
		  "member.withdrew MLI ECOWAS 2023" },
		{ NULL, "Mali left ECOWAS in 2023.",
		  "member.withdrew MLI ECOWAS 2023" },
		{ NULL, "Mali left ECOWAS on 5 January 2024.",
		  "member.withdrew MLI ECOWAS 2024-01-05" },
		/* in one of the first sentences: news of the day */
		{ "2024-03-07", "Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07" },
		{ "2024-03", "Mali left ECOWAS.", "member.withdrew MLI ECOWAS 2024-03" },
		{ "2024-03-07/2024-03-09", "Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-09" },
		{ "2024-03-07T10:00:00Z", "Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07" },
		/* told of the past */
		{ "2024-03-07", "Mali had left ECOWAS.",
		  "member.withdrew MLI ECOWAS ../2024-03-07" },
		{ "2024-03-07", "One. Two. Three. Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS ../2024-03-07" },
		{ "2024-03-07", "Mali never left ECOWAS.",
		  "member.withdrew MLI ECOWAS ../2024-03-07 denied" },
		/* to come */
		{ "2024-03-07", "Mali may leave ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07/.. possible" },
		{ "2024-03-07", "Mali will leave ECOWAS on 1 June 2024.",
		  "member.withdrew MLI ECOWAS 2024-06-01 planned" },
		{ "2024-03-07", "Mali left ECOWAS on 1 June 2024.",
		  "member.withdrew MLI ECOWAS 2024-06-01 planned" },
		/* not known */
		{ NULL, "Mali left ECOWAS.", "" },
		{ NULL, "Mali left ECOWAS on Monday.", "" },
		{ NULL, "Mali left ECOWAS last year.", "" },
		{ NULL, "Mali may leave ECOWAS.", "" },
		{ "", "Mali left ECOWAS.", "" },
		{ "yesterday", "Mali left ECOWAS.", "" },
		{ "2024-03-07/..", "Mali left ECOWAS.", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_events(*state, rows[i].published, rows[i].text, rows[i].events);
}

static void undated_is_explained(void **state)
{
	struct told *told = *state;

	check_events(told, NULL, "Mali left ECOWAS.", "");
	assert_non_null(strstr(told->lines, "  + leave at \"left\"\n"));
	assert_non_null(strstr(told->lines, "fact member.withdrew actor:MLI "
		"alliance:ECOWAS: not proposed: no date is given, and the day of "
		"publication is not known\n"));
}

static void guessed_dates_are_noted(void **state)
{
	struct ent_article article = article_of("2024-03-07", "Mali left ECOWAS. "
		"Chad left it too. Niger left ECOWAS in 2023.");
	struct read read = propose(((struct told *)*state)->coder, &article);

	assert_int_equal(read.count, 3);
	assert_string_equal(read.items[0]->note, "no date is given");
	assert_string_equal(read.items[1]->note, "no date is given, and a party is "
			    "named only by a pronoun or title");
	assert_null(read.items[2]->note);
	assert_true(read.items[2]->score > read.items[0]->score);
	assert_true(read.items[0]->score > read.items[1]->score);
	release(&read);
}

/* ---- claims, types, each once ------------------------------------------------------- */

static void claims_name_who_says_so(void **state)
{
	static const struct {
		const char *publisher, *text, *by;
	} rows[] = {
		{ "Wire", "Georgia accused Russia of attacking Ukraine.", "GEO" },
		{ "Wire", "Russia attacked Georgia, Georgia said.", "GEO" },
		{ "Wire", "According to witnesses, Russia attacked Georgia.", "Wire" },
		{ NULL, "According to witnesses, Russia attacked Georgia.", "reports" },
	};
	struct told *told = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_article article = article_of("2024-03-07", rows[i].text);
		struct read read;
		size_t claims = 0;

		article.publisher = rows[i].publisher;
		read = propose(told->coder, &article);
		for (size_t k = 0; k < read.count; k++) {
			bool claim = strcmp(member(read.items[k], "modality"),
					    "claim") == 0;

			claims += claim;
			assert_string_equal(member(read.items[k], "attributed_to"),
					    claim ? rows[i].by : "");
		}
		assert_int_equal(claims, 1);
		release(&read);
	}
}

static void all_types_add_two(void **state)
{
	static const char text[] = "The presidents of France and Poland met on Monday. "
		"Mali left ECOWAS, its government said. Russia warned Georgia on "
		"Tuesday. Sweden joined NATO on 7 March 2024.";
	struct ent_coder_options options = { .all_types = true };
	struct ent_coder *all = new_coder(&options);
	struct ent_article article = article_of("2024-03-08", text);
	struct read few = propose(((struct told *)*state)->coder, &article);
	struct read many = propose(all, &article);
	size_t asked = 0;

	for (size_t i = 0; i < few.count; i++) {
		assert_string_not_equal(member(few.items[i], "type"), "meeting.held");
		assert_string_not_equal(member(few.items[i], "type"), "statement.made");
	}
	for (size_t i = 0; i < many.count; i++)
		asked += strcmp(member(many.items[i], "type"), "meeting.held") == 0 ||
			 strcmp(member(many.items[i], "type"), "statement.made") == 0;
	assert_true(asked >= 2);
	assert_int_equal(many.count, few.count + asked);
	release(&many);
	release(&few);
	ent_coder_free(all);
}

static void each_event_once(void **state)
{
	static const char *const rows[][2] = {
		{ "Mali left ECOWAS. Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07" },
		{ "Mali may leave ECOWAS. Mali left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07" },
		{ "Mali left ECOWAS. Mali may leave ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07" },
		{ "Mali left ECOWAS. Mali left ECOWAS in January 2024.",
		  "member.withdrew MLI ECOWAS 2024-01" },
		{ "Mali left ECOWAS in 2000. Mali left ECOWAS in 2024.",
		  "member.withdrew MLI ECOWAS 2000; member.withdrew MLI ECOWAS 2024" },
		{ "Mali left ECOWAS. Niger left ECOWAS.",
		  "member.withdrew MLI ECOWAS 2024-03-07; "
		  "member.withdrew NER ECOWAS 2024-03-07" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_events(*state, "2024-03-07", rows[i][0], rows[i][1]);
}

static void nothing_to_propose(void **state)
{
	static const char *const rows[] = { "", " ", "\n\n", ".", "NATO", "Armenia left.",
		"Withdrawal of Armenia from the CSTO", "The cat sat on the mat." };

	for (size_t i = 0; i < COUNT(rows); i++)
		check_events(*state, "2024-03-07", rows[i], "");
	ent_coder_free(NULL);
	ent_candidates_free(NULL, 0);
}

/* ---- hostile ------------------------------------------------------------------------ */

/* Outputs stay as they are. */
static void check_refused(struct ent_coder *coder, const struct ent_article *article,
			  size_t valid)
{
	struct ent_candidate **items = (void *)article;
	size_t count = 77;
	struct ent_error err;
	char msg[100];

	snprintf(msg, sizeof(msg), "news.txt: byte %zu of the text is not UTF-8",
		 valid + 1);
	check_failure(ent_propose(coder, article, &items, &count, &err), ENT_EINPUT,
		      &err, msg);
	assert_ptr_equal(items, article);
	assert_int_equal(count, 77);
}

static void read_bytes(struct told *told, const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1); /* a sanitizer sees what is behind */
	struct ent_article article = article_of("2024-03-07", "");
	struct read read;

	assert_non_null(copy);
	memcpy(copy, text, len);
	article.text = copy;
	article.len = len;
	told->lines[0] = '\0';
	if (utf8_check(copy, len) < len) {
		check_refused(told->coder, &article, utf8_check(copy, len));
		free(copy);
		return;
	}
	read = propose(told->coder, &article);
	for (size_t i = 0; i < read.count; i++)
		assert_memory_equal(read.items[i]->quote,
				    copy + read.items[i]->start,
				    strlen(read.items[i]->quote));
	release(&read);
	free(copy);
}

/* `first`, then piece as often as it takes, then `last`. */
static void read_repeated(struct told *told, const char *first, const char *piece,
			  size_t len, const char *last)
{
	size_t piece_len = strlen(piece), used = strlen(first);
	char *text = malloc(len + used + piece_len + strlen(last) + 1);

	assert_non_null(text);
	strcpy(text, first);
	for (size_t end = used + len; used < end; used += piece_len)
		memcpy(text + used, piece, piece_len);
	strcpy(text + used, last);
	read_bytes(told, text, strlen(text));
	free(text);
}

static void hostile_texts(void **state)
{
	static const char *const last = " Armenia left the CSTO.";

	read_repeated(*state, "Armenia left", ",", 100000, last);
	read_repeated(*state, "Armenia left ", "(", 50000, last);
	read_repeated(*state, "Armenia left ", ") ", 50000, last);
	read_repeated(*state, "Armenia left ", "\"“", 50000, last);
	read_repeated(*state, "Armenia ", "‘ ", 50000, last);
	read_repeated(*state, "Armenia left ", "and ", 1 << 20, last);
	read_repeated(*state, "Armenia left ", "a", 1 << 20, last);
	read_repeated(*state, "", "Armenia left the CSTO. ", 1 << 20, "");
	read_repeated(*state, "", "Armenia ", 300 * 8, last);
	read_repeated(*state, "", "Armenia, ", 150 * 9, "left the CSTO.");
	read_repeated(*state, "", "NATO ", 1 << 16, "");
	read_repeated(*state, "", "to leave ", 150 * 9, last);
	read_repeated(*state, "", "leaving ", 300 * 8, last);
	read_repeated(*state, "Armenia ", "will have been ", 100 * 15, last);
	read_repeated(*state, "", "of ", 300 * 3, last);
	read_repeated(*state, "", "which, ", 150 * 7, last);
	read_repeated(*state, "", "חבר בברית ", 1 << 16, last);
	read_repeated(*state, "", "\xE2\x80\xAE" "OTSC tfel ", 1 << 16, last);
	read_repeated(*state, "", "\x01\x02\x7F ", 1 << 16, last);
}

/* Lists that make as many pairs as there can be. */
static void many_parties(void **state)
{
	static const char list[] = "France, Germany, Italy, Spain, Portugal, Greece, "
		"Poland, Hungary, Austria, Sweden, Finland, Norway, Iceland, Ireland, "
		"Malta, Cyprus, Latvia, Estonia and Lithuania ";
	char text[1024];

	snprintf(text, sizeof(text), "%ssigned a treaty with %sin 2001, 2002, 2003, 2004 "
		 "and 2005.", list, list);
	read_bytes(*state, text, strlen(text));
	snprintf(text, sizeof(text), "%saccused %sof attacking %s.", list, list, list);
	read_bytes(*state, text, strlen(text));
}

static void every_prefix(void **state)
{
	for (size_t len = 0; len < sizeof(story); len++)
		read_bytes(*state, story, len);
}

static void random_words(void **state)
{
	static const char *const words[] = { "Armenia", "the", "CSTO", "left", "to",
		"leave", ",", "and", "of", "its", "membership", "said", "that", ".",
		"which", "not", "will", "'s", "NATO", "by", "suspended", "(", ")", "if",
		"Russian-led", "talks", "in 2012", "since", "-", "\n", "it", "president",
		"\"", "accused", "after", "2012–2014", "Putin", "troops", "\n\n" };
	uint32_t seed = 20240229;
	char text[4096];

	for (int round = 0; round < 3000; round++) {
		size_t used = 0, count = 1 + (seed >> 8) % 120;

		for (size_t i = 0; i < count; i++) {
			seed = seed * 1664525u + 1013904223u;
			used += (size_t)snprintf(text + used, sizeof(text) - used,
				"%s ", words[(seed >> 16) % COUNT(words)]);
		}
		read_bytes(*state, text, used);
	}
}

static void random_bytes(void **state)
{
	uint32_t seed = 7;
	char text[500];

	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < sizeof(text); i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = (char)(1 + (seed >> 16) % 255); /* no NUL */
		}
		read_bytes(*state, text, sizeof(text));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_stand_in_the_text),
		cmocka_unit_test(trigger_is_the_word),
		cmocka_unit_test(candidates_are_well_formed),
		cmocka_unit_test(same_bytes_again),
		cmocka_unit_test(dates),
		cmocka_unit_test(undated_is_explained),
		cmocka_unit_test(guessed_dates_are_noted),
		cmocka_unit_test(claims_name_who_says_so),
		cmocka_unit_test(all_types_add_two),
		cmocka_unit_test(each_event_once),
		cmocka_unit_test(nothing_to_propose),
		cmocka_unit_test(hostile_texts),
		cmocka_unit_test(many_parties),
		cmocka_unit_test(every_prefix),
		cmocka_unit_test(random_words),
		cmocka_unit_test(random_bytes),
	};

	return cmocka_run_group_tests(tests, open_coder, close_coder);
}
