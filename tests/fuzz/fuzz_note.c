/*
 * fuzz_note.c - any text as a note of a head, and as a public key: what is read is
 * written again as it was.
 *
 * fuzz: -max_len=1024
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "entente/head.h"

/* From the tests of Go's note package. */
static const char known_key[] =
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

static void as_note(const char *text, size_t len, const struct ent_public *key)
{
	struct ent_note note, again;
	char *written = NULL;
	size_t written_len = 0;

	if (ent_note_read(text, len, key, &note, NULL) < 0)
		return;
	FUZZ_CHECK(ent_note_write(&note.head, note.origin, NULL, &written,
				  &written_len, NULL) == ENT_OK);
	FUZZ_CHECK(written_len <= len && memcmp(written, text, written_len) == 0);
	FUZZ_CHECK(ent_note_read(written, written_len, NULL, &again, NULL) ==
		   ENT_OK);
	FUZZ_CHECK(again.head.size == note.head.size);
	ent_free(written);
}

static void as_key(const char *text, size_t len)
{
	struct ent_public key;
	char written[ENT_PUBLIC_TEXT_SIZE];

	if (ent_public_parse(text, len, &key, NULL) < 0)
		return;
	ent_public_text(&key, written);
	FUZZ_CHECK(strlen(written) <= len &&
		   memcmp(written, text, strlen(written)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct ent_public key;

	FUZZ_CHECK(ent_public_parse(known_key, strlen(known_key), &key, NULL) ==
		   ENT_OK);
	as_note(text, size, NULL);
	as_note(text, size, &key);
	as_key(text, size);
	free(text);
	return 0;
}
