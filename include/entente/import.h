/*
 * import.h - tables and feeds of others, as events or as candidates.
 */
#ifndef ENTENTE_IMPORT_H
#define ENTENTE_IMPORT_H

#include "news.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ENT_ROW_BYTES_MAX = 1 << 20 }; /* of one row of a table */

/* Called for each event or candidate, as one line of JSON; label ("atop.csv:12")
 * says where it comes from.  Another return value than 0 ends the import: ENT_END
 * with success. */
typedef int ent_import_fn(const char *json, size_t len, const char *label,
			  void *arg, struct ent_error *err);

/* Called for each row that cannot be used.  column counts fields from 1; 0 where
 * it is the row's. */
typedef void ent_bad_row_fn(const char *label, unsigned column, const char *why,
			    void *arg);

struct ent_import {
	ent_import_fn *take;
	ent_bad_row_fn *bad; /* may be NULL */
	void *arg;
};

struct ent_imported {
	uint64_t rows;   /* read */
	uint64_t events; /* given to take */
	uint64_t bad;    /* rows that cannot be used */
	uint64_t left_out; /* on purpose: by the map; by a feed, what is none of
	                    * ours or was given already */
};

/*
 * A table (RFC 4180; comma, semicolon or tab as the map says), with a header line
 * unless the map names the columns.  map is the text of a column map, whose form
 * engine/import/README.md describes.  Events go to take, each checked as
 * ent_event_parse() does; a bad row does not end the import.  Rows are kept in
 * memory only where the map has a spell, and then take is called behind the last.
 *
 * ENT_EINPUT  the map breaks a rule (its line is named), or the table has no
 *             header, or lacks a column that the map names, or has it twice
 * ENT_EIO, ENT_ENOMEM; whatever take returned
 */
ENT_API int ent_import_csv(int fd, const char *name, const char *map,
			   size_t map_len, const struct ent_import *to,
			   struct ent_imported *out, struct ent_error *err);

/* The text of the map of that name that is compiled in ("atop"), or NULL. */
ENT_API const char *ent_import_map(const char *name, size_t *out_len);

/*
 * GDELT 2.0 event export (61 columns, tabs, no header): candidates, never events:
 * pointers to an article that a person should read.  take gets them in the form
 * that ent_candidate_parse() reads: claims of the page's publisher.
 */
ENT_API int ent_import_gdelt(int fd, const char *name,
			     const struct ent_import *to,
			     struct ent_imported *out, struct ent_error *err);

/* JSON Lines with PLOVER types or CAMEO codes, as NGEC and POLECAT write them:
 * candidates. */
ENT_API int ent_import_plover(int fd, const char *name,
			      const struct ent_import *to,
			      struct ent_imported *out, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
