/*
 * commands.c - see commands.h.
 */
#include "commands.h"
#include "workers.h"

#include "entente/entente.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

const struct command commands[] = {
	{ .words = { "init" }, .fresh = true },
	{ .words = { "append", "ROOT/tests/cli/csto.jsonl" }, .fresh = true },
	{ .words = { "append", "ROOT/fixtures/csto-others.jsonl" } },
	{ .words = { "append", "--batch", "4",
		     "ROOT/fixtures/csto-others.jsonl" }, .each = 4 },
	{ .words = { "append", "--skip-existing", "ROOT/fixtures/csto.jsonl",
		     "ROOT/fixtures/csto-others.jsonl" } },
	{ .words = { "append", "--dry-run",
		     "ROOT/fixtures/csto-others.jsonl" } },
	{ .words = { "append", "ROOT/fixtures/bad/utf8.jsonl" } },
	{ .words = { "append", "../escapes.jsonl" } },
	{ .words = { "append", "../deep.jsonl" } },
	{ .words = { "retract", "3", "--reason", "wrong" } },
	{ .words = { "log" } },
	{ .words = { "log", "--json", "--alliance", "CSTO", "--reverse" } },
	{ .words = { "show", "2" } },
	{ .words = { "replay", "2000" } },
	{ .words = { "replay", "2024", "--json", "--published", "2024" } },
	{ .words = { "diff", "1995", "2024" } },
	{ .words = { "diff", "1995", "2024", "--json-patch" } },
	{ .words = { "why", "/CSTO/members/ARM/status" } },
	{ .words = { "verify" } },
	{ .words = { "stat" } },
	{ .words = { "export" } },
	{ .words = { "export", "--format", "csv" } },
	{ .words = { "checkpoint", "list" } },
	{ .words = { "checkpoint", "build" } },
	{ .words = { "checkpoint", "drop" } },
	{ .words = { "propose", "ROOT/fixtures/articles/nato-short.txt" } },
	{ .words = { "propose", "--seen", "seen",
		     "ROOT/fixtures/articles/opec.html" } },
	{ .words = { "review", "--accept-all",
		     "ROOT/tests/cli/candidates.jsonl" } },
	{ .words = { "import", "csv", "--map",
		     "ROOT/fixtures/import/members.map",
		     "ROOT/fixtures/import/members.csv" } },
	{ .words = { "import", "plover", "ROOT/fixtures/import/plover.jsonl" } },
	{ .words = { "version" } },
	{ .words = { "help" } }
};

const unsigned commands_count = sizeof(commands) / sizeof(commands[0]);

static char root[PATH_MAX];
static uint8_t *image; /* data.mdb of the log that is there before */
static size_t image_size;

const char *command_name(const struct command *command, char out[256])
{
	size_t at = 0;

	out[0] = '\0';
	for (int i = 0; i < COMMAND_WORDS && command->words[i]; i++) {
		const char *word = command->words[i];
		const char *slash = strrchr(word, '/');

		if (strncmp(word, "ROOT/", 5) == 0 && slash)
			word = slash + 1;
		at += (size_t)snprintf(out + at, 256 - at, "%s%s",
				       i ? " " : "", word);
	}
	return out;
}

/* ---- the log that is there before -------------------------------------------------- */

static bool append_file(struct ent_log *log, const char *path)
{
	struct ent_append_options options = { .now_us = 1750000000000000 };
	struct ent_batch *batch = NULL;
	struct ent_appended appended;
	struct ent_error err;
	char line[8192];
	FILE *file = fopen(path, "r");
	int rc = file ? ent_batch_new(&batch, &err) : -1;

	while (rc == ENT_OK && fgets(line, sizeof(line), file))
		rc = ent_batch_add(batch, line, strlen(line), NULL, &err);
	if (rc == ENT_OK)
		rc = ent_log_append(log, batch, &options, &appended, &err);
	if (rc == ENT_OK)
		rc = ent_checkpoint_build(log, 1, &err);
	if (rc < 0)
		fprintf(stderr, "%s: %s\n", path,
			file ? err.msg : strerror(errno));
	ent_batch_free(batch);
	if (file)
		fclose(file);
	return rc == ENT_OK;
}

