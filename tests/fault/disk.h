/*
 * disk.h - what of a file is on the disk, and what of it a power cut may drop.
 *
 * The file itself is what the system shows, through read() and maps.  Beside it
 * stands the image of the disk: what was synced.  What was written since is kept
 * in pieces, each within one sector.  A cut keeps any of them, in their order: of
 * each sector, that is any of the states that it went through.
 */
#ifndef FAULT_DISK_H
#define FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk_piece {
	uint64_t at;
	uint32_t len;
	size_t from; /* in bytes */
	bool kept;   /* by disk_cut() */
};

struct disk {
	uint8_t *image;
	size_t size, room;
	uint64_t now_size; /* as the system sees it */
	struct disk_piece *pieces;
	size_t pieces_count, pieces_room;
	uint8_t *bytes;
	size_t bytes_count, bytes_room;
	uint32_t sector; /* 0 = 512 */
	bool differs;    /* the file shows what a cut or a failed sync dropped */
};

enum { DISK_SECTOR = 512, DISK_META_BYTES = 2 * 4096 };

/* Everything that the open file has is on the disk. */
void disk_load(struct disk *disk, int fd);
void disk_set(struct disk *disk, const uint8_t *data, size_t size);
void disk_release(struct disk *disk);

void disk_write(struct disk *disk, uint64_t at, const void *data, size_t len);
void disk_resize(struct disk *disk, uint64_t size);

/* All that was written is on the disk; or what lies in those sectors. */
void disk_sync(struct disk *disk);
void disk_sync_range(struct disk *disk, uint64_t at, size_t len);

/* A sync that failed: pieces with kept are on the disk, and the others will never
 * be, since the system takes their pages for clean.  But for those of LMDB's meta
 * pages, which wait for the next sync: that a meta page fails late, that the sync
 * that is to take it back fails and drops it, and that the power then goes, is more
 * than is promised against. */
void disk_sync_failed(struct disk *disk);

/* The power was cut: the image becomes what is found when it is back.  Of what
 * was not synced it has the pieces with kept.  long_file: the size was written, too. */
void disk_cut(struct disk *disk, bool long_file);

/* Make the file at path what the image is. */
bool disk_store(const struct disk *disk, const char *path);

#endif
