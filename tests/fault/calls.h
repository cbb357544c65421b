/*
 * calls.h - the system calls in front of those of the C library.
 *
 * The file that is watched is data.mdb, of the log that was opened last.
 */
#ifndef FAULT_CALLS_H
#define FAULT_CALLS_H

#include "disk.h"
#include "interpose.h"

/* Watch data.mdb from the next time on that it is opened: what it has then is on
 * the disk.  One that was watched before stays as it was, by its number. */
extern bool calls_watch;
extern struct disk calls_disk;

/* Has a folder been renamed since, and was one synced after that? */
extern bool calls_renamed, calls_folder_synced;

/* Called, where it is not NULL, before each call that writes or syncs data.mdb,
 * renames or syncs a folder, and before one that wrote and synced returns. */
enum calls_what {
	CALLS_WRITE,
	CALLS_WRITE_SYNCED,
	CALLS_RETURN,
	CALLS_SYNC,
	CALLS_RESIZE,
	CALLS_RENAME,
	CALLS_SYNC_FOLDER
};
extern void (*calls_before)(enum calls_what what);

/* Which pieces a failed sync leaves on the disk. */
extern void (*calls_choose)(struct disk *disk);

/* For calls in other files: what the plan says of the one that is made now, and
 * sets errno. */
enum fault_kind calls_turn(const char *name);

/* Of a call that is done whole or not at all: must it fail now? */
bool calls_refused(const char *name);

#endif
