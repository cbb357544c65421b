/*
 * descriptors.c - every command while some of the descriptors 0, 1 and 2 are closed:
 * a file that is opened then must not take their place, or what is printed goes
 * into it.
 */
#include "verbs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WAYS = 8, EXIT_INPUT = 3, EXIT_SYSTEM = 4 };

static struct run one; /* large */

static void close_some(void *arg)
{
	unsigned which = *(unsigned *)arg;

	for (int fd = 0; fd <= 2; fd++)
		if (which >> fd & 1)
			close(fd);
}

/* Nothing that is printed may be in the file. */
static void check_no_output(const struct verb *verb, const char *how)
{
	static const char *const prints[] = {
		"entente: ", "usage:", "\"alliances\":", "events: order",
		" verified", "\"ok\":", "hint: "
	};
	size_t len;
	char *bytes = read_file(in_scratch("log/data.mdb"), &len);

	for (size_t i = 0; i < sizeof(prints) / sizeof(*prints); i++)
		check(!memmem(bytes, len, prints[i], strlen(prints[i])),
		      "%s, %s: data.mdb holds \"%s\"", verb_name(verb), how,
		      prints[i]);
	free(bytes);
}

static void try(const struct verb *verb, int whole, unsigned which)
{
	char how[32];
	int code;

	snprintf(how, sizeof(how), "closed %u%u%u", which & 1, which >> 1 & 1,
		 which >> 2);
	verbs_reset();
	code = verb_run(verb, &one, close_some, &which, 0);
	check(code == whole || code == EXIT_SYSTEM ||
	      (code == EXIT_INPUT && which & 1 && verb->input),
	      "%s, %s: exit %d, status %x, and %d with all: %s",
	      verb_name(verb), how, code, (unsigned)one.status, whole,
	      one.err);
	check_no_output(verb, how);
	verb_check(verb, how);
	if (code == 0 && whole == 0 && !(which & 1 && verb->input))
		verb_check_done(verb, how);
}

int main(int argc, char **argv)
{
	unsigned step, runs = 0;

	fault_begin("descriptors", argc, argv);
	verbs_prepare();
	step = fault.full ? 1 : WAYS; /* another one for each command */
	for (unsigned v = 0; v < verbs_count; v++) {
		int whole;

		verbs_reset();
		whole = verb_run(&verbs[v], &one, NULL, NULL, 0);
		for (unsigned n = 0; n < WAYS; n += step, runs++)
			try(&verbs[v], whole,
			    (unsigned)(v + n + fault.seed) % WAYS);
	}
	tell("%zu commands, %u runs with closed descriptors; seed %" PRIu64,
	     verbs_count, runs, fault.seed);
	return fault_end();
}
