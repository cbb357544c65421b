/*
 * test_memory_lines.c - what is kept of an article: samples, many of them, and lines of
 * text that bring them back.
 */
#include "memories.h"

#include "news/candidates/shingles.h"

/* ---- sampling ----------------------------------------------------------- */

static void few_shingles_stand_for_many(void **state)
{
	static const size_t counts[] = { 3, 258, 259, 2000, 50000, 300000 };

	(void)state;
	for (size_t i = 0; i < COUNT(counts); i++) {
		char *text = words(0, counts[i]);
		struct shingles shingles;

		assert_int_equal(shingles_of(text, strlen(text), &shingles, NULL),
				 ENT_OK);
		assert_int_equal(shingles.words, counts[i]);
		assert_true(shingles.count <= SHINGLES_MAX);
		assert_true(counts[i] < 1000 || shingles.count > 80);
		assert_int_equal(shingles.level > 0,
				 counts[i] - 2 > SHINGLES_MAX);
		for (size_t at = 0; at < shingles.count; at++) {
			assert_true(shingles_keep(shingles.hashes[at],
						  shingles.level));
			assert_true(at == 0 || shingles.hashes[at - 1] <
						       shingles.hashes[at]);
		}
		shingles_release(&shingles);
		free(text);
	}
}

/* The numbers are part of the file that is kept. */
static void the_numbers_are_the_same_everywhere(void **state)
{
	static const char text[] = "The treaty, unloved, did not hold.";
	struct shingles shingles;

	(void)state;
	assert_int_equal(shingles_of(text, sizeof(text) - 1, &shingles, NULL),
			 ENT_OK);
	assert_int_equal(shingles.count, 4);
	assert_true(shingles.hashes[0] == UINT64_C(0x2a58521aa2e224b3));
	assert_true(shingles.hashes[3] == UINT64_C(0xe63f618d071692b1));
	shingles_release(&shingles);
}

static void a_text_that_repeats_itself_is_short(void **state)
{
	struct shingles shingles;
	char *text = malloc(4 * 100000 + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < 100000; i++)
		memcpy(text + 4 * i, "yes ", 4);
	assert_int_equal(shingles_of(text, 400000, &shingles, NULL), ENT_OK);
	assert_int_equal(shingles.count, 1);
	assert_int_equal(shingles.level, 0);
	shingles_release(&shingles);
	free(text);
}

static void samples_of_unequal_texts_compare(void **state)
{
	static const size_t cuts[] = { 200, 1000, 2500, 4000 };

	(void)state;
	for (size_t i = 0; i < COUNT(cuts); i++) {
		struct ent_memory *memory = with(NULL, NULL);
		char *whole = words(0, 5000), *cut = words(500, cuts[i]);
		char *other = words(5000 - cuts[i] / 4, cuts[i]);

		assert_false(meet(memory, whole, "u:1").copy);
		assert_false(meet(memory, other, "u:2").copy);
		assert_true(meet(memory, cut, "u:3").copy);
		free(whole);
		free(cut);
		free(other);
		ent_memory_free(memory);
	}
}

/* ---- many --------------------------------------------------------------- */

enum { MANY = 10000, MANY_WORDS = 120 };

/* An article of its own with the same 20 words at its end as all others. */
static size_t make(char *out, size_t size, size_t i)
{
	size_t len = 0;

	for (size_t w = 0; w < MANY_WORDS; w++)
		len += (size_t)snprintf(out + len, size - len, "n%zux%zu ", i, w);
	for (size_t w = 0; w < 20; w++)
		len += (size_t)snprintf(out + len, size - len, "foot%zu ", w);
	return len;
}

static void ten_thousand_articles_do_not_take_long(void **state)
{
	struct ent_memory *memory = with(NULL, NULL);
	char text[4096], url[32];

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		size_t len = make(text, sizeof(text), i);
		struct ent_met met;

		snprintf(url, sizeof(url), "u:%zu", i);
		met = meet_bytes(memory, text, len, url);
		assert_false(met.copy || met.again);
	}
	for (size_t i = 0; i < MANY; i += 7) {
		size_t len = make(text, sizeof(text), i);
		struct ent_met met = meet_bytes(memory, text, len / 2, "v:");

		snprintf(url, sizeof(url), "u:%zu", i);
		assert_true(met.copy);
		assert_string_equal(met.original_name, url);
	}
	ent_memory_free(memory);
}

