/*
 * fuzz_gdelt.c - any file as an export of GDELT.
 *
 * fuzz: -max_len=2048
 */
#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ent_import to = { import_candidate, import_bad, NULL };
	struct ent_imported done = { 0 };
	struct ent_error err = { 0 };

	import_is_done(ent_import_gdelt(fuzz_file(data, size), "g.csv", &to,
					&done, &err), &done);
	return 0;
}
