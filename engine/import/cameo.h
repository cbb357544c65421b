/*
 * cameo.h - the codes of others (CAMEO, PLOVER) as types of ours.  README.md says
 * why each is what it is.
 */
#ifndef IMPORT_CAMEO_H
#define IMPORT_CAMEO_H

#include "import/pointer.h"

struct action {
	const char *code; /* the beginning of a CAMEO code, or a PLOVER type */
	const char *mode; /* of PLOVER; NULL: any */
	const char *type; /* of ours; NULL: nothing of ours */
	const char *word; /* "consults with": what the code says, for a note */
};

/* Of the longest beginning of code that is known; NULL where it is no CAMEO code. */
const struct action *cameo_action(const char *code);

/* NULL where there is no such type.  Letters of either case; mode may be NULL. */
const struct action *plover_action(const char *type, const char *mode);

/*
 * A party by codes of CAMEO: a state ("USA"), or a known group ("NAT").  role is
 * what of the state it is ("GOV", "" for the state itself): of companies, media or
 * refugees there is no telling what their state did.
 */
struct party_code cameo_party(const struct lexicon *lexicon, const char *state,
			      const char *group, const char *role);

#endif
