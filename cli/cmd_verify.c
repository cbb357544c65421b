/*
 * cmd_verify.c - check every promise of the log.
 */
#include "ask.h"
#include "isolate.h"
#include "out.h"
#include "progress.h"
#include "stop.h"
#include "trust.h"

#include <inttypes.h>
#include <string.h>

struct findings {
	bool json;
	uint64_t count;
	uint64_t looked_at, events; /* as progress tells */
	bool to_the_end; /* all was looked at, and the head is known */
	struct text list; /* as JSON */
};

static void finding(uint64_t seq, const char *what, void *arg)
{
	struct findings *findings = arg;

	if (!findings->json) {
		if (seq)
			fail(CLI_DAMAGE, "event %" PRIu64 ": %s", seq, what);
		else
			fail(CLI_DAMAGE, "%s", what);
	}
	text_str(&findings->list, findings->count++ ? ",{\"seq\":" : "{\"seq\":");
	if (seq)
		text_fmt(&findings->list, "%" PRIu64, seq);
	else
		text_str(&findings->list, "null");
	text_str(&findings->list, ",\"what\":");
	text_json_str(&findings->list, what);
	text_str(&findings->list, "}");
}

static int progress(uint64_t done, uint64_t total, void *arg)
{
	struct findings *findings = arg;

	findings->looked_at = done;
	findings->events = total;
	progress_of("verify", done, total);
	return stop_asked();
}

static int stopped(const struct findings *findings)
{
	struct text text = { 0 };
	int rc;

	text_number(&text, findings->looked_at);
	text_str(&text, " of ");
	text_number(&text, findings->events);
	text_str(&text, " events: ");
	if (findings->count == 0)
		text_str(&text, "nothing is");
	else
		text_number(&text, findings->count);
	if (findings->count > 0)
		text_str(&text, findings->count == 1 ? " thing is" :
						       " things are");
	rc = fail(CLI_SYSTEM, "verify: stopped after %s wrong so far",
		  text_get(&text));
	text_release(&text);
	return rc;
}

/* What was not derived is null. */
static void print_json(const struct findings *findings,
		       const struct ent_verified *done,
		       const struct since *since)
{
	struct text text = { 0 };

	text_str(&text, "{\"events\":");
	if (findings->to_the_end)
		text_fmt(&text, "%" PRIu64, done->events);
	else
		text_str(&text, "null");
	text_fmt(&text, ",\"findings\":[%s],\"head\":",
		 text_get(&findings->list));
	if (findings->to_the_end)
		text_json_hash(&text, &done->head);
	else
		text_str(&text, "null");
	text_fmt(&text, ",\"ok\":%s", findings->count ? "false" : "true");
	if (since->file) {
		text_str(&text, ",\"since\":");
		since_json(since, &text);
	}
	text_str(&text, "}\n");
	out_text(&text);
	text_release(&text);
}

/* "; extends the head of 54 events, signed by example.org/a" */
static void add_since(const struct since *since, struct text *out)
{
	if (!since->file)
		return;
	text_fmt(out, "; extends the head of %" PRIu64 " events",
		 since->note.head.size);
	since_signed(since, out);
}

static void print_text(const struct findings *findings,
		       const struct ent_verified *done,
		       const struct since *since)
{
	const char *s = findings->count == 1 ? " is" : "s are";
	char head[ENT_HASH_TEXT_SIZE];
	struct text text = { 0 };

	ent_hash_text(&done->head, head);
	add_since(since, &text);
	if (!findings->to_the_end)
		out_fmt("not read to the end: %" PRIu64 " thing%s wrong\n",
			findings->count, s);
	else if (findings->count > 0)
		out_fmt("%" PRIu64 " events: %" PRIu64 " thing%s wrong; head %s\n",
			done->events, findings->count, s, head);
	else
		out_fmt("%" PRIu64 " events: order, hashes, tree, ids, indexes, "
			"checkpoints ok%s; head %s\n", done->events,
			text_get(&text), head);
	text_release(&text);
}

/* A head that was noted elsewhere tells a log that was rewritten as a whole. */
static void compare_head(const char *expected, const struct ent_verified *done,
			 struct findings *findings)
{
	char head[ENT_HASH_TEXT_SIZE];
	struct text what = { 0 };

	ent_hash_text(&done->head, head);
	if (!expected || strcmp(expected, head) == 0)
		return;
	text_fmt(&what, "the head is %s, not %s", head, expected);
	finding(0, text_get(&what), findings);
	text_release(&what);
}

