/*
 * fuzz_candidate.c - any line as a candidate, as a person may have edited it, and
 * as an article that was seen before: what is read can be written and read.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz.h"

#include <string.h>

#include "entente/news.h"

static void check_candidate(struct ent_candidate *candidate)
{
	struct ent_candidate *again = NULL;
	struct ent_hash key, key_again;
	char *json = NULL, *twice = NULL;
	size_t len = 0, twice_len = 0;

	FUZZ_CHECK(ent_candidate_weigh(candidate, NULL, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_json(candidate, &json, &len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_parse(json, len, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_json(again, &twice, &twice_len, NULL) ==
		   ENT_OK);
	FUZZ_CHECK(len == twice_len && memcmp(json, twice, len) == 0);
	FUZZ_CHECK(ent_candidate_key(candidate, &key, NULL) == ENT_OK);
	FUZZ_CHECK(ent_candidate_key(again, &key_again, NULL) == ENT_OK);
	FUZZ_CHECK(memcmp(&key, &key_again, sizeof(key)) == 0);
	ent_candidate_free(again);
	ent_free(json);
	ent_free(twice);
}

static void check_memory(const char *line, size_t size)
{
	struct ent_memory *memory = NULL, *other = NULL;
	char *again = NULL, *twice = NULL;
	size_t len = 0, twice_len = 0;
	int rc;

	FUZZ_CHECK(ent_memory_new(&memory, NULL) == ENT_OK);
	FUZZ_CHECK(ent_memory_new(&other, NULL) == ENT_OK);
	rc = ent_memory_load(memory, line, size, NULL);
	FUZZ_CHECK(rc == ENT_OK || rc == ENT_EINPUT);
	if (rc == ENT_OK && ent_memory_count(memory) > 0) {
		FUZZ_CHECK(ent_memory_line(memory, 0, &again, &len, NULL) ==
			   ENT_OK);
		FUZZ_CHECK(ent_memory_load(other, again, len, NULL) == ENT_OK);
		FUZZ_CHECK(ent_memory_line(other, 0, &twice, &twice_len, NULL) ==
			   ENT_OK);
		FUZZ_CHECK(len == twice_len && memcmp(again, twice, len) == 0);
	}
	ent_memory_free(memory);
	ent_memory_free(other);
	ent_free(again);
	ent_free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *line = size > 0 ? (const char *)data : "";
	struct ent_candidate *candidate = NULL;
	int rc = ent_candidate_parse(line, size, &candidate, NULL);

	FUZZ_CHECK(rc == ENT_OK || rc == ENT_EINPUT);
	if (rc == ENT_OK)
		check_candidate(candidate);
	ent_candidate_free(candidate);
	check_memory(line, size);
	return 0;
}
