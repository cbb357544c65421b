/*
 * fuzz_proof.c - any text as a proof: what is accepted is an event that a log would
 * take.
 *
 * fuzz: -max_len=4096
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "entente/log.h"
#include "entente/proof.h"

static void check_event(const struct ent_event *event)
{
	struct ent_event *again = NULL;
	char *json = NULL;
	size_t len = 0;

	FUZZ_CHECK(ent_event_json(event, &json, &len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_event_parse(json, len, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_id_equal(&event->id, &again->id));
	FUZZ_CHECK(event->redacted == again->redacted);
	ent_event_free(again);
	ent_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct ent_proven proven;

	if (ent_proof_check(text, size, NULL, &proven, NULL) == ENT_OK) {
		FUZZ_CHECK(proven.event->seq > 0 &&
			   proven.event->seq <= proven.head.size);
		check_event(proven.event);
		ent_event_free(proven.event);
	}
	free(text);
	return 0;
}
