/*
 * cmd_head.c - note the head of the log, and hold a log to a note.
 */
#include "ask.h"
#include "out.h"
#include "sink.h"
#include "trust.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

struct head_ask {
	const char *key, *origin, *output;
	bool minisig, force, json;
	struct since since;
};

/* ---- noting ------------------------------------------------------------- */

struct head_note {
	struct ent_head head;
	struct ent_key *key; /* NULL: not signed */
	char *text;
	size_t len;
};

static int make_note(struct ent_log *log, const char *origin,
		     struct head_note *note)
{
	struct ent_error err = { 0 };
	int rc = ent_log_head(log, &note->head.size, &note->head.root, &err);

	if (rc == ENT_OK)
		rc = ent_note_write(&note->head, origin, note->key, &note->text,
				    &note->len, &err);
	if (rc == ENT_EINPUT) {
		fail_ent(&err, "head: --origin");
		return CLI_USAGE;
	}
	return rc < 0 ? fail_ent(&err, "head") : CLI_DONE;
}

static void print_json(const struct head_note *note)
{
	struct text text = { 0 };

	text_str(&text, "{\"head\":");
	text_json_hash(&text, &note->head.root);
	text_str(&text, ",\"note\":");
	text_json_str(&text, note->text);
	text_str(&text, ",\"signed_by\":");
	text_json_str(&text, note->key ? ent_key_public(note->key)->name : NULL);
	text_fmt(&text, ",\"size\":%" PRIu64 "}\n", note->head.size);
	out_text(&text);
	text_release(&text);
}

/* The signature of minisign, over the note as its file has it. */
static int add_minisig(const struct head_note *note, struct text *out)
{
	struct ent_bytes file = { note->text, note->len };
	char root[ENT_HASH_TEXT_SIZE];
	struct text comment = { 0 };
	struct ent_error err = { 0 };
	char *text = NULL;
	size_t len = 0;
	int rc = CLI_DONE;

	ent_hash_text(&note->head.root, root);
	text_fmt(&comment, "head %s of %" PRIu64 " events", root,
		 note->head.size);
	if (ent_minisign(note->key, file, text_get(&comment), &text, &len,
			 &err) < 0)
		rc = fail_ent(&err, "head");
	else
		text_bytes(out, text, len);
	ent_free(text);
	text_release(&comment);
	return rc;
}

/* A signature that is there is of the note that was there. */
static void note_old_minisig(const char *output, struct text *name)
{
	struct stat file;

	if (!output || strcmp(output, "-") == 0)
		return;
	text_fmt(name, "%s.minisig", output);
	if (lstat(text_get(name), &file) == 0)
		note("%s is of another note; --minisig signs this one",
		     text_get(name));
}

/* The note's file comes last: where it is, its signature is too. */
static int write_files(const struct head_ask *ask, const struct head_note *note)
{
	struct sink file = { 0 }, minisig = { 0 };
	struct text name = { 0 }, text = { 0 };
	int rc = sink_open(&file, "head", ask->output, ask->force);

	text_bytes(&text, note->text, note->len);
	if (rc == CLI_DONE)
		rc = sink_write(&file, &text);
	text_clear(&text);
	if (rc == CLI_DONE && ask->minisig) {
		text_fmt(&name, "%s.minisig", ask->output);
		rc = add_minisig(note, &text);
		if (rc == CLI_DONE)
			rc = sink_open(&minisig, "head", text_get(&name),
				       ask->force);
		if (rc == CLI_DONE)
			rc = sink_write(&minisig, &text);
		rc = sink_close(&minisig, rc);
	}
	rc = sink_close(&file, rc);
	if (rc == CLI_DONE && !ask->minisig)
		note_old_minisig(ask->output, &name);
	text_release(&text);
	text_release(&name);
	return rc;
}

static int note_head(struct ent_log *log, const struct head_ask *ask,
		     struct head_note *note)
{
	int rc = make_note(log, ask->origin, note);

	if (rc != CLI_DONE)
		return rc;
	if (!ask->json)
		return write_files(ask, note);
	print_json(note);
	return CLI_DONE;
}

/* ---- holding a log to a note --------------------------------------------- */

