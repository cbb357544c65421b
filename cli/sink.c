/*
 * sink.c - where what a command writes goes.
 */
#include "sink.h"
#include "cli.h"
#include "out.h"
#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int exists_already(const char *who, const char *name)
{
	fail(CLI_INPUT, "%s: %s exists already", who, name);
	hint("--force replaces it");
	return CLI_INPUT;
}

static int check_name(const char *who, const char *name, bool force)
{
	struct stat st;

	if (lstat(name, &st) != 0)
		return CLI_DONE;
	if (!S_ISREG(st.st_mode))
		return fail(CLI_INPUT, "%s: %s is no ordinary file", who, name);
	return force ? CLI_DONE : exists_already(who, name);
}

int sink_open(struct sink *sink, const char *who, const char *name, bool force)
{
	int fd, rc;

	*sink = (struct sink){ .who = who, .force = force };
	if (!name || strcmp(name, "-") == 0)
		return CLI_DONE;
	rc = check_name(who, name, force);
	if (rc != CLI_DONE)
		return rc;
	stop_later(); /* nothing is left beside it */
	text_fmt(&sink->temporary, "%s.XXXXXX", name);
	fd = mkstemp(sink->temporary.data);
	if (fd >= 0)
		sink->file = fdopen(fd, "w");
	if (!sink->file) {
		rc = fail_errno(CLI_SYSTEM, "%s: write %s", who, name);
		if (fd >= 0) {
			close(fd);
			unlink(sink->temporary.data);
		}
		text_release(&sink->temporary);
		return rc;
	}
	sink->name = name;
	return CLI_DONE;
}

static int write_failed(const struct sink *sink)
{
	return fail_errno(CLI_SYSTEM, "%s: write %s", sink->who, sink->name);
}

static int stopped(const struct sink *sink)
{
	return fail(CLI_SYSTEM, "%s: stopped: %s was not written", sink->who,
		    sink->name);
}

bool sink_bytes(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		ssize_t n = write(fd, at, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

int sink_write(struct sink *sink, const struct text *text)
{
	if (!sink->name) {
		out_bytes(text_get(text), text->len);
		return CLI_DONE;
	}
	if (stop_asked())
		return stopped(sink);
	if (text->len > 0 &&
	    fwrite(text->data, 1, text->len, sink->file) != text->len)
		return write_failed(sink);
	return CLI_DONE;
}

void sink_sync_name(const char *name)
{
	char *folder = copy(name);
	char *slash = strrchr(folder, '/');
	int fd;

	if (slash)
		slash[slash == folder ? 1 : 0] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd); /* some file systems sync no folder */
		close(fd);
	}
	free(folder);
}

/* link() refuses a name that came up meanwhile; rename() replaces it. */
static int give_name(struct sink *sink)
{
	const char *temporary = sink->temporary.data;

	if (!sink->force && link(temporary, sink->name) == 0) {
		unlink(temporary);
	} else if (!sink->force && errno == EEXIST) {
		return exists_already(sink->who, sink->name);
	} else if (rename(temporary, sink->name) != 0) {
		return write_failed(sink);
	}
	sink_sync_name(sink->name);
	return CLI_DONE;
}

int sink_close(struct sink *sink, int rc)
{
	if (!sink->name)
		return rc;
	if (rc == CLI_DONE && stop_asked())
		rc = stopped(sink);
	if (rc == CLI_DONE && (fflush(sink->file) != 0 ||
			       fsync(fileno(sink->file)) != 0))
		rc = write_failed(sink);
	if (fclose(sink->file) != 0 && rc == CLI_DONE)
		rc = write_failed(sink);
	if (rc == CLI_DONE)
		rc = give_name(sink);
	if (rc != CLI_DONE)
		unlink(sink->temporary.data);
	text_release(&sink->temporary);
	return rc;
}
