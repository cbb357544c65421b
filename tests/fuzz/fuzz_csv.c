/*
 * fuzz_csv.c - any table, with one of three maps by its first byte: plain columns,
 * spells that are merged and grouped, and the map of ATOP.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz_import.h"

static const char plain_map[] =
	"missing - .\n"
	"let day = {date(y, m, d)}\n"
	"table how\n\tleft withdrew\n\t'thrown out' expelled\n\telse not_renewed\n"
	"leave out when a = 'X'\n"
	"every event\n\talliance {upper(a)}\n\tactor {iso2(s)}\n"
	"\tsource.title T\n\tdata.note {list(s, {day}, 'n')}\n"
	"event member.joined when y\n\tdate {day}\n"
	"event x.how when h != ''\n\tdate {day}\n\tdata.how {how(h)}\n";

static const char spell_map[] =
	"delimiter semicolon\n"
	"let a = {from}\nlet b = {to}\n"
	"spell a b\nmerge state\ngroup stands by who\n"
	"every event\n\talliance {who}\n\tactor {state}\n\tsource.title T\n"
	"event alliance.founded once per stands\n\tdate {stands.from}\n"
	"event member.joined\n\tdate {a}\n"
	"event member.withdrew when b\n\tdate {b}\n\tuntil {day_before(b)}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ent_import to = { import_event, import_bad, NULL };
	struct ent_imported done = { 0 };
	struct ent_error err = { 0 };
	size_t atop_len;
	const char *atop = ent_import_map("atop", &atop_len);
	const char *maps[] = { plain_map, spell_map, atop };
	size_t lens[] = { sizeof(plain_map) - 1, sizeof(spell_map) - 1,
			  atop_len };
	size_t which = size > 0 ? data[0] % 3 : 0;
	int fd = fuzz_file(data + (size > 0), size - (size > 0));

	import_is_done(ent_import_csv(fd, "t.csv", maps[which], lens[which], &to,
				      &done, &err), &done);
	return 0;
}
