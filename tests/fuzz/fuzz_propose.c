/*
 * fuzz_propose.c - any text as an article: each candidate quotes it exactly, is an
 * event, and comes back from its line of JSON.  The same article again gives the
 * same, and is known as the same.
 *
 * fuzz: -max_len=400
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "doors/hash.h"
#include "entente/news.h"
#include "ground/utf8.h"

static struct ent_coder *coder;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const struct ent_coder_options options = { .all_types = true };

	(void)argc;
	(void)argv;
	FUZZ_CHECK(ent_coder_new(&options, &coder, NULL) == ENT_OK);
	return 0;
}

static void check_event(const struct ent_candidate *candidate)
{
	struct ent_event *event = NULL;
	char *json = NULL;
	size_t len = 0;

	FUZZ_CHECK(ent_candidate_event_json(candidate, &json, &len, NULL) ==
		   ENT_OK);
	FUZZ_CHECK(ent_event_parse(json, len, &event, NULL) == ENT_OK);
	ent_event_free(event);
	ent_free(json);
}

static void check_again(const struct ent_candidate *candidate)
{
	struct ent_candidate *again = NULL;
	char *json = NULL, *twice = NULL;
	size_t len = 0, twice_len = 0;

	FUZZ_CHECK(ent_candidate_json(candidate, &json, &len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_parse(json, len, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_json(again, &twice, &twice_len, NULL) ==
		   ENT_OK);
	FUZZ_CHECK(len == twice_len && memcmp(json, twice, len) == 0);
	ent_candidate_free(again);
	ent_free(json);
	ent_free(twice);
}

static void check_candidate(const struct ent_article *article,
			    const struct ent_candidate *candidate)
{
	FUZZ_CHECK(candidate->start < candidate->end &&
		   candidate->end <= article->len);
	FUZZ_CHECK(candidate->trigger_start >= candidate->start &&
		   candidate->trigger_end <= candidate->end &&
		   candidate->trigger_start < candidate->trigger_end);
	FUZZ_CHECK(candidate->score >= 0 && candidate->score <= 1000);
	check_event(candidate);
	check_again(candidate);
}

static void check_memory(const struct ent_article *article)
{
	struct ent_memory *memory = NULL, *other = NULL;
	struct ent_met met = { 0 };
	char *line = NULL;
	size_t len = 0;

	FUZZ_CHECK(ent_memory_new(&memory, NULL) == ENT_OK);
	FUZZ_CHECK(ent_memory_new(&other, NULL) == ENT_OK);
	FUZZ_CHECK(ent_memory_meet(memory, article, &met, NULL) == ENT_OK);
	FUZZ_CHECK(!met.again && !met.copy);
	FUZZ_CHECK(ent_memory_line(memory, 0, &line, &len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_memory_load(other, line, len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_memory_meet(other, article, &met, NULL) == ENT_OK);
	FUZZ_CHECK(met.again);
	ent_memory_free(memory);
	ent_memory_free(other);
	ent_free(line);
}

static void check_article(const struct ent_article *article)
{
	struct ent_candidate **candidates = NULL;
	size_t count = 0;

	FUZZ_CHECK(ent_propose(coder, article, &candidates, &count, NULL) ==
		   ENT_OK);
	for (size_t i = 0; i < count; i++)
		check_candidate(article, candidates[i]);
	ent_candidates_free(candidates, count);
	check_memory(article);
}

/* An article has no control characters, which is the reader's to see to. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct ent_article article = { .name = "a.txt",
				       .title = "T",
				       .published = "2025-07-18",
				       .text = text,
				       .len = size };

	for (size_t i = 0; i < size; i++)
		if ((unsigned char)text[i] < ' ' && text[i] != '\n' &&
		    text[i] != '\t')
			text[i] = ' ';
	if (utf8_check(text, size) == size && size > 0) {
		hash_parts(&(struct ent_bytes){ text, size }, 1, &article.digest,
			   NULL);
		check_article(&article);
	}
	free(text);
	return 0;
}
