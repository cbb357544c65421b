/*
 * disk.c - see disk.h.  No call in it is one of those that are interposed.
 */
#include "disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *grow(void *items, size_t *room, size_t need, size_t size)
{
	if (need <= *room)
		return items;
	while (*room < need)
		*room = *room ? *room * 2 : 4096;
	items = realloc(items, *room * size);
	if (!items) {
		perror("fault: disk");
		abort();
	}
	return items;
}

static void image_reach(struct disk *disk, size_t size)
{
	disk->image = grow(disk->image, &disk->room, size, 1);
	if (size > disk->size) {
		memset(disk->image + disk->size, 0, size - disk->size);
		disk->size = size;
	}
}

static void forget(struct disk *disk)
{
	disk->pieces_count = 0;
	disk->bytes_count = 0;
}

void disk_set(struct disk *disk, const uint8_t *data, size_t size)
{
	forget(disk);
	disk->differs = false;
	disk->size = 0;
	image_reach(disk, size);
	if (size > 0)
		memcpy(disk->image, data, size);
	disk->now_size = size;
}

void disk_load(struct disk *disk, int fd)
{
	struct stat st;
	size_t done = 0;

	disk_set(disk, NULL, 0);
	if (fstat(fd, &st) != 0)
		return;
	image_reach(disk, (size_t)st.st_size);
	while (done < disk->size) {
		long n = syscall(SYS_pread64, fd, disk->image + done,
				 disk->size - done, (long)done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	disk->now_size = disk->size;
}

void disk_release(struct disk *disk)
{
	free(disk->image);
	free(disk->pieces);
	free(disk->bytes);
	memset(disk, 0, sizeof(*disk));
}

void disk_write(struct disk *disk, uint64_t at, const void *data, size_t len)
{
	const uint8_t *bytes = data;
	uint32_t sector = disk->sector ? disk->sector : DISK_SECTOR;

	if (at + len > disk->now_size)
		disk->now_size = at + len;
	while (len > 0) {
		uint32_t part = sector - (uint32_t)(at % sector);
		struct disk_piece *piece;

		if (part > len)
			part = (uint32_t)len;
		disk->pieces = grow(disk->pieces, &disk->pieces_room,
				    disk->pieces_count + 1,
				    sizeof(*disk->pieces));
		disk->bytes = grow(disk->bytes, &disk->bytes_room,
				   disk->bytes_count + part, 1);
		piece = &disk->pieces[disk->pieces_count++];
		*piece = (struct disk_piece){ at, part, disk->bytes_count,
					      false };
		memcpy(disk->bytes + disk->bytes_count, bytes, part);
		disk->bytes_count += part;
		at += part;
		bytes += part;
		len -= part;
	}
}

/* Cutting is a change at once, which no cut of power undoes: the engine does it
 * only to a file that it had made longer. */
void disk_resize(struct disk *disk, uint64_t size)
{
	if (size < disk->size)
		disk->size = (size_t)size;
	disk->now_size = size;
}

static void apply(struct disk *disk, const struct disk_piece *piece)
{
	image_reach(disk, (size_t)(piece->at + piece->len));
	memcpy(disk->image + piece->at, disk->bytes + piece->from, piece->len);
}

void disk_sync(struct disk *disk)
{
	for (size_t i = 0; i < disk->pieces_count; i++)
		apply(disk, &disk->pieces[i]);
	if (disk->now_size > disk->size)
		image_reach(disk, (size_t)disk->now_size);
	forget(disk);
}

void disk_sync_range(struct disk *disk, uint64_t at, size_t len)
{
	uint32_t sector = disk->sector ? disk->sector : DISK_SECTOR;
	uint64_t first = at / sector, last = (at + len - 1) / sector;
	size_t left = 0;

	for (size_t i = 0; i < disk->pieces_count; i++) {
		struct disk_piece *piece = &disk->pieces[i];
		uint64_t in = piece->at / sector;

		if (in >= first && in <= last)
			apply(disk, piece);
		else
			disk->pieces[left++] = *piece;
	}
	disk->pieces_count = left;
}

void disk_sync_failed(struct disk *disk)
{
	size_t left = 0;

	for (size_t i = 0; i < disk->pieces_count; i++) {
		struct disk_piece *piece = &disk->pieces[i];

		if (piece->kept)
			apply(disk, piece);
		else
			disk->differs = true;
		/* Also those that are: what is behind them comes behind them. */
		if (piece->at < DISK_META_BYTES)
			disk->pieces[left++] = *piece;
	}
	disk->pieces_count = left;
}

void disk_cut(struct disk *disk, bool long_file)
{
	for (size_t i = 0; i < disk->pieces_count; i++)
		if (disk->pieces[i].kept)
			apply(disk, &disk->pieces[i]);
		else
			disk->differs = true;
	if (long_file && disk->now_size > disk->size)
		image_reach(disk, (size_t)disk->now_size);
	forget(disk);
	if (disk->now_size != disk->size)
		disk->differs = true;
	disk->now_size = disk->size;
}

bool disk_store(const struct disk *disk, const char *path)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path,
			  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t done = 0;

	if (fd < 0)
		return false;
	while (done < disk->size) {
		long n = syscall(SYS_pwrite64, fd, disk->image + done,
				 disk->size - done, (long)done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	syscall(SYS_close, fd);
	return done == disk->size;
}