static void tell_json(const struct since *since, const struct ent_head *now,
		      const char *what)
{
	struct text text = { 0 };

	text_fmt(&text, "{\"events\":%" PRIu64 ",\"head\":", now->size);
	text_json_hash(&text, &now->root);
	text_fmt(&text, ",\"ok\":%s,\"since\":", what ? "false" : "true");
	since_json(since, &text);
	text_str(&text, ",\"what\":");
	text_json_str(&text, what);
	text_str(&text, "}\n");
	out_text(&text);
	text_release(&text);
}

static void tell(const struct since *since, const struct ent_head *now)
{
	struct text text = { 0 };

	text_fmt(&text, "the log's %" PRIu64 " events extend the note's %" PRIu64,
		 now->size, since->note.head.size);
	since_signed(since, &text);
	text_str(&text, "\n");
	out_text(&text);
	text_release(&text);
}

/* err has a code where the note itself does not hold. */
static int hold(struct ent_log *log, const struct head_ask *ask,
		struct ent_error *err)
{
	struct ent_error failed = { 0 };
	struct ent_head now = { 0 };
	int rc = ent_log_head(log, &now.size, &now.root, &failed);

	if (rc < 0)
		return fail_ent(&failed, "head");
	rc = err->code;
	if (rc == ENT_OK)
		rc = ent_head_extends(log, &ask->since.note.head, &now, err);
	if (ask->json && (rc == ENT_OK || rc == ENT_EPROOF))
		tell_json(&ask->since, &now, rc < 0 ? err->msg : NULL);
	else if (rc == ENT_OK)
		tell(&ask->since, &now);
	else
		fail_ent(err, "head: %s", ask->since.file);
	return exit_of(rc);
}

/* ------------------------------------------------------------------------- */

static int check_usage(const struct head_ask *ask)
{
	if (ask->since.file &&
	    (ask->key || ask->output || ask->minisig || ask->force))
		return fail(CLI_USAGE, "head: --verify writes nothing: it goes "
			    "with --pub, --origin and --json alone");
	if (!ask->since.file && ask->since.pub)
		return fail(CLI_USAGE, "head: --pub goes with --verify");
	if (ask->minisig && (!ask->key || !ask->output ||
			     strcmp(ask->output, "-") == 0))
		return fail(CLI_USAGE, "head: --minisig needs --key, and "
			    "--output with a file to sign");
	if (ask->json && ask->output)
		return fail(CLI_USAGE, "head: --json goes not with --output");
	if (ask->output && *ask->output == '\0')
		return fail(CLI_USAGE, "head: --output: the name is empty");
	return CLI_DONE;
}

static int run(struct cli *cli, struct head_ask *ask)
{
	struct head_note note = { .key = NULL };
	struct ent_error err = { 0 };
	struct ent_log *log = NULL;
	int rc;

	ask->since.origin = ask->origin;
	rc = since_read("head", &ask->since, &err);
	if (rc == CLI_DONE && ask->key)
		rc = trust_key("head", ask->key, &note.key);
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = ask->since.file ? hold(log, ask, &err) :
				       note_head(log, ask, &note);
	ent_log_close(log);
	ent_key_free(note.key);
	ent_free(note.text);
	return rc;
}

int cmd_head(struct cli *cli, int argc, char **argv)
{
	struct head_ask ask = { 0 };
	const struct opt opts[] = {
		{ 0, "key", OPT_TEXT, "FILE", "sign it with the secret key in FILE",
		  &ask.key },
		{ 0, "origin", OPT_TEXT, "NAME", "whose head it is; else the "
		  "key's name", &ask.origin },
		{ 'o', "output", OPT_TEXT, "FILE", "write to FILE, whole or not "
		  "at all", &ask.output },
		{ 'f', "force", OPT_FLAG, NULL, "also where FILE exists",
		  &ask.force },
		{ 0, "minisig", OPT_FLAG, NULL, "and FILE.minisig, for minisign",
		  &ask.minisig },
		{ 0, "verify", OPT_TEXT, "NOTE", "the log must extend the head in "
		  "the file NOTE", &ask.since.file },
		{ 0, "pub", OPT_TEXT, "KEY", "which must be signed by this public "
		  "key, or that in this file", &ask.since.pub },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &ask.json }
	};
	const struct usage usage = {
		.command = "head",
		.about = "Print the head of the log, how many events it has and "
			 "the root over them, as a note\nto be kept where the log "
			 "is not; or, with --verify, hold the log to such a "
			 "note.\nExit code 5 when a signature does not hold, or "
			 "the log does not extend the note."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = check_usage(&ask);
	return rc == CLI_DONE ? run(cli, &ask) : rc;
}
