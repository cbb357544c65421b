/*
 * entente.h - everything: an event-sourced history of alliances.
 *
 * Read error.h first: it says how calls fail and who owns what.
 */
#ifndef ENTENTE_ENTENTE_H
#define ENTENTE_ENTENTE_H

#include "backup.h"
#include "diff.h"
#include "checkpoint.h"
#include "import.h"
#include "news.h"
#include "proof.h"
#include "redaction.h"
#include "standing.h"
#include "vocabulary.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ENT_VERSION "0.1.0"

/* The version of the library that is linked. */
ENT_API const char *ent_version(void);

#ifdef __cplusplus
}
#endif

#endif