static bool keep_image(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat st;

	if (!file || fstat(fileno(file), &st) != 0)
		return false;
	image_size = (size_t)st.st_size;
	image = malloc(image_size);
	if (!image || fread(image, 1, image_size, file) != image_size)
		return false;
	fclose(file);
	return true;
}

/* Lines that our own reader of JSON leaves to the library, for a number that it
 * does not take, or because they break off; with texts for which the buffer of the
 * library grows. */
static bool write_lines(const char *dir)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/escapes.jsonl", dir);
	file = fopen(path, "w");
	for (int i = 0; file && i < 6; i++) {
		fprintf(file, "{\"type\":\"x.note\",\"date\":\"2020\","
			      "\"source\":{\"title\":\"T\"},"
			      "\"data\":{\"n\":1234567890123456789},"
			      "\"summary\":\"%d", i);
		for (int n = 0; n < 300; n++)
			fprintf(file, "\\u00e9%c", 'a' + n % 26);
		fprintf(file, "\"}\n");
	}
	if (!file || fclose(file) != 0)
		return false;
	snprintf(path, sizeof(path), "%s/deep.jsonl", dir);
	file = fopen(path, "w");
	if (file)
		fprintf(file, "{\"type\":\"x.note\",\"data\":{\"a\":[1.5e3,"
			      "{\"b\":\"\\u0041\"},[[],\"%0500d\"", 0);
	return file && fclose(file) == 0;
}

bool commands_prepare(const char *dir)
{
	struct ent_log_options options = { .create = true };
	struct ent_log *log = NULL;
	struct ent_error err;
	char path[256], from[PATH_MAX + 32];
	bool good;

	if (!getcwd(root, sizeof(root)) || !write_lines(dir))
		return false;
	snprintf(path, sizeof(path), "%s/before", dir);
	if (ent_log_open(path, &options, &log, &err) < 0) {
		fprintf(stderr, "%s\n", err.msg);
		return false;
	}
	snprintf(from, sizeof(from), "%s/fixtures/csto.jsonl", root);
	good = append_file(log, from);
	ent_log_close(log);
	snprintf(path, sizeof(path), "%s/before/data.mdb", dir);
	return good && keep_image(path);
}

void runner_reset(struct runner *runner)
{
	char path[256];
	FILE *file;

	workers_remove(runner->log);
	snprintf(path, sizeof(path), "%s/seen", runner->dir);
	unlink(path);
	if (runner->command->fresh)
		return;
	mkdir(runner->log, 0700);
	snprintf(path, sizeof(path), "%s/data.mdb", runner->log);
	file = fopen(path, "wb");
	if (!file || fwrite(image, 1, image_size, file) != image_size ||
	    fclose(file) != 0)
		perror(path);
}

/* ---- running --------------------------------------------------------------------------- */

static void become(const struct runner *runner, const char *program,
		   const char *library, int socket)
{
	static char words[COMMAND_WORDS][PATH_MAX + 64];
	char *argv[COMMAND_WORDS + 2] = { (char *)program };
	char preload[PATH_MAX + 16], serve[32], log[160], home[160], path[] = "PATH=/bin";
	char *env[] = { preload, serve, log, home, path, NULL };
	int n = 1;

	snprintf(preload, sizeof(preload), "LD_PRELOAD=%s", library);
	snprintf(serve, sizeof(serve), SERVE_VARIABLE "=%d", socket);
	snprintf(log, sizeof(log), "ENTENTE_LOG=%s", runner->log);
	snprintf(home, sizeof(home), "HOME=%s", runner->dir);
	for (int i = 0; i < COMMAND_WORDS && runner->command->words[i]; i++) {
		const char *word = runner->command->words[i];
		bool in_root = strncmp(word, "ROOT/", 5) == 0;

		snprintf(words[i], sizeof(words[i]), "%s%s",
			 in_root ? root : "", in_root ? word + 4 : word);
		argv[n++] = words[i];
	}
	if (chdir(runner->dir) == 0)
		execve(program, argv, env);
	perror(program);
	_exit(127);
}

