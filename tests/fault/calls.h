/*
 * calls.h - the system calls in front of those of the C library.
 *
 * The files that are watched are those of the name data.mdb (files.h).
 */
#ifndef FAULT_CALLS_H
#define FAULT_CALLS_H

#include "files.h"
#include "interpose.h"

/* Watch each data.mdb from the next time on that it is opened: what it has then is
 * on the disk.  And the names that are made and moved. */
extern bool calls_watch;

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

#endif
