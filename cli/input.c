/*
 * input.c - reading JSON Lines.
 */
#include "input.h"
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 * 1024 };

static int fault(struct input *input, const char *doing, const char *name)
{
	input->fault = (struct input_fault){ doing, name, errno };
	return CLI_INPUT;
}

int input_complain(const struct input_fault *fault)
{
	if (fault->errnum == EISDIR)
		return fail(CLI_INPUT, "%s is a folder, not a file of events",
			    fault->name);
	errno = fault->errnum;
	return fail_errno(CLI_INPUT, "%s %s", fault->doing, fault->name);
}

int input_try_open(struct input *input, const char *name)
{
	struct stat st;

	*input = (struct input){ .fd = STDIN_FILENO, .wake = -1,
				 .name = "<stdin>" };
	if (strcmp(name, "-") != 0) {
		input->name = name;
		input->fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (input->fd < 0)
			return fault(input, "open", name);
	}
	if (fstat(input->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return fault(input, "read", input->name);
	}
	input->buffer = grow(NULL, BUFFER_BYTES, 1);
	return CLI_DONE;
}

int input_open(struct input *input, const char *name)
{
	int rc = input_try_open(input, name);

	return rc == CLI_DONE ? rc : input_complain(&input->fault);
}

int input_seek(struct input *input, int64_t start)
{
	input->before = start;
	return lseek(input->fd, start, SEEK_SET) < 0 ? CLI_SYSTEM : CLI_DONE;
}

/* Wait for bytes; false where we were woken to end. */
static bool wait_for_bytes(const struct input *input)
{
	struct pollfd fds[2] = { { .fd = input->fd, .events = POLLIN },
				 { .fd = input->wake, .events = POLLIN } };

	if (input->wake < 0)
		return true;
	while (poll(fds, 2, -1) < 0 && (errno == EINTR || errno == EAGAIN))
		continue;
	return fds[1].revents == 0;
}

/* Bytes into the buffer, which is empty; at_end is set where there are no more. */
static int fill(struct input *input)
{
	ssize_t n;

	if (!wait_for_bytes(input)) {
		input->at_end = true;
		return CLI_DONE;
	}
	do
		n = read(input->fd, input->buffer, BUFFER_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fault(input, "read", input->name);
	input->before += (int64_t)input->to;
	input->from = 0;
	input->to = (size_t)n;
	input->at_end = n == 0;
	return CLI_DONE;
}

static const char *newline_in(const struct input *input)
{
	return input->from < input->to ?
		       memchr(input->buffer + input->from, '\n',
			      input->to - input->from) :
		       NULL;
}

bool input_has_line(const struct input *input)
{
	return newline_in(input) != NULL;
}

/* What is longer than a line may be is skipped, but counted as one line. */
static void take_bytes(struct input *input, size_t len)
{
	size_t room = INPUT_LINE_MAX - input->text.len;

	if (len > room) {
		input->too_long = true;
		text_bytes(&input->text, input->buffer + input->from, room);
	} else {
		text_bytes(&input->text, input->buffer + input->from, len);
	}
	input->from += len;
}

/* Read up to the newline: 0, INPUT_END at the end of the file, or CLI_INPUT. */
static int read_line(struct input *input)
{
	bool any = false;
	const char *end;
	int rc;

	text_clear(&input->text);
	input->too_long = false;
	input->start = input->before + (int64_t)input->from;
	while (!(end = newline_in(input))) {
		any = any || input->from < input->to;
		take_bytes(input, input->to - input->from);
		rc = input->at_end ? CLI_DONE : fill(input);
		if (rc != CLI_DONE)
			return rc;
		if (input->at_end)
			return any ? CLI_DONE : INPUT_END;
	}
	take_bytes(input, (size_t)(end - (input->buffer + input->from)));
	input->from++;
	return CLI_DONE;
}

static void skip_bom(struct input *input)
{
	static const char bom[] = "\xEF\xBB\xBF";
	struct text *text = &input->text;

	if (input->line != 1 || text->len < 3 || memcmp(text->data, bom, 3) != 0)
		return;
	memmove(text->data, text->data + 3, text->len - 2);
	text->len -= 3;
}

static bool is_blank(const struct text *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (!strchr(" \t\r", text->data[i]) || text->data[i] == '\0')
			return false;
	return true;
}

int input_try_next(struct input *input)
{
	int rc;

	while ((rc = read_line(input)) == CLI_DONE) {
		input->line++;
		skip_bom(input);
		if (input->too_long || !is_blank(&input->text))
			break;
	}
	return rc;
}

int input_next(struct input *input)
{
	int rc = input_try_next(input);

	return rc == CLI_INPUT ? input_complain(&input->fault) : rc;
}

void input_close(struct input *input)
{
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	text_release(&input->text);
	free(input->buffer);
	*input = (struct input){ .fd = -1, .wake = -1 };
}