bool runner_start(struct runner *runner, const char *program,
		  const char *library, const struct command *command,
		  const char *dir)
{
	int sockets[2];

	*runner = (struct runner){ .command = command, .dir = dir };
	snprintf(runner->log, sizeof(runner->log), "%s/log", dir);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0)
		return false;
	runner->pid = fork();
	if (runner->pid == 0) {
		close(sockets[0]);
		become(runner, program, library, sockets[1]);
	}
	close(sockets[1]);
	fcntl(sockets[0], F_SETFD, FD_CLOEXEC);
	runner->socket = sockets[0];
	return runner->pid > 0;
}

void runner_stop(struct runner *runner)
{
	int status;

	close(runner->socket);
	waitpid(runner->pid, &status, 0);
}

static size_t read_file(const struct runner *runner, const char *name,
			char *out, size_t room)
{
	char path[160];
	FILE *file;
	size_t len;

	snprintf(path, sizeof(path), "%s/%s", runner->dir, name);
	file = fopen(path, "rb");
	len = file ? fread(out, 1, room, file) : 0;
	if (file)
		fclose(file);
	return len;
}

size_t runner_output(const struct runner *runner, char out[COMMAND_TEXT])
{
	return read_file(runner, SERVE_OUT, out, COMMAND_TEXT);
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	struct outcome *out = arg;

	snprintf(out->wrong, sizeof(out->wrong), "event %llu: %.200s",
		 (unsigned long long)seq, what);
}

static uint64_t content_of(struct ent_log *log)
{
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	uint64_t sum = 0;

	if (ent_log_read(log, NULL, &cursor, NULL) < 0)
		return 0;
	while (ent_cursor_next(cursor, &event, NULL) == ENT_OK) {
		for (size_t i = 0; i < sizeof(event->id); i++)
			sum = (sum ^ event->id.bytes[i]) * 0x100000001b3u;
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	return sum;
}

static void look_at_log(const struct runner *runner, struct outcome *out)
{
	struct ent_log_options options = { .map_bytes = 1 << 20 };
	struct ent_verified verified;
	struct ent_log *log = NULL;
	struct ent_error err;
	char path[160];
	struct stat st;

	snprintf(path, sizeof(path), "%s/data.mdb", runner->log);
	if (stat(path, &st) != 0)
		return;
	if (ent_log_open(runner->log, &options, &log, &err) < 0) {
		snprintf(out->wrong, sizeof(out->wrong), "%.290s", err.msg);
		return;
	}
	out->opens = true;
	if (ent_log_verify(log, finding, NULL, out, &verified, &err) < 0)
		snprintf(out->wrong, sizeof(out->wrong), "%.290s", err.msg);
	else
		out->events = verified.events;
	out->content = content_of(log);
	out->verifies = !out->wrong[0];
	ent_log_close(log);
}

bool runner_run(struct runner *runner, const struct fault_plan *plan,
		struct outcome *out)
{
	static const struct fault_plan none;
	size_t len;

	memset(out, 0, sizeof(*out));
	if (write(runner->socket, plan ? plan : &none, sizeof(*plan)) < 0 ||
	    read(runner->socket, &out->answer, sizeof(out->answer)) !=
		    (ssize_t)sizeof(out->answer))
		return false;
	out->code = WIFEXITED(out->answer.status) ?
			    WEXITSTATUS(out->answer.status) :
			    -1;
	len = read_file(runner, SERVE_ERR, out->said, sizeof(out->said) - 1);
	out->said[len] = '\0';
	look_at_log(runner, out);
	return true;
}
