/*
 * propose_seen.c - the articles that were read before, one a line in a file.
 */
#include "input.h"
#include "propose.h"
#include "sink.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

static int load_line(struct propose *propose, const struct input *input)
{
	struct ent_error err = { 0 };

	if (input->too_long)
		return fail(CLI_INPUT, "%s:%" PRIu64 ": the line is longer than "
			    "1 MiB", input->name, input->line);
	if (ent_memory_load(propose->memory, text_get(&input->text),
			    input->text.len, &err) < 0)
		return fail_ent(&err, "%s:%" PRIu64, input->name, input->line);
	return CLI_DONE;
}

int propose_load_seen(struct propose *propose)
{
	struct input input;
	int rc;

	if (!propose->seen)
		return CLI_DONE;
	if (access(propose->seen, F_OK) != 0 && errno == ENOENT)
		return CLI_DONE; /* nothing was seen yet */
	rc = input_open(&input, propose->seen);
	while (rc == CLI_DONE) {
		rc = input_next(&input);
		if (rc == CLI_DONE)
			rc = load_line(propose, &input);
	}
	input_close(&input);
	return rc == INPUT_END ? CLI_DONE : rc;
}

static int save_line(const struct ent_memory *memory, size_t i,
		     struct sink *sink)
{
	struct text text = { 0 };
	struct ent_error err = { 0 };
	char *line = NULL;
	size_t len = 0;
	int rc;

	if (ent_memory_line(memory, i, &line, &len, &err) < 0)
		return fail_ent(&err, "propose: write %s", sink->name);
	text_bytes(&text, line, len);
	text_str(&text, "\n");
	rc = sink_write(sink, &text);
	text_release(&text);
	ent_free(line);
	return rc;
}

static int save_lines(const struct ent_memory *memory, struct sink *sink)
{
	int rc = CLI_DONE;

	for (size_t i = 0; i < ent_memory_count(memory) && rc == CLI_DONE; i++)
		rc = save_line(memory, i, sink);
	return rc;
}

/*
 * What is remembered is not proposed again: so it is, only where the candidates
 * are surely out.
 */
int propose_save_seen(const struct propose *propose)
{
	struct sink sink;
	int rc;

	out_flush();
	if (!propose->seen || propose->explain || out_failed())
		return CLI_DONE;
	rc = sink_open(&sink, "propose", propose->seen, true);
	if (rc == CLI_DONE)
		rc = sink_close(&sink, save_lines(propose->memory, &sink));
	return rc;
}
