/*
 * review_edit.c - an event in the reviewer's own editor.
 */
#include "review_edit.h"
#include "out.h"
#include "review_tty.h"
#include "safe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A file of its own in a folder that nobody else can look into. */
struct scratch {
	struct text folder;
	struct text file;
};

static bool failed(struct text *said, const char *what)
{
	text_clear(said);
	text_fmt(said, "%s: %s", what, strerror(errno));
	return false;
}

static bool scratch_make(struct scratch *scratch, struct text *said)
{
	const char *tmp = getenv("TMPDIR");

	text_fmt(&scratch->folder, "%s/entente-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(scratch->folder.data)) {
		failed(said, "a folder for the editor could not be made");
		text_clear(&scratch->folder);
		return false;
	}
	text_fmt(&scratch->file, "%s/event.json", scratch->folder.data);
	return true;
}

static void scratch_remove(struct scratch *scratch)
{
	if (scratch->file.len > 0)
		unlink(scratch->file.data);
	if (scratch->folder.len > 0)
		rmdir(scratch->folder.data);
	text_release(&scratch->file);
	text_release(&scratch->folder);
}

static bool write_file(const struct scratch *scratch, const struct text *text,
		       struct text *said)
{
	int fd = open(scratch->file.data,
		      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = fd >= 0 && write(fd, text->data, text->len) ==
				       (ssize_t)text->len;

	if (!good)
		failed(said, "the event could not be written for the editor");
	if (fd >= 0)
		close(fd);
	return good;
}

/* Larger than any event may be. */
enum { FILE_BYTES_MAX = 2 * 1024 * 1024 };

static bool read_file(const struct scratch *scratch, struct text *out,
		      struct text *said)
{
	int fd = open(scratch->file.data, O_RDONLY | O_CLOEXEC);
	char piece[4096];
	ssize_t n = 0;

	text_clear(out);
	while (fd >= 0 && out->len < FILE_BYTES_MAX) {
		n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		text_bytes(out, piece, (size_t)n);
	}
	if (fd < 0 || n < 0)
		failed(said, "what the editor left could not be read");
	if (fd >= 0)
		close(fd);
	return fd >= 0 && n >= 0;
}

/* ---- the editor -------------------------------------------------------- */

static const char *editor_name(void)
{
	const char *name = getenv("VISUAL");

	if (!name || *name == '\0')
		name = getenv("EDITOR");
	return name && *name ? name : "vi";
}

/* What this program ignores, an editor may not want to. */
static int spawn(const char *file, pid_t *out)
{
	char shell[] = "sh", option[] = "-c";
	struct text command = { 0 };
	char *name = copy(file);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t usual;
	int rc;

	text_fmt(&command, "%s \"$1\"", editor_name());
	sigemptyset(&usual);
	sigaddset(&usual, SIGINT);
	sigaddset(&usual, SIGQUIT);
	sigaddset(&usual, SIGPIPE);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_adddup2(&actions, tty_fd(), STDIN_FILENO);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawn(out, "/bin/sh", &actions, &attributes,
			 (char *[]){ shell, option, command.data, shell, name,
				     NULL },
			 environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	text_release(&command);
	free(name);
	return rc;
}

static bool run_editor(const struct scratch *scratch, struct text *said)
{
	int status = 0, rc;
	pid_t pid = -1;

	out_flush();
	tty_lend();
	rc = spawn(scratch->file.data, &pid);
	while (rc == 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			rc = errno;
	tty_take_back();
	if (rc == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	text_clear(said);
	text_fmt(said, "the editor \"%s\" failed; the event is as it was",
		 editor_name());
	return false;
}

/* ---- what came back ---------------------------------------------------- */

/* The library counts columns within a line.  All lines made one, a column is a
 * place in the whole; 0 where that is no error. */
static int find_line(const struct text *edited)
{
	struct ent_candidate *candidate = NULL;
	struct ent_error again = { 0 };
	char *line = copy(text_get(edited));
	int place, number = 0;

	for (char *at = line; *at; at++)
		if (*at == '\n')
			*at = ' ';
	if (ent_candidate_parse(line, strlen(line), &candidate, &again) ==
	    ENT_EINPUT) {
		place = again.column;
		number = 1;
		for (const char *at = text_get(edited); *at && place > 1; at++) {
			place -= ((unsigned char)*at & 0xC0) != 0x80;
			number += *at == '\n';
		}
	}
	ent_candidate_free(candidate);
	free(line);
	return number;
}

static void tell_error(const struct text *edited, const struct ent_error *err,
		       struct text *said)
{
	int line = find_line(edited);

	text_clear(said);
	if (line > 0)
		text_fmt(said, "line %d, ", line);
	text_fmt(said, "column %d: %s", err->column > 0 ? err->column : 1,
		 err->msg);
}

static bool take_edited(struct review_item *item, const struct text *edited,
			struct text *said)
{
	struct ent_candidate *candidate = NULL;
	struct ent_error err = { 0 };

	if (ent_candidate_edit(item->candidate, text_get(edited), edited->len,
			       &candidate, &err) < 0) {
		tell_error(edited, &err, said);
		return false;
	}
	ent_candidate_free(item->candidate);
	item->candidate = candidate;
	item->edited = true;
	return true;
}

static bool wants_again(const struct text *said)
{
	int key;

	out_str("\n  ");
	out_safe(text_get(said));
	out_str("\n\n  [e]dit again, or [g]ive up? ");
	out_flush();
	do
		key = tty_key();
	while (key != 'e' && key != 'g' && key != 'q' && key != TTY_END);
	return key == 'e';
}

enum edit_end review_edit(struct review_item *item, struct text *said)
{
	struct text before = { 0 }, after = { 0 };
	struct scratch scratch = { 0 };
	enum edit_end end = EDIT_FAILED;

	text_clear(said);
	review_pretty(&before, item->candidate);
	if (!scratch_make(&scratch, said) || !write_file(&scratch, &before, said))
		goto out;
	while (run_editor(&scratch, said) && read_file(&scratch, &after, said)) {
		text_clear(said);
		if (strcmp(text_get(&after), text_get(&before)) == 0) {
			text_str(said, "nothing was changed");
			end = EDIT_SAME;
			break;
		}
		if (take_edited(item, &after, said)) {
			text_str(said, "edited; a accepts it");
			end = EDIT_DONE;
			break;
		}
		if (!wants_again(said)) {
			text_clear(said);
			text_str(said, "given up; the event is as it was");
			break;
		}
	}
out:
	scratch_remove(&scratch);
	text_release(&before);
	text_release(&after);
	return end;
}
