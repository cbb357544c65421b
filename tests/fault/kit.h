/*
 * kit.h - what commands need beside a log, and whether what they make is whole.
 *
 * A kit is a folder with a key, and of one log a signed note, a proof and a backup.
 */
#ifndef FAULT_KIT_H
#define FAULT_KIT_H

#include "entente/entente.h"

#include <stdbool.h>
#include <stddef.h>

enum { KIT_PATH = 400, KIT_WHY = 300 };

/* In the folder dir, which is there: key, key.pub, note, proof (of the second
 * event) and backup. */
bool kit_make(const char *dir, const char *log_dir, struct ent_error *err);

enum kit_kind {
	KIT_NOTHING,
	KIT_LOG,      /* a folder */
	KIT_KEY,      /* a secret one, for its owner alone */
	KIT_PUBLIC,
	KIT_MINISIGN, /* a key or a signature of minisign */
	KIT_NOTE,     /* signed by the key of the kit, as is the proof */
	KIT_PROOF,
	KIT_LINES     /* events as JSON Lines */
};

/* What a command makes, by its name in the folder in which it runs. */
struct kit_made {
	const char *name;
	enum kit_kind kind;
};

enum kit_state { KIT_ABSENT, KIT_WHOLE, KIT_BROKEN };

/* why is filled where it is broken. */
enum kit_state kit_look(const char *dir, enum kit_kind kind, const char *path,
			char why[KIT_WHY]);

/* Is each command that PROGRAM help lists among those?  Else missing names one. */
bool kit_has_all(const char *program, bool (*has)(const char *name),
		 char missing[KIT_WHY]);

#endif
