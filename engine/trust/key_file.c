/*
 * key_file.c - secret keys in files that nobody else can read.
 */
#include "ground/fd.h"
#include "trust/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int failed(const char *doing, const char *path, struct ent_error *err)
{
	int code = errno == EEXIST ? ENT_ECONFLICT :
		   errno == ENOSPC || errno == EDQUOT ? ENT_EFULL : ENT_EIO;

	return ent_error_set(err, code, "%s %s: %s", doing, path,
			     strerror(errno));
}

/* ---- writing ----------------------------------------------------------- */

/* The key is there; some file systems sync no folder. */
static void sync_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[4096] = ".";
	size_t len = slash ? (size_t)(slash - path) + 1 : 1;

	if (len >= sizeof(folder))
		return;
	if (slash)
		memcpy(folder, path, len);
	folder[len] = '\0';
	(void)fd_sync_folder(folder);
}

static int write_file(int fd, const struct ent_key *key, const char *path,
		      struct ent_error *err)
{
	char text[KEY_TEXT_MAX];
	size_t len = key_secret_text(key, text);
	int rc = ENT_OK;

	if (!fd_write_all(fd, text, len) || fsync(fd) != 0)
		rc = failed("write", path, err);
	if (close(fd) != 0 && rc == ENT_OK)
		rc = failed("write", path, err);
	sign_wipe(text, sizeof(text));
	return rc;
}

/* link() refuses a name that is there; some file systems know no links. */
static int give_name(const char *temporary, const char *path,
		     struct ent_error *err)
{
	struct stat st;

	if (link(temporary, path) == 0) {
		unlink(temporary);
		return ENT_OK;
	}
	if (errno != EEXIST && lstat(path, &st) == 0)
		errno = EEXIST;
	if (errno == EEXIST || rename(temporary, path) != 0)
		return failed("make", path, err);
	return ENT_OK;
}

/* Under another name until it is whole: a disk that fails may keep a part of a file
 * from being taken away again. */
int ent_key_save(const struct ent_key *key, const char *path,
		 struct ent_error *err)
{
	char temporary[4096];
	struct stat st;
	int fd, rc;

	errno = EEXIST;
	if (lstat(path, &st) == 0)
		return failed("make", path, err);
	errno = ENAMETOOLONG;
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path) >=
	    sizeof(temporary))
		return failed("make", path, err);
	fd = mkostemp(temporary, O_CLOEXEC); /* its mode is 0600 */
	if (fd < 0)
		return failed("make", path, err);
	rc = write_file(fd, key, path, err);
	if (rc == ENT_OK)
		rc = give_name(temporary, path, err);
	if (rc == ENT_OK)
		sync_folder_of(path);
	else
		unlink(temporary);
	return rc;
}

/* ---- reading ----------------------------------------------------------- */

static int check_file(int fd, const char *path, struct ent_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return failed("look at", path, err);
	if (!S_ISREG(st.st_mode))
		return ent_error_set(err, ENT_EINPUT, "%s is no ordinary file",
				     path);
	if (st.st_mode & (S_IRWXG | S_IRWXO))
		return ent_error_set(err, ENT_EINPUT,
				     "%s has mode %04o: others than its owner can get at the secret key (chmod 600)",
				     path, (unsigned)(st.st_mode & 07777));
	return ENT_OK;
}

/* Up to room bytes. */
static int read_all(int fd, const char *path, char *text, size_t room,
		    size_t *out_len, struct ent_error *err)
{
	size_t len = 0;
	ssize_t n = 1;

	while (len < room && n != 0) {
		n = read(fd, text + len, room - len);
		if (n < 0 && errno != EINTR)
			return failed("read", path, err);
		len += n > 0 ? (size_t)n : 0;
	}
	*out_len = len;
	return ENT_OK;
}

/* A FIFO must not keep us waiting before it is refused. */
int ent_key_load(const char *path, struct ent_key **out, struct ent_error *err)
{
	char text[KEY_TEXT_MAX] = { 0 };
	size_t len = 0;
	int rc;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY |
				    O_NONBLOCK);

	if (fd < 0 && errno == ELOOP)
		return ent_error_set(err, ENT_EINPUT, "%s is a symbolic link",
				     path);
	if (fd < 0)
		return failed("open", path, err);
	rc = check_file(fd, path, err);
	if (rc == ENT_OK)
		rc = read_all(fd, path, text, sizeof(text), &len, err);
	if (rc == ENT_OK) {
		rc = key_secret_parse(text, len, out, err);
		if (rc == ENT_EINPUT)
			ent_error_wrap(err, "%s", path);
	}
	close(fd);
	sign_wipe(text, sizeof(text));
	return rc;
}
