/*
 * answers.c - what one program answers about the same events, to be held against
 * what another one does: one that was built otherwise, or runs elsewhere.
 *
 *     answers FOLDER FIXTURE [QUESTIONS]
 *
 * The events of FIXTURE and of generated histories go into three logs, FOLDER/few,
 * many and mixed: a few at a time, all at once, and with checkpoints made and dropped
 * between.  Their heads must be the same, and so must all answers, with checkpoints
 * and without.  One line for each is printed.
 */
#include "entente/entente.h"

#include "../property/generate.h"

#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HISTORIES = 12,
	LOGS = 3,
	FEW = 7,
	LINE_MAX_BYTES = 1 << 16,
	HISTORY_FROM = 1985,
	HISTORY_TO = 2030
};

static const char *const log_names[LOGS] = { "few", "many", "mixed" };
static const int64_t now_us = 1750000000000000;

static struct ent_log *logs[LOGS];
static char **lines; /* events, one JSON text each */
static size_t lines_count;

static void ENT_PRINTF(1, 2) __attribute__((noreturn)) die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	exit(EXIT_FAILURE);
}

/* FNV-1a: any difference shows, and nobody is an adversary here. */
static uint64_t mix(const char *bytes, size_t len)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash;
}

/* ---- events ---------------------------------------------------------------------- */

/* Takes line. */
static void add_line(char *line)
{
	lines = realloc(lines, (lines_count + 1) * sizeof(*lines));
	if (!lines || !line)
		die("answers: no memory");
	lines[lines_count++] = line;
}

static void read_fixture(const char *path)
{
	static char line[LINE_MAX_BYTES];
	FILE *file = fopen(path, "r");

	if (!file)
		die("answers: %s cannot be read", path);
	while (fgets(line, sizeof(line), file))
		add_line(strdup(line));
	fclose(file);
}

static void generate(void)
{
	for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
		json_t *events = generate_history(seed);

		for (size_t i = 0; i < json_array_size(events); i++)
			add_line(json_dumps(json_array_get(events, i),
					    JSON_COMPACT | JSON_SORT_KEYS));
		json_decref(events);
	}
}

/* ---- logs ------------------------------------------------------------------------ */

static void append(struct ent_log *log, size_t from, size_t count)
{
	const struct ent_append_options options = { .now_us = now_us };
	struct ent_batch *batch = NULL;
	struct ent_appended appended;
	struct ent_error err;
	int rc = ent_batch_new(&batch, &err);

	for (size_t i = from; rc == ENT_OK && i < from + count; i++)
		rc = ent_batch_add(batch, lines[i], strlen(lines[i]), NULL,
				   &err);
	if (rc == ENT_OK)
		rc = ent_log_append(log, batch, &options, &appended, &err);
	if (rc < 0)
		die("answers: events %zu to %zu: %s", from + 1, from + count,
		    err.msg);
	ent_batch_free(batch);
}

static void change_checkpoints(struct ent_log *log, struct dice *dice)
{
	struct ent_error err;
	int rc = dice_percent(dice, 20) ? ent_checkpoint_drop(log, &err) :
					  ent_checkpoint_build(log, 1, &err);

	if (rc < 0)
		die("answers: checkpoints: %s", err.msg);
}

static void fill(size_t n)
{
	struct dice dice = { n };

	for (size_t at = 0, count; at < lines_count; at += count) {
		count = n == 1 ? lines_count :
				 (size_t)dice_between(&dice, 1,
						      n == 0 ? FEW : FEW * FEW);
		if (count > lines_count - at)
			count = lines_count - at;
		append(logs[n], at, count);
		if (n == 2)
			change_checkpoints(logs[n], &dice);
	}
}

static void make_logs(const char *folder)
{
	const struct ent_log_options options = { .create = true };
	char dir[512];
	struct ent_error err;

	for (size_t n = 0; n < LOGS; n++) {
		snprintf(dir, sizeof(dir), "%s/%s", folder, log_names[n]);
		if (ent_log_open(dir, &options, &logs[n], &err) < 0)
			die("answers: %s", err.msg);
		fill(n);
	}
}

/* ---- answers ----------------------------------------------------------------------- */

static bool failed;

static void ENT_PRINTF(2, 3) answer(uint64_t hash[LOGS + 1], const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	printf(" %016" PRIx64 "\n", hash[0]);
	for (size_t n = 1; n <= LOGS; n++)
		if (hash[n] != hash[0]) {
			printf("  FAIL  %s answers %016" PRIx64 "\n",
			       n < LOGS ? log_names[n] : "no checkpoint",
			       hash[n]);
			failed = true;
		}
}

static uint64_t take(int rc, char *text, size_t len, const struct ent_error *err)
{
	uint64_t hash;

	if (rc < 0)
		die("answers: %s", err->msg);
	hash = mix(text, len);
	ent_free(text);
	return hash;
}

