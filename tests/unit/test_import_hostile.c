/*
 * test_import_hostile.c - damaged tables, feeds and maps: every one ends in
 * events, bad rows or a message, and every event is one.
 */
#include "imports.h"

#include "entente/event.h"

enum { ROUNDS = 400, BYTES_MAX = 8192 };

static uint32_t dice = 1;

static uint32_t roll(uint32_t below)
{
	dice = dice * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(dice >> 8) * below >> 24);
}

/* Bytes changed, dropped, doubled; some of them are what matters most. */
static size_t damage(char *bytes, size_t len)
{
	static const char special[] = "\"',;\t\r\n{}()=!.\\\0\xFF\xC3\xED";
	uint32_t times = 1 + roll(6);

	for (uint32_t i = 0; i < times && len > 4; i++) {
		size_t at = roll((uint32_t)len);
		size_t span = 1 + roll(3);

		switch (roll(3)) {
		case 0:
			bytes[at] = special[roll(sizeof(special) - 1)];
			break;
		case 1:
			if (at + span < len) {
				memmove(bytes + at, bytes + at + span,
					len - at - span);
				len -= span;
			}
			break;
		default:
			if (at + 2 * span < len && len + span < BYTES_MAX) {
				memmove(bytes + at + span, bytes + at, len - at);
				len += span;
			}
		}
	}
	return len;
}

static int take(const char *json, size_t len, const char *label, void *arg,
		struct ent_error *err)
{
	unsigned *events = arg;

	(void)label;
	(void)err;
	assert_int_equal(strlen(json), len);
	for (size_t i = 0; i < len; i++)
		assert_true((unsigned char)json[i] >= ' ' && json[i] != 0x7F);
	if (!strstr(json, "\"candidate\":")) {
		struct ent_event *event = NULL;
		struct ent_error why = { 0 };

		if (ent_event_parse(json, len, &event, &why) < 0)
			fail_msg("%s: %s", json, why.msg);
		ent_event_free(event);
	}
	++*events;
	return ENT_OK;
}

static void bad(const char *label, unsigned column, const char *why, void *arg)
{
	(void)arg;
	(void)column;
	assert_true(*label && *why);
}

enum form { CSV, GDELT, PLOVER };

static unsigned import(enum form form, const char *map, size_t map_len,
		       const char *bytes, size_t len)
{
	unsigned events = 0;
	const struct ent_import to = { take, bad, &events };
	struct ent_imported done;
	struct ent_error err = { 0 };
	int fd = file_of(bytes, len);
	int rc;

	if (form == CSV)
		rc = ent_import_csv(fd, "t", map, map_len, &to, &done, &err);
	else if (form == GDELT)
		rc = ent_import_gdelt(fd, "t", &to, &done, &err);
	else
		rc = ent_import_plover(fd, "t", &to, &done, &err);
	close(fd);
	assert_true(rc == ENT_OK || (rc == ENT_EINPUT && *err.msg));
	if (rc == ENT_OK)
		assert_int_equal(done.events, events);
	return events;
}

static const char table[] =
	"id,who,from,to,note\n"
	"A,2,1949-04-04,,\"quoted, \"\"text\"\"\"\n"
	"A,365,1955-05-14,1991-07-01,=1+1\n"
	"B,220,1951-01,1966-03-10,\"two\nlines\"\n"
	"B,220,1966-03-10,,\xC3\xA9\n";

static const char map[] =
	"delimiter comma\nmissing 0 -9\n"
	"let from_day = {from}\nlet to_day = {to}\nspell from_day to_day\n"
	"let state = {cow(who, year(to_day))}\nmerge id state\n"
	"group standing by id\nleave out when id = 'C'\n"
	"table words\n\tA first\n\t'B' second\n\telse {}\n"
	"every event\n\talliance X-{id}\n\tsource.title T\n\tsummary {list(note, 'x')}\n"
	"event member.joined once per standing when state and id != 'D'\n"
	"\tactor {upper(state)}\n\tdate {from_day}\n\tdata.word {words(id)}\n";

static const char gdelt[] =
	"1\t20191023\t\t\t\tTUR\tTURKEY\tTUR\t\t\t\t\t\t\t\tRUS\tRUSSIA\t"
	"RUS\t\t\t\t\t\t\t\t1\t042\t042\t04\t1\t1.9\t5\t1\t5\t1.0\t\t\t\t\t"
	"\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t20191024143000\t"
	"https://example.org/a\n";

static const char plover[] =
	"{\"event_type\":\"CONSULT\",\"event_mode\":[\"visit\"],\"pub_date\":"
	"\"2019-08-01\",\"headline\":\"Talks\",\"url\":\"https://example.org/b\","
	"\"attributes\":{\"ACTOR\":[{\"wiki\":\"Turkey\",\"country\":\"TUR\"},"
	"{\"country\":\"IGO\",\"wiki\":\"NATO\"}],\"RECIP\":[\"RUSGOV\",\"France\"]}}\n";

static void whole(void **state)
{
	(void)state;
	assert_int_equal(import(CSV, map, sizeof(map) - 1, table,
				sizeof(table) - 1), 2);
	assert_int_equal(import(GDELT, NULL, 0, gdelt, sizeof(gdelt) - 1), 1);
	assert_int_equal(import(PLOVER, NULL, 0, plover, sizeof(plover) - 1), 4);
}

static void damaged(enum form form, const char *good, size_t good_len)
{
	char bytes[BYTES_MAX];

	for (int i = 0; i < ROUNDS; i++) {
		size_t len;

		memcpy(bytes, good, good_len);
		len = damage(bytes, good_len);
		import(form, map, sizeof(map) - 1, bytes, len);
	}
}

static void damaged_tables(void **state)
{
	(void)state;
	damaged(CSV, table, sizeof(table) - 1);
}

static void damaged_gdelt(void **state)
{
	(void)state;
	damaged(GDELT, gdelt, sizeof(gdelt) - 1);
}

static void damaged_plover(void **state)
{
	(void)state;
	damaged(PLOVER, plover, sizeof(plover) - 1);
}

static void damaged_maps(void **state)
{
	char bytes[BYTES_MAX];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		size_t len;

		memcpy(bytes, map, sizeof(map) - 1);
		len = damage(bytes, sizeof(map) - 1);
		import(CSV, bytes, len, table, sizeof(table) - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole),
		cmocka_unit_test(damaged_tables),
		cmocka_unit_test(damaged_gdelt),
		cmocka_unit_test(damaged_plover),
		cmocka_unit_test(damaged_maps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
