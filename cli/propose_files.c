/*
 * propose_files.c - from operands to articles: files, and folders with what lies
 * below them.
 *
 * A folder is read in the order of the bytes of its names, so that the same folder
 * gives the same lines everywhere.  What is named may be a pipe; what is found in
 * a folder is read only where it is an ordinary file, so that nothing there can
 * keep the program waiting.
 */
#include "propose.h"
#include "safe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void propose_skip(struct propose *propose, int rc)
{
	propose->skipped++;
	if (rc > propose->worst)
		propose->worst = rc;
}

/* ---- articles ----------------------------------------------------------- */

/* Messages and candidates name the file: only by what can be shown. */
static int open_reader(struct propose *propose, int fd, const char *name,
		       struct ent_reader **out)
{
	const struct ent_reader_options options = { propose->published };
	struct ent_error err = { 0 };
	struct text shown = { 0 };
	int rc = CLI_DONE;

	safe_add(&shown, name, SAFE_ESCAPE);
	if (ent_reader_open(fd, text_get(&shown), &options, out, &err) < 0)
		rc = fail_ent(&err, "propose");
	text_release(&shown);
	return rc;
}

/* Read on behind an item that is wrong; nothing else can be read over. */
static int read_articles(struct propose *propose, int fd, const char *name)
{
	struct ent_reader *reader = NULL;
	const struct ent_article *article;
	struct ent_error err = { 0 };
	int rc, read;

	rc = open_reader(propose, fd, name, &reader);
	while (rc == CLI_DONE && !out_failed()) {
		read = ent_reader_next(reader, &article, &err);
		if (read == ENT_END)
			break;
		if (read == ENT_OK)
			rc = propose_article(propose, article);
		else if (read == ENT_ENOMEM)
			rc = fail_said(&err);
		else
			propose_skip(propose, fail_said(&err));
		if (read < 0 && read != ENT_EINPUT)
			break;
	}
	ent_reader_close(reader);
	return rc;
}

int propose_input(struct propose *propose)
{
	return read_articles(propose, STDIN_FILENO, "stdin");
}

/* ---- folders ------------------------------------------------------------ */

struct names {
	char **items;
	size_t count;
};

static int by_bytes(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

/* All but hidden ones; false, with errno, where the folder cannot be read. */
static bool names_read(struct names *names, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	int saved;

	*names = (struct names){ 0 };
	if (!dir)
		return false;
	for (errno = 0; (entry = readdir(dir)); errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		names->items = grow(names->items, names->count + 1,
				    sizeof(*names->items));
		names->items[names->count++] = copy(entry->d_name);
	}
	saved = errno;
	closedir(dir);
	errno = saved;
	if (names->count > 0)
		qsort(names->items, names->count, sizeof(*names->items), by_bytes);
	return saved == 0;
}

static int cannot(struct propose *propose, const char *what, const char *path)
{
	propose_skip(propose, fail_errno(CLI_SYSTEM, "%s %s", what, path));
	return CLI_DONE;
}

static int read_file(struct propose *propose, const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
	int rc;

	if (fd < 0)
		return cannot(propose, "open", path);
	rc = read_articles(propose, fd, path);
	close(fd);
	return rc;
}

static int read_folder(struct propose *propose, const char *path);

static int leave_link(const char *path)
{
	note("%s is a link to a folder, which is not followed", path);
	return CLI_DONE;
}

/* Even opening a device can be an act; and nothing that a name may come to stand
 * for in this moment can keep us waiting. */
static int read_found(struct propose *propose, const char *path)
{
	struct stat st, target;

	if (lstat(path, &st) != 0 || stat(path, &target) != 0)
		return cannot(propose, "open", path);
	if (S_ISDIR(target.st_mode))
		return S_ISLNK(st.st_mode) ? leave_link(path) :
					     read_folder(propose, path);
	if (S_ISREG(target.st_mode))
		return read_file(propose, path, O_NONBLOCK);
	propose_skip(propose, fail(CLI_INPUT, "%s is no ordinary file", path));
	return CLI_DONE;
}

static int read_folder(struct propose *propose, const char *path)
{
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	struct names names;
	struct text below = { 0 };
	int rc = CLI_DONE;

	if (!names_read(&names, path))
		cannot(propose, "read", path);
	for (size_t i = 0; i < names.count && rc == CLI_DONE; i++) {
		text_clear(&below);
		text_fmt(&below, "%s%s%s", path, slash, names.items[i]);
		rc = read_found(propose, text_get(&below));
	}
	text_release(&below);
	names_release(&names);
	return rc;
}

int propose_path(struct propose *propose, const char *path)
{
	struct stat st;

	if (strcmp(path, "-") == 0)
		return propose_input(propose);
	if (stat(path, &st) != 0)
		return cannot(propose, "open", path);
	return S_ISDIR(st.st_mode) ? read_folder(propose, path) :
				     read_file(propose, path, 0);
}