static void one_text_at_ten_thousand_addresses(void **state)
{
	struct ent_memory *memory = with(freeze, "u:start");
	char url[32];

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		snprintf(url, sizeof(url), "u:%zu", i);
		assert_true(meet(memory, freeze, url).copy);
		assert_true(meet(memory, freeze, url).again);
	}
	assert_int_equal(ent_memory_count(memory), MANY + 1);
	ent_memory_free(memory);
}

/* ---- lines -------------------------------------------------------------- */

static char *line(const struct ent_memory *memory, size_t i)
{
	char *out = NULL;
	size_t len = 0;

	assert_int_equal(ent_memory_line(memory, i, &out, &len, NULL), ENT_OK);
	assert_int_equal(strlen(out), len);
	assert_null(strchr(out, '\n'));
	return out;
}

static struct ent_memory *reloaded(const struct ent_memory *memory)
{
	struct ent_memory *again = with(NULL, NULL);

	for (size_t i = 0; i < ent_memory_count(memory); i++) {
		char *text = line(memory, i), *same;

		assert_int_equal(ent_memory_load(again, text, strlen(text), NULL),
				 ENT_OK);
		same = line(again, i);
		assert_string_equal(text, same);
		ent_free(text);
		ent_free(same);
	}
	assert_int_equal(ent_memory_count(again), ent_memory_count(memory));
	return again;
}

static void lines_bring_all_of_it_back(void **state)
{
	struct ent_memory *memory = with(freeze, "http://a.example/\x1b");
	struct ent_memory *again;
	char *text = words(0, 3000);

	(void)state;
	meet(memory, "too short", NULL);
	meet(memory, text, "u:3");
	meet_bytes(memory, freeze, strlen(freeze) / 2, "u:4");
	again = reloaded(memory);
	assert_true(meet(again, freeze, "http://a.example/\x1b").again);
	assert_true(meet(again, "too short", NULL).again);
	assert_true(meet(again, text, "u:5").copy);
	assert_true(meet_bytes(again, text, strlen(text) / 3, "u:6").copy);
	assert_true(meet_bytes(again, freeze, strlen(freeze) / 2, "u:4").again);
	assert_string_equal(meet(again, freeze, "u:7").original_name,
			    "http://a.example/\x1b");
	ent_memory_free(memory);
	ent_memory_free(again);
	free(text);
}

static void a_line_twice_is_one_article(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	char *text = line(memory, 0);

	(void)state;
	assert_int_equal(ent_memory_load(memory, text, strlen(text), NULL),
			 ENT_OK);
	assert_int_equal(ent_memory_count(memory), 1);
	ent_free(text);
	ent_memory_free(memory);
}

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define START "{\"digest\":\"" HEX "\",\"name\":\"n\","

