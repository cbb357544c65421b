/*
 * map_files.c - the column maps that are compiled in: engine/import/maps.
 */
#include "entente/import.h"

#include <string.h>

#include "map_files.h"

static bool is_named(const char *file, const char *name)
{
	size_t len = strlen(name);

	return strncmp(file, name, len) == 0 && strcmp(file + len, ".map") == 0;
}

const char *ent_import_map(const char *name, size_t *out_len)
{
	for (const struct embedded *file = embedded; file->name; file++) {
		if (!is_named(file->name, name))
			continue;
		*out_len = file->len;
		return file->text;
	}
	return NULL;
}
