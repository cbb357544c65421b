/*
 * commands.c - see commands.h.
 */
#include "commands.h"
#include "workers.h"

#include "entente/entente.h"

#include <dirent.h>
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

/* data.mdb of a log that is there before. */
struct image {
	uint8_t *bytes;
	size_t size;
};

static char root[PATH_MAX];
static struct image before, dropped; /* dropped: without checkpoints */

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

static bool keep_image(const char *path, struct image *image)
{
	FILE *file = fopen(path, "rb");
	struct stat st;

	if (!file || fstat(fileno(file), &st) != 0)
		return false;
	image->size = (size_t)st.st_size;
	image->bytes = malloc(image->size);
	if (!image->bytes ||
	    fread(image->bytes, 1, image->size, file) != image->size)
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

static bool make_images(const char *log_dir)
{
	struct ent_log_options options = { .create = true };
	struct ent_log *log = NULL;
	struct ent_error err;
	char data[300], from[PATH_MAX + 32];
	bool good;

	if (ent_log_open(log_dir, &options, &log, &err) < 0) {
		fprintf(stderr, "%s\n", err.msg);
		return false;
	}
	snprintf(from, sizeof(from), "%s/fixtures/csto.jsonl", root);
	snprintf(data, sizeof(data), "%s/data.mdb", log_dir);
	good = append_file(log, from) && keep_image(data, &before) &&
	       ent_checkpoint_drop(log, &err) == ENT_OK &&
	       keep_image(data, &dropped);
	ent_log_close(log);
	return good;
}

bool commands_prepare(const char *dir)
{
	struct ent_error err = { .msg = "the log" };
	char path[256];

	snprintf(path, sizeof(path), "%s/before", dir);
	if (getcwd(root, sizeof(root)) && write_lines(dir) &&
	    make_images(path) && kit_make(dir, path, &err))
		return true;
	fprintf(stderr, "%s\n", err.msg);
	return false;
}

typedef void entry_fn(struct runner *runner, const char *name,
		      const char *path, void *arg);

static void each_entry(struct runner *runner, const char *dir, entry_fn *fn,
		       void *arg)
{
	struct dirent *entry;
	DIR *folder = opendir(dir);
	char path[400];

	while (folder && (entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0) {
			snprintf(path, sizeof(path), "%s/%s", dir,
				 entry->d_name);
			fn(runner, entry->d_name, path, arg);
		}
	if (folder)
		closedir(folder);
}

static void remove_entry(struct runner *runner, const char *name,
			 const char *path, void *arg)
{
	(void)runner;
	(void)name;
	(void)arg;
	workers_remove(path);
}

void runner_reset(struct runner *runner)
{
	const struct image *image = runner->command->dropped ? &dropped :
							       &before;
	char path[256];
	FILE *file;

	each_entry(runner, runner->dir, remove_entry, NULL);
	if (runner->command->fresh)
		return;
	mkdir(runner->log, 0700);
	snprintf(path, sizeof(path), "%s/data.mdb", runner->log);
	file = fopen(path, "wb");
	if (!file || fwrite(image->bytes, 1, image->size, file) != image->size ||
	    fclose(file) != 0)
		perror(path);
}

/* ---- running --------------------------------------------------------------------------- */

static void become(const struct runner *runner, const char *program,
		   const char *library, int socket)
{
	static char words[COMMAND_WORDS][PATH_MAX + 64];
	char *argv[COMMAND_WORDS + 2] = { (char *)program };
	/* A sanitizer stands behind the library, tells leaks when the program
	 * ends, and leaves signals alone. */
	char path[] = "PATH=/bin", sanitizer[] =
		"ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=1:"
		"allocator_may_return_null=1:handle_segv=0:handle_sigbus=0:"
		"handle_abort=0:handle_sigfpe=0:exitcode=86";
	char preload[PATH_MAX + 16], serve[32], log[160], home[160];
	char *env[] = { preload, serve, log, home, path, sanitizer, NULL };
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
		sum += event->redacted;
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	return sum;
}

static void look_at_log(const struct runner *runner, struct outcome *out)
{
	struct ent_log_options options = { .map_bytes = 1 << 20 };
	struct ent_verified verified = { 0 };
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
	ent_hash_text(&verified.head, out->head);
	out->content = content_of(log);
	out->verifies = !out->wrong[0];
	ent_log_close(log);
}

/* ---- what it made ----------------------------------------------------------------------- */

static void look_at_made(const struct runner *runner, struct outcome *out)
{
	for (int i = 0; i < COMMAND_MAKES; i++) {
		const struct kit_made *made = &runner->command->makes[i];
		char path[256], why[KIT_WHY];
		enum kit_state state;

		if (!made->name)
			break;
		snprintf(path, sizeof(path), "%s/%s", runner->dir, made->name);
		state = kit_look(workers_folder, made->kind, path, why);
		out->made += state == KIT_WHOLE;
		if (state == KIT_BROKEN)
			snprintf(out->broken, sizeof(out->broken), "%s: %s",
				 made->name, why);
	}
}

static bool is_known(const struct runner *runner, const char *name)
{
	static const char *const names[] = {
		"log", "seen", SERVE_OUT, SERVE_ERR, /* and in the log: */
		"data.mdb", "lock.mdb", "writer.lock", "review.jsonl"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	for (int i = 0; i < COMMAND_MAKES; i++)
		if (runner->command->makes[i].name &&
		    strcmp(name, runner->command->makes[i].name) == 0)
			return true;
	return false;
}

static void note_left(struct runner *runner, const char *name, const char *path,
		      void *arg)
{
	struct outcome *out = arg;

	(void)path;
	if (!is_known(runner, name))
		snprintf(out->left, sizeof(out->left), "%s", name);
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
	each_entry(runner, runner->dir, note_left, out);
	each_entry(runner, runner->log, note_left, out);
	look_at_made(runner, out);
	look_at_log(runner, out);
	return true;
}
