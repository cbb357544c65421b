/*
 * verbs.c - see verbs.h.
 */
#include "verbs.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BATCH = 7 };

char verbs_log[280];
static char lines[300], article[300], table[300], gdelt[300], made[280];
static char fresh[300], kit[280], id[ENT_ID_TEXT_SIZE];
static char key[300], pub[300], note[300], proof[300], backup[300];
static char new_key[300], new_note[300], new_proof[300], new_backup[300];
static char new_lines[300];

#define READS .reads_log = true
#define WRITES .writes = true, READS

const struct verb verbs[] = {
	{ .args = { "append" }, WRITES, .input = lines },
	{ .args = { "append", "--json", "--batch", "7" }, WRITES, .input = lines },
	{ .args = { "append", "--dry-run" }, READS, .input = lines },
	{ .args = { "log" }, READS },
	{ .args = { "log", "--json" }, READS },
	{ .args = { "log", "--reverse" }, READS },
	{ .args = { "show", "7" }, READS },
	{ .args = { "show", id }, READS },
	{ .args = { "retract", id, "--reason", "r" }, WRITES },
	{ .args = { "redact", id, "--reason", "r" }, WRITES },
	{ .args = { "replay", "2024" }, READS },
	{ .args = { "replay", "2024", "--json" }, READS },
	{ .args = { "diff", "2010", "2024" }, READS },
	{ .args = { "diff", "2010", "2024", "--json", "--trail" }, READS },
	{ .args = { "why", "/A1/members/B1" }, READS },
	{ .args = { "propose", article } },
	{ .args = { "review", "--accept-all", lines }, WRITES },
	{ .args = { "import", "jsonl", lines } },
	{ .args = { "import", "gdelt", gdelt } },
	{ .args = { "import", "csv", "--map", "atop", table }, WRITES },
	{ .args = { "verify" }, READS },
	{ .args = { "verify", "--json" }, READS },
	{ .args = { "verify", "--since", note, "--pub", pub }, READS },
	{ .args = { "head" }, READS },
	{ .args = { "head", "--json" }, READS },
	{ .args = { "head", "--key", key, "--minisig", "-o", new_note }, READS,
	  .makes = { { "note", KIT_NOTE }, { "note.minisig", KIT_MINISIGN } } },
	{ .args = { "head", "--verify", note, "--pub", pub }, READS },
	{ .args = { "prove", "7" }, READS },
	{ .args = { "prove", "7", "--key", key, "-o", new_proof }, READS,
	  .makes = { { "proof", KIT_PROOF } } },
	{ .args = { "prove", "--check", proof, "--pub", pub } },
	{ .args = { "prove", "--check", proof, "--json" } },
	{ .args = { "key", "new", new_key },
	  .makes = { { "key", KIT_KEY }, { "key.pub", KIT_PUBLIC },
	    { "key.minisign.pub", KIT_MINISIGN } } },
	{ .args = { "backup", new_backup }, READS,
	  .makes = { { "backup", KIT_LOG } } },
	{ .args = { "backup", "--json", new_backup }, READS,
	  .makes = { { "backup", KIT_LOG } } },
	{ .args = { "--log", fresh, "restore", backup },
	  .makes = { { "fresh", KIT_LOG } } },
	{ .args = { "compact" }, READS },
	{ .args = { "compact", "--json" }, READS },
	{ .args = { "export" }, READS },
	{ .args = { "export", "-o", new_lines }, READS,
	  .makes = { { "lines", KIT_LINES } } },
	{ .args = { "export", "--format", "csv" }, READS },
	{ .args = { "checkpoint", "build" }, READS },
	{ .args = { "checkpoint", "list" }, READS },
	{ .args = { "checkpoint", "drop" }, READS },
	{ .args = { "stat" }, READS },
	{ .args = { "version" } },
	{ .args = { "help" } },
	{ .args = { "--help" } },
	{ .args = { "--log", fresh, "init" },
	  .makes = { { "fresh", KIT_LOG } } },
};

const size_t verbs_count = sizeof(verbs) / sizeof(*verbs);

/* ---- running ------------------------------------------------------------------- */

/* The word that is the command. */
static size_t word_of(const struct verb *verb)
{
	return strcmp(verb->args[0], "--log") == 0 ? 2 : 0;
}

static bool is(const struct verb *verb, const char *word)
{
	return strcmp(verb->args[word_of(verb)], word) == 0;
}

const char *verb_name(const struct verb *verb)
{
	static char names[4][80];
	static unsigned turn;
	char *name = names[turn++ % 4];
	size_t at = word_of(verb);
	const char *next = verb->args[at + 1];

	snprintf(name, sizeof(names[0]), "%s%s%.60s", verb->args[at],
		 next && next[0] == '-' ? " " : "",
		 next && next[0] == '-' ? next : "");
	return name;
}

void verbs_reset(void)
{
	remove_tree(verbs_log);
	mkdir(verbs_log, 0700);
	copy_file(in_scratch("saved"), in_scratch("log/data.mdb"));
	remove_tree(made);
	mkdir(made, 0700);
}

int verb_run(const struct verb *verb, struct run *one,
	     void (*prepare)(void *arg), void *arg, unsigned kill_after_us)
{
	*one = (struct run){ .args = verb->args, .log = verbs_log,
			     .input = verb->input, .prepare = prepare,
			     .arg = arg, .kill_after_us = kill_after_us };
	run(one);
	return exit_of_run(one);
}