static void lines_of_others_are_refused(void **state)
{
	static const struct {
		const char *line, *message;
	} rows[] = {
		{ "[]", "it is not a JSON object" },
		{ "{}", "name is missing" },
		{ "{\"name\":\"n\"}", "digest is not 64 digits of lower-case hex" },
		{ "{\"name\":7}", "name is no text" },
		{ "{\"name\":\"n\",\"digest\":\"00\"}",
		  "digest is not 64 digits of lower-case hex" },
		{ START "\"extra\":1}", "extra does not belong there" },
		{ START "\"published\":\"soon\"}", NULL },
		{ START "\"shingles\":\"\"}", "sampled is no power of two" },
		{ START "\"sampled\":0,\"shingles\":\"\"}",
		  "sampled is no power of two" },
		{ START "\"sampled\":3,\"shingles\":\"\"}",
		  "sampled is no power of two" },
		{ START "\"sampled\":-1,\"shingles\":\"\"}",
		  "sampled is no power of two" },
		{ START "\"sampled\":\"1\",\"shingles\":\"\"}",
		  "sampled is no power of two" },
		{ START "\"sampled\":1}",
		  "shingles are not up to 256 times 16 digits" },
		{ START "\"sampled\":1,\"shingles\":\"0\"}",
		  "shingles are not up to 256 times 16 digits" },
		{ START "\"sampled\":1,\"shingles\":\"00000000000000AA\"}",
		  "shingles are not lower-case hex" },
		{ START "\"sampled\":1,\"shingles\":"
		  "\"00000000000000020000000000000001\"}",
		  "shingles are not in order" },
		{ START "\"sampled\":1,\"shingles\":"
		  "\"00000000000000020000000000000002\"}",
		  "shingles are not in order" },
		{ START "\"sampled\":4,\"shingles\":\"0000000000000002\"}",
		  "a shingle does not belong to that sample" },
		{ START "\"copies\":\"" HEX "\"}",
		  "it copies an article that is not above it" },
		{ START "\"copies\":\"x\"}",
		  "copies is not 64 digits of lower-case hex" },
		{ START "\"copies\":\"" HEX "\",\"sampled\":1}",
		  "sampled does not belong there" },
		{ START "\"name\":\"m\"}", NULL },
		{ START "\"url\":\"\xff\"}", NULL },
		{ START, NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_memory *memory = with(NULL, NULL);
		struct ent_error err = { 0 };
		int rc = ent_memory_load(memory, rows[i].line,
					 strlen(rows[i].line), &err);

		if (rows[i].message)
			check_failure(rc, ENT_EINPUT, &err, rows[i].message);
		assert_int_equal(rc, ENT_EINPUT);
		assert_int_equal(ent_memory_count(memory), 0);
		ent_memory_free(memory);
	}
}

static void too_many_shingles_in_a_line_are_refused(void **state)
{
	struct ent_memory *memory = with(NULL, NULL);
	struct ent_error err = { 0 };
	char text[8192];
	size_t len;

	(void)state;
	len = (size_t)snprintf(text, sizeof(text), "%s\"sampled\":1,\"shingles\":"
			       "\"", START);
	for (int i = 0; i <= SHINGLES_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%016x",
					(unsigned)i);
	len += (size_t)snprintf(text + len, sizeof(text) - len, "\"}");
	check_failure(ent_memory_load(memory, text, len, &err), ENT_EINPUT, &err,
		      "shingles are not up to 256 times 16 digits");
	ent_memory_free(memory);
}

/* No prefix and no changed byte of a line does harm. */
static void damaged_lines_do_no_harm(void **state)
{
	struct ent_memory *memory = with(freeze, "u:1");
	char *text = line(memory, 0);
	size_t len = strlen(text);

	(void)state;
	for (size_t i = 0; i < len; i++) {
		struct ent_memory *fresh = with(NULL, NULL);
		char byte = text[i];

		assert_int_equal(ent_memory_load(fresh, text, i, NULL),
				 ENT_EINPUT);
		text[i] = (char)(byte ^ 0x11);
		(void)ent_memory_load(fresh, text, len, NULL);
		text[i] = byte;
		meet(fresh, freeze, "u:2");
		ent_memory_free(fresh);
	}
	ent_free(text);
	ent_memory_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_shingles_stand_for_many),
		cmocka_unit_test(the_numbers_are_the_same_everywhere),
		cmocka_unit_test(a_text_that_repeats_itself_is_short),
		cmocka_unit_test(samples_of_unequal_texts_compare),
		cmocka_unit_test(ten_thousand_articles_do_not_take_long),
		cmocka_unit_test(one_text_at_ten_thousand_addresses),
		cmocka_unit_test(lines_bring_all_of_it_back),
		cmocka_unit_test(a_line_twice_is_one_article),
		cmocka_unit_test(lines_of_others_are_refused),
		cmocka_unit_test(too_many_shingles_in_a_line_are_refused),
		cmocka_unit_test(damaged_lines_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
