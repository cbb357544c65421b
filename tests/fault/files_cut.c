/*
 * files_cut.c - what is found behind a power cut.
 */
#include "files.h"
#include "workers.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 2 * NAME_MAX_BYTES, FOLDERS_OPEN = 8, FOLDER_MODE = 0700 };

static const struct files_found *finding; /* nftw() hands nothing on */
static bool met[FILES_MAX];

/* A path below root as it is below place. */
static const char *placed(const struct files_found *found, const char *path,
			  char out[PATH_ROOM])
{
	size_t root = strlen(found->root);

	if (strncmp(path, found->root, root) == 0)
		snprintf(out, PATH_ROOM, "%s%s", found->place, path + root);
	else
		snprintf(out, PATH_ROOM, "%s", path);
	return out;
}

static int put_one(const char *path, const struct stat *st, int flag,
		   struct FTW *ftw)
{
	char to[PATH_ROOM];
	int file;

	(void)st;
	placed(finding, path, to);
	if (flag == FTW_D && strcmp(path, to) != 0)
		mkdir(to, FOLDER_MODE);
	if (flag != FTW_F || strcmp(path + ftw->base, "data.mdb") != 0)
		return 0;
	file = files_at(path);
	if (file < 0 || !finding->disks[file])
		return 0;
	met[file] = true;
	if (strcmp(path, to) != 0 || finding->disks[file]->differs)
		disk_store(finding->disks[file], to);
	return 0;
}

/* Back to where it was; what had its name has it again. */
static void take_back(const struct files_found *found, const struct name *name)
{
	char path[PATH_ROOM], from[PATH_ROOM];

	placed(found, name->path, path);
	if (!name->from[0]) {
		workers_remove(path);
		return;
	}
	if (rename(path, placed(found, name->from, from)) != 0)
		workers_remove(path);
	if (name->replaced >= 0 && found->disks[name->replaced])
		disk_store(found->disks[name->replaced], path);
}

/* Names of what lies in a folder that goes back: the earlier ones, by where they
 * were then. */
static void go_back(unsigned at, struct name list[NAMES_MAX])
{
	const struct name *moved = &list[at];
	size_t len = strlen(moved->path);
	char path[PATH_ROOM];

	for (unsigned i = 0; moved->from[0] && i < at; i++) {
		if (strncmp(list[i].path, moved->path, len) != 0 ||
		    list[i].path[len] != '/')
			continue;
		snprintf(path, sizeof(path), "%s%s", moved->from,
			 list[i].path + len);
		if (strlen(path) < NAME_MAX_BYTES)
			memcpy(list[i].path, path, strlen(path) + 1);
	}
}

void files_find(const struct files_found *found)
{
	static struct name list[NAMES_MAX];

	finding = found;
	memset(met, 0, sizeof(met));
	nftw(found->root, put_one, FOLDERS_OPEN, FTW_PHYS);
	memcpy(list, names, sizeof(list));
	for (unsigned i = names_count; i-- > 0;) {
		if (list[i].kept)
			continue;
		take_back(found, &list[i]);
		go_back(i, list);
	}
}

void files_find_here(const char *root)
{
	struct files_found found = { .root = root, .place = root };

	for (int i = 0; i < FILES_MAX; i++)
		if (files[i].used)
			found.disks[i] = &files[i].disk;
	files_find(&found);
	for (int i = 0; i < FILES_MAX; i++) {
		files[i].used &= met[i];
		files[i].disk.differs = false;
	}
	names_count = 0;
}
