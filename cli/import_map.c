/*
 * import_map.c - the column map of `import csv`: a file, or one that is compiled
 * in.
 */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAP_MAX = 1 << 20 };

static int read_map(struct import *import, FILE *file)
{
	struct text text = { 0 };
	char piece[4096];
	size_t n;

	while ((n = fread(piece, 1, sizeof(piece), file)) > 0 &&
	       text.len <= MAP_MAX)
		text_bytes(&text, piece, n);
	import->map_text = text.data;
	import->map_len = text.len;
	if (ferror(file))
		return fail_errno(CLI_INPUT, "read %s", import->map);
	if (text.len > MAP_MAX)
		return fail(CLI_INPUT, "%s is longer than 1 MiB: no map",
			    import->map);
	return CLI_DONE;
}

/* A name without a slash or a dot is that of a map that is compiled in, unless
 * there is such a file. */
int import_map(struct import *import, const char **out_text, size_t *out_len)
{
	FILE *file = fopen(import->map, "re");
	int rc;

	if (!file) {
		*out_text = ent_import_map(import->map, out_len);
		if (*out_text)
			return CLI_DONE;
		rc = fail_errno(CLI_INPUT, "open the map %s", import->map);
		if (!strpbrk(import->map, "./"))
			hint("the maps that are built in: atop");
		return rc;
	}
	rc = read_map(import, file);
	fclose(file);
	*out_text = import->map_text ? import->map_text : "";
	*out_len = import->map_len;
	return rc;
}
