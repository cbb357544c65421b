/*
 * fuzz_event.c - any line as an event: both ways in accept the same, the body is
 * canonical, and the event written as JSON is the same event again.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "doors/codec.h"
#include "log/batch.h"
#include "log/record.h"

static struct ent_batch *batch;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	FUZZ_CHECK(ent_batch_new(&batch, NULL) == ENT_OK);
	return 0;
}

static void check_body(const struct ent_event *event, struct ent_bytes body)
{
	struct buf packed = { 0 };

	FUZZ_CHECK(codec_pack(event->body, &packed, NULL) == ENT_OK);
	FUZZ_CHECK(packed.len == body.len &&
		   memcmp(packed.data, body.data, body.len) == 0);
	FUZZ_CHECK(codec_scan(body, NULL) == ENT_OK);
	buf_release(&packed);
}

/* Dates that can be ordered, and the same view when it comes from the log. */
static void check_view(const struct ent_event *event)
{
	struct arena arena = { 0 };
	struct ent_event view;

	FUZZ_CHECK(event_view(event->body, &arena, &view, NULL) == ENT_OK);
	FUZZ_CHECK(strcmp(view.type, event->type) == 0);
	FUZZ_CHECK(view.when.lo == event->when.lo &&
		   view.when.hi == event->when.hi);
	FUZZ_CHECK(!event->date || event->when.lo <= event->when.hi);
	FUZZ_CHECK(!event->until || event->held.lo <= event->held.hi);
	FUZZ_CHECK(!ent_id_is_nil(&event->id));
	arena_release(&arena);
}

static void check_again(const struct ent_event *event)
{
	struct ent_event *again = NULL;
	char *json = NULL;
	size_t len = 0;

	FUZZ_CHECK(ent_event_json(event, &json, &len, NULL) == ENT_OK);
	FUZZ_CHECK(ent_event_parse(json, len, &again, NULL) == ENT_OK);
	FUZZ_CHECK(ent_id_equal(&event->id, &again->id));
	FUZZ_CHECK(ent_value_equal(event->body, again->body));
	ent_event_free(again);
	ent_free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *json = size > 0 ? (const char *)data : "";
	struct ent_error err = { 0 }, batch_err = { 0 };
	struct ent_event *event = NULL;
	int rc = ent_event_parse(json, size, &event, &err);
	int batch_rc = ent_batch_add(batch, json, size, "line", &batch_err);

	FUZZ_CHECK(rc == ENT_OK || (rc == ENT_EINPUT && !event));
	FUZZ_CHECK(rc == batch_rc && err.column == batch_err.column &&
		   strcmp(err.msg, batch_err.msg) == 0);
	FUZZ_CHECK(ent_batch_count(batch) == (rc == ENT_OK));
	if (rc == ENT_OK) {
		check_body(event, batch->drafts[0].body);
		check_view(event);
		check_again(event);
	} else {
		FUZZ_CHECK(err.column >= 0 && (size_t)err.column <= size + 1);
	}
	ent_event_free(event);
	ent_batch_clear(batch);
	return 0;
}
