/*
 * trust.h - keys, notes of heads and proofs, from files to what the library takes.
 *
 * What does not hold (a signature, a proof, a log that does not extend a note) is
 * CLI_DAMAGE; what has another form is CLI_INPUT.  All print what is wrong.
 */
#ifndef CLI_TRUST_H
#define CLI_TRUST_H

#include "cli.h"
#include "text.h"

/* Read a whole file of at most max bytes, "-" being the standard input. */
int trust_file(const char *who, const char *name, size_t max, struct text *out);

/* From here on no core dump of this process, and nobody traces it: it will hold a
 * secret key. */
void trust_hide(void);

/* The secret key in a file: *out is given to ent_key_free(). */
int trust_key(const char *who, const char *file, struct ent_key **out);

/* --pub: a file with a public key, or that key's text itself. */
int trust_public(const char *who, const char *key, struct ent_public *out);

/* A note of a head that a log is to extend. */
struct since {
	const char *file; /* NULL: none is asked about */
	const char *pub;  /* NULL: no signature is looked at */
	const char *origin; /* whose head it must be; NULL: anyone's */
	struct ent_note note;
	struct ent_public key;
};

/* Read the note and check its signature; 0 too where none is asked about.  Where it
 * does not hold, that is an answer and no failure: 0, nothing is printed, and err
 * (zero before) has the code and the message. */
int since_read(const char *who, struct since *since, struct ent_error *err);

/* ", signed by NAME", or that its signature was not looked at. */
void since_signed(const struct since *since, struct text *out);

/* {"head":...,"origin":...,"signed_by":...,"size":...} */
void since_json(const struct since *since, struct text *out);

#endif
