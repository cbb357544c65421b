/*
 * import.h - one run of import.
 */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "append.h"

#include <entente/import.h>

enum { IMPORT_REPORTS_MAX = 20 };

struct import {
	struct append append; /* what csv does with its events */
	bool skip_bad, print;
	struct text printed;  /* with print: held back until all rows are good */
	const char *map;
	char *map_text;       /* of a file; else the map is compiled in */
	size_t map_len;
	const char *name;     /* of the file that is read */
	struct ent_imported done; /* of all files */
	uint64_t bad;         /* rows, and events that stand in the way */
	uint64_t reported;
	int rc;               /* an exit code, once a callback failed */
};

/* import_map.c: find the map.  0, or the exit code after a message. */
int import_map(struct import *import, const char **out_text, size_t *out_len);

#endif