static void print_heads(void)
{
	uint64_t hash[LOGS + 1];
	struct ent_hash head;
	struct ent_error err;
	uint64_t seq = 0;

	for (size_t n = 0; n < LOGS; n++) {
		if (ent_log_head(logs[n], &seq, &head, &err) < 0)
			die("answers: %s", err.msg);
		hash[n] = mix((const char *)head.bytes, sizeof(head.bytes));
	}
	hash[LOGS] = hash[0];
	answer(hash, "head %" PRIu64, seq);
}

static uint64_t event_hash(struct ent_log *log, uint64_t seq)
{
	struct ent_event *event = NULL;
	struct ent_error err;
	char *text = NULL;
	size_t len = 0;
	int rc = ent_log_get(log, seq, &event, &err);
	uint64_t hash;

	if (rc == ENT_OK)
		rc = ent_event_json(event, &text, &len, &err);
	hash = take(rc, text, len, &err);
	ent_event_free(event);
	return hash;
}

static void print_events(void)
{
	uint64_t hash[LOGS + 1];

	for (uint64_t seq = 1; seq <= lines_count; seq++) {
		for (size_t n = 0; n < LOGS; n++)
			hash[n] = event_hash(logs[n], seq);
		hash[LOGS] = hash[0];
		answer(hash, "event %" PRIu64, seq);
	}
}

static uint64_t state_hash(struct ent_log *log, const struct ent_basis *basis,
			   bool no_checkpoints)
{
	const struct ent_view view = { .no_checkpoints = no_checkpoints };
	struct ent_state *state = NULL;
	struct ent_error err;
	char *text = NULL;
	size_t len = 0;
	int rc = ent_replay(log, basis, &view, &state, &err);
	uint64_t hash;

	if (rc == ENT_OK)
		rc = ent_state_json(state, &text, &len, &err);
	hash = take(rc, text, len, &err);
	ent_state_free(state);
	return hash;
}

static uint64_t diff_hash(struct ent_log *log, const struct ent_basis *from,
			  const struct ent_basis *to)
{
	struct ent_diff *diff = NULL;
	struct ent_error err;
	char *text = NULL;
	size_t len = 0;
	int rc = ent_diff(log, from, to, NULL, &diff, &err);
	uint64_t hash;

	if (rc == ENT_OK)
		rc = ent_diff_json(diff, &text, &len, &err);
	hash = take(rc, text, len, &err);
	ent_diff_free(diff);
	return hash;
}

static struct ent_basis question(struct dice *dice)
{
	/* One after another: compilers differ in the order of arguments. */
	int year = (int)dice_between(dice, HISTORY_FROM, HISTORY_TO);
	int month = (int)dice_between(dice, 1, 12);
	int day = (int)dice_between(dice, 1, 28);
	struct ent_basis basis = { .at = ent_day(year, month, day),
				   .known = ENT_KNOWN_ALL };

	if (dice_percent(dice, 40))
		basis.known = (uint64_t)dice_between(dice, 0, (long)lines_count);
	basis.has_published = dice_percent(dice, 20);
	basis.published = basis.at + (int32_t)dice_between(dice, -400, 400);
	return basis;
}

static void ask(unsigned long questions)
{
	struct dice dice = { 16 };
	struct ent_basis from = question(&dice);
	uint64_t hash[LOGS + 1];

	for (unsigned long i = 0; i < questions; i++) {
		struct ent_basis to = question(&dice);

		for (size_t n = 0; n < LOGS; n++)
			hash[n] = state_hash(logs[n], &to, false);
		hash[LOGS] = state_hash(logs[0], &to, true);
		answer(hash, "replay %" PRId32 " %" PRId64 " %d", to.at,
		       (int64_t)to.known, to.has_published);
		from.has_published = to.has_published;
		from.published = to.published;
		for (size_t n = 0; n < LOGS; n++)
			hash[n] = diff_hash(logs[n], &from, &to);
		hash[LOGS] = hash[0];
		answer(hash, "diff %" PRId32 " %" PRId32, from.at, to.at);
		from = to;
	}
}

int main(int argc, char **argv)
{
	setlocale(LC_ALL, "");
	if (argc < 3)
		die("usage: answers FOLDER FIXTURE [QUESTIONS]");
	read_fixture(argv[2]);
	generate();
	make_logs(argv[1]);
	print_heads();
	print_events();
	ask(argc > 3 ? strtoul(argv[3], NULL, 10) : 50);
	for (size_t n = 0; n < LOGS; n++)
		ent_log_close(logs[n]);
	for (size_t i = 0; i < lines_count; i++)
		free(lines[i]);
	free(lines);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
