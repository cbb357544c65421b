/*
 * fuzz_map.c - any column map, with a table whose columns are a, b, c and d.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz_import.h"

static const char comma[] = "a,b,c,d\nCSTO,ARM,1994,\nCSTO,ARM,2001-02,2024\n"
			    "CSTO,AZE,1994-05-03,1999\nX,US,,'q'\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ent_import to = { import_event, import_bad, NULL };
	struct ent_imported done = { 0 };
	struct ent_error err = { 0 };
	int fd = fuzz_file((const uint8_t *)comma, sizeof(comma) - 1);
	const char *map = size > 0 ? (const char *)data : "";

	import_is_done(ent_import_csv(fd, "t.csv", map, size, &to, &done, &err),
		       &done);
	return 0;
}