/* ---- what it leaves -------------------------------------------------------------- */

static bool may_be_stored(const struct verb *verb, int64_t found)
{
	int64_t more = found - VERB_EVENTS;

	if (!verb->writes)
		return more == 0;
	if (is(verb, "retract") || is(verb, "redact"))
		return more == 0 || more == 1;
	if (verb->args[1] && strcmp(verb->args[1], "--json") == 0)
		return more == VERB_LINES ||
		       (more >= 0 && more < VERB_LINES && more % BATCH == 0);
	return more == 0 || more == VERB_LINES;
}

/* How much of what it makes is there. */
static unsigned check_made(const struct verb *verb, const char *how)
{
	char path[KIT_PATH], why[KIT_WHY];
	unsigned whole = 0;

	for (size_t i = 0; i < VERB_MAKES && verb->makes[i].name; i++) {
		enum kit_state state;

		snprintf(path, sizeof(path), "%s/%s", made,
			 verb->makes[i].name);
		state = kit_look(kit, verb->makes[i].kind, path, why);
		check(state != KIT_BROKEN, "%s, %s: %s: %s", verb_name(verb),
		      how, verb->makes[i].name, why);
		whole += state == KIT_WHOLE;
	}
	return whole;
}

void verb_check(const struct verb *verb, const char *how)
{
	int64_t found = verify_log(verbs_log);

	check(may_be_stored(verb, found), "%s, %s: %" PRId64 " events",
	      verb_name(verb), how, found);
	check_made(verb, how);
}

void verb_check_done(const struct verb *verb, const char *how)
{
	unsigned whole = check_made(verb, how), all = 0;

	while (all < VERB_MAKES && verb->makes[all].name)
		all++;
	check(whole == all, "%s, %s: made %u of %u", verb_name(verb), how,
	      whole, all);
}

/* ---- what they work on ------------------------------------------------------------ */

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		die("%s: %s", path, strerror(errno));
}

static void write_lines(void)
{
	FILE *file = fopen(lines, "w");
	char json[4096];

	for (uint64_t i = 0; file && i < VERB_LINES; i++) {
		event_json(json, sizeof(json), 8, i, 300);
		fprintf(file, "%s\n", json);
	}
	if (!file || fclose(file) != 0)
		die("%s: %s", lines, strerror(errno));
}

/* One row of 61 columns: Russia criticises Armenia. */
static void write_gdelt(void)
{
	FILE *file = fopen(gdelt, "w");

	if (!file)
		die("%s: %s", gdelt, strerror(errno));
	for (int column = 1; column <= 61; column++)
		fprintf(file, "%s%c",
			column == 1 ? "1" : column == 2 ? "20240223" :
			column == 6 || column == 8 ? "RUS" :
			column == 16 || column == 18 ? "ARM" :
			column == 26 ? "1" : column == 27 ? "111" :
			column == 28 ? "111" : column == 29 ? "11" :
			column == 60 ? "20240223120000" :
			column == 61 ? "https://example.org/a" : "",
			column == 61 ? '\n' : '\t');
	fclose(file);
}

static void make_log(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(verbs_log, &options);
	struct ent_appended done = { 0 };
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };

	if (append_events(log, 0, 0, VERB_EVENTS, 200, &done, &err) < 0 ||
	    ent_log_get(log, 9, &event, &err) < 0)
		die("%s", err.msg);
	ent_id_text(&event->id, id);
	ent_event_free(event);
	ent_log_close(log);
	copy_file(in_scratch("log/data.mdb"), in_scratch("saved"));
	mkdir(kit, 0700);
	if (!kit_make(kit, verbs_log, &err))
		die("%s", err.msg);
}

static void name(char *out, size_t size, const char *file)
{
	snprintf(out, size, "%s", in_scratch("%s", file));
}

static void name_all(void)
{
	name(verbs_log, sizeof(verbs_log), "log");
	name(kit, sizeof(kit), "kit");
	name(made, sizeof(made), "made");
	name(lines, sizeof(lines), "lines");
	name(article, sizeof(article), "article.txt");
	name(table, sizeof(table), "table.csv");
	name(gdelt, sizeof(gdelt), "gdelt.csv");
	name(key, sizeof(key), "kit/key");
	name(pub, sizeof(pub), "kit/key.pub");
	name(note, sizeof(note), "kit/note");
	name(proof, sizeof(proof), "kit/proof");
	name(backup, sizeof(backup), "kit/backup");
	name(fresh, sizeof(fresh), "made/fresh");
	name(new_key, sizeof(new_key), "made/key");
	name(new_note, sizeof(new_note), "made/note");
	name(new_proof, sizeof(new_proof), "made/proof");
	name(new_backup, sizeof(new_backup), "made/backup");
	name(new_lines, sizeof(new_lines), "made/lines");
}

static bool has(const char *word)
{
	for (size_t i = 0; i < verbs_count; i++)
		if (is(&verbs[i], word))
			return true;
	return false;
}

void verbs_prepare(void)
{
	char missing[KIT_WHY];

	name_all();
	write_lines();
	write_text(article, "Armenia froze its membership in the CSTO in "
			    "February 2024, officials said.\n");
	write_text(table, "date = {year}\n");
	write_gdelt();
	make_log();
	check(kit_has_all(fault.program, has, missing), "not tested: %s",
	      missing);
}
