/*
 * input.c - reading JSON Lines.
 */
#include "input.h"
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int input_open(struct input *input, const char *name)
{
	struct stat st;
	int fd;

	*input = (struct input){ .name = name };
	if (strcmp(name, "-") == 0) {
		input->name = "<stdin>";
		input->file = stdin;
		fd = STDIN_FILENO;
	} else {
		fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return fail_errno(CLI_INPUT, "open %s", name);
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		if (!input->file)
			close(fd);
		return fail(CLI_INPUT, "%s is a folder, not a file of events",
			    input->name);
	}
	if (!input->file)
		input->file = fdopen(fd, "r");
	if (!input->file) {
		close(fd);
		return fail_errno(CLI_INPUT, "open %s", name);
	}
	return CLI_DONE;
}

/* Read up to the newline; returns false at the end of the file. */
static bool read_line(struct input *input)
{
	char piece[4096];
	size_t n = 0;
	bool any = false;
	int c;

	text_clear(&input->text);
	input->too_long = false;
	while ((c = getc_unlocked(input->file)) != EOF) {
		any = true;
		if (c == '\n')
			break;
		if (input->text.len + n >= INPUT_LINE_MAX) {
			input->too_long = true;
			continue; /* skip the rest, keep count of lines */
		}
		piece[n++] = (char)c;
		if (n == sizeof(piece)) {
			text_bytes(&input->text, piece, n);
			n = 0;
		}
	}
	text_bytes(&input->text, piece, n);
	return any;
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

int input_next(struct input *input)
{
	errno = 0;
	while (read_line(input)) {
		input->line++;
		skip_bom(input);
		if (input->too_long || !is_blank(&input->text))
			return CLI_DONE;
	}
	if (ferror(input->file))
		return fail_errno(CLI_INPUT, "read %s", input->name);
	return INPUT_END;
}

void input_close(struct input *input)
{
	if (input->file && input->file != stdin)
		fclose(input->file);
	text_release(&input->text);
	*input = (struct input){ 0 };
}
