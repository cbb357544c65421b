/*
 * files.c - see files.h.  Like disk.c it calls nothing that is interposed.
 */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct file files[FILES_MAX];
struct name names[NAMES_MAX];
unsigned names_count;
uint32_t files_sector;

static unsigned opened;

/* ---- files --------------------------------------------------------------------- */

static int find(const struct stat *st)
{
	for (int i = 0; i < FILES_MAX; i++)
		if (files[i].used && files[i].dev == st->st_dev &&
		    files[i].ino == st->st_ino)
			return i;
	return -1;
}

int files_at(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? find(&st) : -1;
}

static bool is_replaced(int file)
{
	for (unsigned i = 0; i < names_count; i++)
		if (names[i].replaced == file)
			return true;
	return false;
}

/* A free one, or the one that was opened longest ago and that nobody needs. */
static int take(void)
{
	int oldest = -1;

	for (int i = 0; i < FILES_MAX; i++) {
		if (!files[i].used)
			return i;
		if (files[i].open == 0 && !is_replaced(i) &&
		    (oldest < 0 ||
		     files[i].opened_at < files[oldest].opened_at))
			oldest = i;
	}
	return oldest;
}

int files_open(int fd)
{
	struct stat st;
	int at;

	if (fstat(fd, &st) != 0)
		return -1;
	at = find(&st);
	if (at < 0) {
		at = take();
		if (at < 0) {
			fputs("fault: too many files are watched\n", stderr);
			abort();
		}
		files[at].used = true;
		files[at].dev = st.st_dev;
		files[at].ino = st.st_ino;
		files[at].open = 0;
		files[at].disk.sector = files_sector;
		disk_load(&files[at].disk, fd);
	}
	files[at].open++;
	files[at].opened_at = ++opened;
	return at;
}

void files_close(int file)
{
	if (files[file].open > 0)
		files[file].open--;
}

void files_forget(void)
{
	for (int i = 0; i < FILES_MAX; i++)
		files[i].used = false;
	names_count = 0;
}

void files_remove(const char *path)
{
	int file = files_at(path);

	if (file >= 0)
		files[file].used = false;
}

/* ---- names --------------------------------------------------------------------- */

/* What lies in a folder goes where that goes. */
static void follow(const char *from, const char *to)
{
	size_t len = strlen(from);
	char path[2 * NAME_MAX_BYTES];

	for (unsigned i = 0; i < names_count; i++) {
		if (strncmp(names[i].path, from, len) != 0 ||
		    names[i].path[len] != '/')
			continue;
		snprintf(path, sizeof(path), "%s%s", to, names[i].path + len);
		if (strlen(path) < NAME_MAX_BYTES)
			memcpy(names[i].path, path, strlen(path) + 1);
	}
}

/* Who removes a folder does not say so: its names go when there is no room, or when
 * another one is made at its place. */
static void drop_gone(void)
{
	unsigned left = 0;
	struct stat st;

	for (unsigned i = 0; i < names_count; i++)
		if (lstat(names[i].path, &st) == 0)
			names[left++] = names[i];
	names_count = left;
}

static void drop_at(const char *path)
{
	size_t len = strlen(path);
	unsigned left = 0;

	for (unsigned i = 0; i < names_count; i++)
		if (strncmp(names[i].path, path, len) != 0 ||
		    (names[i].path[len] && names[i].path[len] != '/'))
			names[left++] = names[i];
	names_count = left;
}

static struct name *add(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[NAME_MAX_BYTES];
	struct name *name;
	struct stat st;

	if (names_count == NAMES_MAX)
		drop_gone();
	if (names_count == NAMES_MAX || !slash ||
	    strlen(path) >= NAME_MAX_BYTES)
		return NULL;
	memcpy(folder, path, (size_t)(slash - path));
	folder[slash - path] = '\0';
	if (stat(folder, &st) != 0)
		return NULL;
	name = &names[names_count];
	memset(name, 0, sizeof(*name));
	memcpy(name->path, path, strlen(path) + 1);
	name->folder_dev = st.st_dev;
	name->folder_ino = st.st_ino;
	name->replaced = -1;
	names_count++;
	return name;
}

void names_made(const char *path)
{
	drop_at(path);
	add(path);
}

void names_moved(const char *from, const char *to, int replaced)
{
	struct name *name;

	follow(from, to);
	name = strlen(from) < NAME_MAX_BYTES ? add(to) : NULL;
	if (!name)
		return;
	memcpy(name->from, from, strlen(from) + 1);
	name->replaced = replaced;
}

void names_synced(int folder)
{
	struct stat st;
	unsigned left = 0;

	if (fstat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return;
	for (unsigned i = 0; i < names_count; i++)
		if (names[i].folder_dev != st.st_dev ||
		    names[i].folder_ino != st.st_ino)
			names[left++] = names[i];
	names_count = left;
}
