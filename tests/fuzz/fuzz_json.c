/*
 * fuzz_json.c - any text as JSON: the fast reader and jansson must not differ in
 * what they accept, nor in the value; and what is read can be written and read.
 *
 * fuzz: -max_len=1024
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "doors/json.h"
#include "doors/json_private.h"
#include "ground/utf8.h"

static void check_again(const struct ent_value *value, enum ent_json_style style)
{
	struct arena arena = { 0 };
	struct ent_value again;
	char *text = NULL;
	size_t len = 0;

	FUZZ_CHECK(ent_value_json(value, style, &text, &len, NULL) == ENT_OK);
	FUZZ_CHECK(strlen(text) == len);
	FUZZ_CHECK(json_read(text, len, &arena, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_value_equal(value, &again));
	ent_free(text);
	arena_release(&arena);
}

static void check_columns(const char *text, size_t size,
			  const struct ent_value *value)
{
	for (size_t i = 0; value->kind == ENT_MAP && i < value->len; i++) {
		int column = json_column(text, size, value->as.members[i].key,
					 NULL, i & 1);

		FUZZ_CHECK(column >= 1 && (size_t)column <= size);
	}
}

/* Both readers, and the door in front of them. */
static void check_readers(const char *text, size_t size)
{
	struct arena arena = { 0 };
	struct ent_value plain, library, door;
	struct ent_error err = { 0 };
	bool taken = json_plain(text, size, &arena, &plain);
	int rc = json_library(text, size, &arena, &library, &err);

	FUZZ_CHECK(rc == ENT_OK || (rc == ENT_EINPUT && err.column >= 1 &&
				    (size_t)err.column <= size + 1));
	FUZZ_CHECK(json_read(text, size, &arena, &door, NULL) == rc);
	FUZZ_CHECK(!taken || rc == ENT_OK);
	if (rc == ENT_OK) {
		FUZZ_CHECK(!taken || ent_value_equal(&plain, &library));
		FUZZ_CHECK(ent_value_equal(&door, &library));
		check_columns(text, size, &door);
		check_again(&door, ENT_JSON_CANONICAL);
		check_again(&door, ENT_JSON_SAFE);
	}
	arena_release(&arena);
}

static void check_refused(const char *text, size_t size)
{
	struct arena arena = { 0 };
	struct ent_error err = { 0 };
	struct ent_value value;

	FUZZ_CHECK(json_read(text, size, &arena, &value, &err) == ENT_EINPUT);
	FUZZ_CHECK(err.column >= 1);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = size > 0 ? (const char *)data : "";

	if (utf8_check(text, size) == size)
		check_readers(text, size);
	else
		check_refused(text, size);
	return 0;
}
