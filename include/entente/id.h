/*
 * id.h - the names of things: an event's UUID and its SHA-256.
 */
#ifndef ENTENTE_ID_H
#define ENTENTE_ID_H

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ENT_ID_TEXT_SIZE = 37, ENT_HASH_TEXT_SIZE = 65 }; /* with the NUL */

/* A UUID.  All zero is no event's id: it stands for "none". */
struct ent_id {
	uint8_t bytes[16];
};

/* A SHA-256 digest. */
struct ent_hash {
	uint8_t bytes[32];
};

/*
 * Read the 36-character form, upper or lower case.
 *
 * ENT_EINPUT  text is not such a form, or it is the nil UUID
 */
ENT_API int ent_id_parse(const char *text, struct ent_id *out,
			 struct ent_error *err);

/* Write the lower-case form and a NUL. */
ENT_API void ent_id_text(const struct ent_id *id, char out[ENT_ID_TEXT_SIZE]);

ENT_API bool ent_id_is_nil(const struct ent_id *id);
ENT_API bool ent_id_equal(const struct ent_id *a, const struct ent_id *b);

/* Write lower-case hex and a NUL. */
ENT_API void ent_hash_text(const struct ent_hash *hash,
			   char out[ENT_HASH_TEXT_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
