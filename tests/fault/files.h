/*
 * files.h - the files that are watched, each with its disk, and the names that a
 * power cut may take back.
 *
 * A name that was made or moved is on the disk when its folder was synced.  Until
 * then a cut may leave it where it was before, and what was in its place there.
 */
#ifndef FAULT_FILES_H
#define FAULT_FILES_H

#include "disk.h"

#include <sys/types.h>

enum { FILES_MAX = 16, NAMES_MAX = 64, NAME_MAX_BYTES = 200 };

struct file {
	bool used;
	dev_t dev;
	ino_t ino;
	unsigned open;     /* descriptors */
	unsigned opened_at; /* a count: the smallest was opened longest ago */
	struct disk disk;
};

struct name {
	char path[NAME_MAX_BYTES], from[NAME_MAX_BYTES]; /* from: of one that moved */
	dev_t folder_dev; /* in which it stands now */
	ino_t folder_ino;
	int replaced; /* the file that had that name; -1: none that is watched */
	bool kept;
};

extern struct file files[FILES_MAX];
extern struct name names[NAMES_MAX]; /* in the order in which they were made */
extern unsigned names_count;
extern uint32_t files_sector; /* of new disks; 0 = 512 */

/* Which of files an open descriptor is: what it has is taken for synced where it
 * was not known.  -1: it cannot be. */
int files_open(int fd);
void files_close(int file);

/* By what is at the path; -1: none. */
int files_at(const char *path);

/* No file is watched any more, and no name open. */
void files_forget(void);

/* The file at the path is removed, and nobody asks for it again. */
void files_remove(const char *path);

void names_made(const char *path);

/* replaced: files_at(to), before. */
void names_moved(const char *from, const char *to, int replaced);

/* The names in that folder are on the disk. */
void names_synced(int folder);

/* ---- files_cut.c ------------------------------------------------------------- */

/* How the disk is found: of each file its image, and the names with kept.  place:
 * where it is made, root itself or an empty folder. */
struct files_found {
	const char *root, *place;
	const struct disk *disks[FILES_MAX];
};

void files_find(const struct files_found *found);

/* In root itself, where every disk was cut.  No name is open then. */
void files_find_here(const char *root);

#endif
