/*
 * review_decisions.c - the file of decisions.
 *
 * Its lines are read with no JSON library: a text `"key":"` can stand in a line
 * only as the name of a member, since within a string its quotes would have a
 * backslash in front.
 */
#include "review_decisions.h"
#include "ask.h"
#include "cli.h"
#include "input.h"
#include "sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {
	[DECISION_ACCEPTED] = "accepted",   [DECISION_CLAIMED] = "claimed",
	[DECISION_EDITED] = "edited",       [DECISION_SUPPORTED] = "supported",
	[DECISION_REJECTED] = "rejected",   [DECISION_UNDONE] = "undone",
};

enum { NAMES = sizeof(names) / sizeof(*names) };

/* ---- reading ----------------------------------------------------------- */

/* What stands behind `"name":"`, or NULL. */
static const char *value_of(const char *line, const char *member)
{
	const char *found = strstr(line, member);

	return found ? found + strlen(member) : NULL;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_key(const char *hex, struct ent_hash *out)
{
	for (size_t i = 0; i < sizeof(out->bytes); i++) {
		int high = digit(hex[2 * i]);
		int low = high < 0 ? -1 : digit(hex[2 * i + 1]);

		if (low < 0)
			return false;
		out->bytes[i] = (uint8_t)(high * 16 + low);
	}
	return hex[2 * sizeof(out->bytes)] == '"';
}

static enum decision read_decision(const char *text)
{
	for (int i = DECISION_ACCEPTED; i < NAMES; i++) {
		size_t len = strlen(names[i]);

		if (strncmp(text, names[i], len) == 0 && text[len] == '"')
			return (enum decision)i;
	}
	return DECISION_NONE;
}

/* A line that a crash cut short is none: what it was about is asked again. */
static void take_line(struct decisions *decisions, const struct text *line)
{
	const char *key = value_of(text_get(line), "\"key\":\"");
	const char *decision = value_of(text_get(line), "\"decision\":\"");
	struct decided item = { .order = decisions->count };

	if (!key || !decision || !read_key(key, &item.key))
		return;
	item.decision = read_decision(decision);
	if (item.decision == DECISION_NONE)
		return;
	if (decisions->count == decisions->cap) {
		decisions->cap = decisions->cap ? decisions->cap * 2 : 64;
		decisions->items = grow(decisions->items, decisions->cap,
					sizeof(*decisions->items));
	}
	decisions->items[decisions->count++] = item;
}

static int compare(const void *left, const void *right)
{
	const struct decided *a = left, *b = right;
	int order = memcmp(&a->key, &b->key, sizeof(a->key));

	if (order != 0)
		return order;
	return a->order < b->order ? -1 : a->order > b->order;
}

static int take_lines(struct decisions *decisions, struct input *input)
{
	int rc = CLI_DONE;

	while (rc == CLI_DONE) {
		rc = input_next(input);
		if (rc != CLI_DONE)
			break;
		decisions->last = input->start;
		take_line(decisions, &input->text);
	}
	return rc;
}

/* From the last line on that was read: it may have had no end yet.  To read a
 * decision twice does no harm. */
static int read_on(struct decisions *decisions, const struct stat *st)
{
	struct input input;
	int rc = input_open(&input, text_get(&decisions->path));

	if (rc == CLI_DONE && decisions->last > 0)
		rc = input_seek(&input, decisions->last);
	if (rc == CLI_DONE)
		rc = take_lines(decisions, &input);
	input_close(&input);
	decisions->size = st->st_size;
	if (decisions->count > 0)
		qsort(decisions->items, decisions->count,
		      sizeof(*decisions->items), compare);
	return rc == INPUT_END ? CLI_DONE : CLI_SYSTEM;
}

int decisions_read(struct decisions *decisions, const char *log,
		   const char *name)
{
	struct stat st;

	*decisions = (struct decisions){ 0 };
	if (name)
		text_str(&decisions->path, name);
	else
		text_fmt(&decisions->path, "%s/review.jsonl", log);
	if (stat(text_get(&decisions->path), &st) == 0)
		return read_on(decisions, &st);
	if (errno == ENOENT || errno == ENOTDIR)
		return CLI_DONE;
	return fail_errno(CLI_SYSTEM, "review: read %s",
			  text_get(&decisions->path));
}

int decisions_update(struct decisions *decisions)
{
	struct stat st;

	if (stat(text_get(&decisions->path), &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_size == decisions->size)
		return CLI_DONE;
	return read_on(decisions, &st);
}

void decisions_release(struct decisions *decisions)
{
	text_release(&decisions->path);
	free(decisions->items);
	*decisions = (struct decisions){ 0 };
}

bool decisions_settled(const struct decisions *decisions,
		       const struct ent_hash *key)
{
	size_t low = 0, high = decisions->count;

	/* The first one behind all of that key. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (memcmp(&decisions->items[middle].key, key, sizeof(*key)) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 &&
	       memcmp(&decisions->items[low - 1].key, key, sizeof(*key)) == 0 &&
	       decisions->items[low - 1].decision != DECISION_UNDONE;
}

/* ---- writing ----------------------------------------------------------- */

void decisions_line(struct text *text, const struct decision_note *note)
{
	char at[ENT_TIME_TEXT_SIZE];

	ent_time_text(ask_now_us(), at);
	text_fmt(text, "{\"at\":\"%s\"", at);
	if (note->by) {
		text_str(text, ",\"by\":");
		text_json_str(text, note->by);
	}
	text_fmt(text, ",\"decision\":\"%s\"", names[note->decision]);
	if (note->event) {
		text_str(text, ",\"event\":");
		text_json_str(text, note->event);
	}
	text_str(text, ",\"key\":");
	text_json_hash(text, note->key);
	if (note->reason) {
		text_str(text, ",\"reason\":");
		text_json_str(text, note->reason);
	}
	text_str(text, "}\n");
}

/* A crash may have left half a line: what is added stands on one of its own. */
static bool ends_in_line(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char last = '\n';

	return end <= 0 || pread(fd, &last, 1, end - 1) != 1 || last == '\n';
}

int decisions_append(const struct decisions *decisions, const struct text *lines)
{
	const char *name = text_get(&decisions->path);
	struct text bytes = { 0 };
	int rc = CLI_DONE, fd;
	bool made;

	if (lines->len == 0)
		return CLI_DONE;
	fd = open(name, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (fd < 0)
		return fail_errno(CLI_SYSTEM, "review: write %s", name);
	if (!ends_in_line(fd))
		text_str(&bytes, "\n");
	text_bytes(&bytes, lines->data, lines->len);
	made = lseek(fd, 0, SEEK_END) == 0;
	if (!sink_bytes(fd, bytes.data, bytes.len) || fsync(fd) != 0)
		rc = fail_errno(CLI_SYSTEM, "review: write %s", name);
	else if (made)
		sink_sync_name(name);
	close(fd);
	text_release(&bytes);
	return rc;
}