/* What the events give must extend the note; err has a code where the note itself
 * does not hold.  The pages were found sound, so this process may read them. */
static int compare_since(const struct cli *cli, const struct since *since,
			 struct ent_error *err, const struct ent_verified *done,
			 struct findings *findings)
{
	const struct ent_head now = { done->events, done->head };
	struct ent_log *log = NULL;
	struct text what = { 0 };
	int rc = err->code;

	if (rc == ENT_OK && ask_log(cli, ASK_READ, &log) != CLI_DONE)
		return CLI_SYSTEM;
	if (rc == ENT_OK)
		rc = ent_head_extends(log, &since->note.head, &now, err);
	ent_log_close(log);
	if (rc == ENT_ENOMEM || rc == ENT_EIO)
		return fail_ent(err, "verify");
	if (rc < 0) {
		text_fmt(&what, "%s: %s", since->file, err->msg);
		finding(0, text_get(&what), findings);
	}
	text_release(&what);
	return CLI_DONE;
}

static int verify(const struct cli *cli, const char *dir, const char *head,
		  const struct since *since, struct ent_error *note_err,
		  bool json)
{
	struct findings findings = { .json = json };
	struct ent_verified done = { 0 };
	struct ent_error err = { 0 };
	int rc;

	stop_later();
	progress_begin();
	rc = isolate_verify(dir, cli->trust, finding, progress, &findings,
			    &done, &err);
	progress_done();
	if (rc == ENT_ECORRUPT) {
		finding(0, err.msg, &findings);
	} else if (rc < 0) {
		rc = rc == ENT_ESTOPPED ? stopped(&findings) : fail_said(&err);
		goto out;
	} else {
		findings.to_the_end = true;
		compare_head(head, &done, &findings);
		if (since->file && findings.count == 0)
			rc = compare_since(cli, since, note_err, &done,
					   &findings);
		if (rc != CLI_DONE)
			goto out;
	}
	if (json)
		print_json(&findings, &done, since);
	else
		print_text(&findings, &done, since);
	rc = findings.count ? CLI_DAMAGE : CLI_DONE;
out:
	text_release(&findings.list);
	return rc;
}

static int lower_hex(char *hex)
{
	size_t len = strlen(hex);

	for (char *c = hex; *c; c++)
		if (*c >= 'A' && *c <= 'F')
			*c = (char)(*c - 'A' + 'a');
	if (len == ENT_HASH_TEXT_SIZE - 1 &&
	    strspn(hex, "0123456789abcdef") == len)
		return CLI_DONE;
	return fail(CLI_USAGE, "--head: \"%s\" is no hash of 64 hexadecimal "
		    "digits", hex);
}

static int read_head(const char *text, char out[ENT_HASH_TEXT_SIZE])
{
	if (strlen(text) < ENT_HASH_TEXT_SIZE)
		memcpy(out, text, strlen(text) + 1);
	return lower_hex(out);
}

int cmd_verify(struct cli *cli, int argc, char **argv)
{
	const char *head = NULL;
	char expected[ENT_HASH_TEXT_SIZE] = "";
	struct since since = { 0 };
	struct ent_error note_err = { 0 };
	bool json = false;
	const struct opt opts[] = {
		{ 0, "head", OPT_TEXT, "HEX", "the head that the log should "
		  "have", &head },
		{ 0, "since", OPT_TEXT, "NOTE", "a note of `entente head` that the "
		  "log must extend", &since.file },
		{ 0, "pub", OPT_TEXT, "KEY", "which must be signed by this public "
		  "key, or that in this file", &since.pub },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "verify",
		.about = "Derive every promise of the log again from its events: "
			 "order, hashes,\ntree, ids, indexes; and compare each "
			 "checkpoint with the events it covers.\nExit code 5 when "
			 "something is wrong."
	};
	const char *dir;
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = head ? read_head(head, expected) : CLI_DONE;
	if (rc != CLI_DONE)
		return rc;
	if (since.pub && !since.file)
		return fail(CLI_USAGE, "verify: --pub goes with --since");
	rc = since_read("verify", &since, &note_err);
	if (rc == CLI_DONE)
		rc = ask_log_dir(cli, &dir);
	return rc == CLI_DONE ? verify(cli, dir, head ? expected : NULL, &since,
				       &note_err, json) : rc;
}
