/*
 * cmd_prove.c - prove that an event is in the log; check such a proof without one.
 */
#include "ask.h"
#include "event_text.h"
#include "out.h"
#include "sink.h"
#include "trust.h"

#include <inttypes.h>
#include <string.h>

struct prove_ask {
	const char *key, *origin, *output;
	const char *check, *pub;
	bool force, json;
};

/* ---- proving ------------------------------------------------------------ */

static int write_proof(const struct prove_ask *ask, const char *proof, size_t len)
{
	struct text text = { 0 };
	struct sink sink = { 0 };
	int rc = sink_open(&sink, "prove", ask->output, ask->force);

	text_bytes(&text, proof, len);
	text_str(&text, "\n");
	if (rc == CLI_DONE)
		rc = sink_write(&sink, &text);
	rc = sink_close(&sink, rc);
	text_release(&text);
	return rc;
}

static int prove_seq(struct ent_log *log, uint64_t seq,
		     const struct prove_ask *ask, const struct ent_key *key)
{
	struct ent_error err = { 0 };
	char *proof = NULL;
	size_t len = 0;
	int rc = ent_prove(log, seq, ask->origin, key, &proof, &len, &err);

	if (rc == ENT_EINPUT) {
		fail_ent(&err, "prove: --origin");
		return CLI_USAGE;
	}
	rc = rc < 0 ? fail_ent(&err, "prove") : write_proof(ask, proof, len);
	ent_free(proof);
	return rc;
}

static int prove(struct cli *cli, const char *name, const struct prove_ask *ask)
{
	struct ent_event *event = NULL;
	struct ent_key *key = NULL;
	struct ent_log *log = NULL;
	int rc = CLI_DONE;

	if (ask->key)
		rc = trust_key("prove", ask->key, &key);
	if (rc == CLI_DONE)
		rc = ask_log(cli, ASK_READ, &log);
	if (rc == CLI_DONE)
		rc = ask_event(log, name, &event);
	if (rc == CLI_DONE)
		rc = event ? prove_seq(log, event->seq, ask, key) :
			     fail(CLI_NO, "the log has no event %s", name);
	ent_event_free(event);
	ent_log_close(log);
	ent_key_free(key);
	return rc;
}

/* ---- checking ----------------------------------------------------------- */

static int refused_json(const char *what)
{
	struct text text = { 0 };

	text_str(&text, "{\"ok\":false,\"what\":");
	text_json_str(&text, what);
	text_str(&text, "}\n");
	out_text(&text);
	text_release(&text);
	return CLI_DAMAGE;
}

static int print_json(const struct ent_proven *proven,
		      const struct ent_public *key)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	text_str(&text, "{\"event\":");
	if (text_json_event(&text, proven->event, &err) < 0)
		rc = fail_ent(&err, "prove");
	text_str(&text, ",\"head\":");
	text_json_hash(&text, &proven->head.root);
	text_str(&text, ",\"ok\":true,\"origin\":");
	text_json_str(&text, proven->has_note ? proven->note.origin : NULL);
	text_str(&text, ",\"signed_by\":");
	text_json_str(&text, proven->note.is_signed ? key->name : NULL);
	text_fmt(&text, ",\"size\":%" PRIu64 "}\n", proven->head.size);
	if (rc == CLI_DONE)
		out_text(&text);
	text_release(&text);
	return rc;
}

static void print_signer(const struct ent_proven *proven,
			 const struct ent_public *key)
{
	if (proven->note.is_signed) {
		out_str("signed by ");
		out_safe(key->name);
		out_str(", of ");
		out_safe(proven->note.origin);
	} else {
		out_str(proven->has_note ?
				"its signature was not looked at (--pub)" :
				"nobody signed it");
		out_str(": the proof is worth what that head is: compare it");
	}
	out_str("\n");
}

static void print_text(const struct ent_proven *proven,
		       const struct ent_public *key)
{
	char head[ENT_HASH_TEXT_SIZE], id[ENT_ID_TEXT_SIZE];
	char recorded[ENT_TIME_TEXT_SIZE];
	struct text text = { 0 };

	ent_hash_text(&proven->head.root, head);
	ent_id_text(&proven->event->id, id);
	ent_time_text(proven->event->recorded_us, recorded);
	event_line(&text, proven->event);
	text_str(&text, "\n");
	out_text(&text);
	event_gist(&text, proven->event);
	if (text.len > 0) {
		out_str("  ");
		out_safe(text_get(&text));
		out_str("\n");
	}
	out_fmt("  id %s\n  recorded %s\nis in the log of %" PRIu64
		" event%s with head %s\n", id, recorded, proven->head.size,
		proven->head.size == 1 ? "" : "s", head);
	print_signer(proven, key);
	text_release(&text);
}

static int check(const struct prove_ask *ask)
{
	struct ent_public key;
	struct ent_proven proven = { .event = NULL };
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc = CLI_DONE;

	if (ask->pub)
		rc = trust_public("prove", ask->pub, &key);
	if (rc == CLI_DONE)
		rc = trust_file("prove", ask->check, ENT_PROOF_BYTES_MAX, &text);
	if (rc != CLI_DONE)
		goto out;
	rc = ent_proof_check(text_get(&text), text.len, ask->pub ? &key : NULL,
			     &proven, &err);
	if (rc == ENT_EPROOF && ask->json)
		rc = refused_json(err.msg);
	else if (rc < 0)
		rc = fail_ent(&err, "prove: %s", ask->check);
	else if (ask->json)
		rc = print_json(&proven, &key);
	else
		print_text(&proven, &key);
out:
	ent_event_free(proven.event);
	text_release(&text);
	return rc;
}

/* ------------------------------------------------------------------------- */

static int check_usage(const struct prove_ask *ask, size_t operands)
{
	if (ask->check && operands > 0)
		return fail(CLI_USAGE, "prove: --check takes a proof, and no "
			    "event");
	if (ask->check && (ask->key || ask->origin || ask->output || ask->force))
		return fail(CLI_USAGE, "prove: --check writes nothing: it goes "
			    "with --pub and --json alone");
	if (!ask->check && operands == 0)
		return fail(CLI_USAGE, "prove: an operand is missing: ID|SEQ");
	if (!ask->check && ask->pub)
		return fail(CLI_USAGE, "prove: --pub goes with --check");
	if (ask->origin && !ask->key)
		return fail(CLI_USAGE, "prove: --origin goes with --key");
	if (ask->output && *ask->output == '\0')
		return fail(CLI_USAGE, "prove: --output: the name is empty");
	return CLI_DONE;
}

int cmd_prove(struct cli *cli, int argc, char **argv)
{
	struct prove_ask ask = { 0 };
	const struct opt opts[] = {
		{ 0, "key", OPT_TEXT, "FILE", "with the head, signed with the "
		  "secret key in FILE", &ask.key },
		{ 0, "origin", OPT_TEXT, "NAME", "whose head it is; else the "
		  "key's name", &ask.origin },
		{ 'o', "output", OPT_TEXT, "FILE", "write to FILE, whole or not "
		  "at all", &ask.output },
		{ 'f', "force", OPT_FLAG, NULL, "also where FILE exists",
		  &ask.force },
		{ 0, "check", OPT_TEXT, "FILE", "check the proof in FILE; no log "
		  "is needed", &ask.check },
		{ 0, "pub", OPT_TEXT, "KEY", "its head must be signed by this "
		  "public key, or that in this file", &ask.pub },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON (a proof is JSON "
		  "as it is)", &ask.json }
	};
	const struct usage usage = {
		.command = "prove", .operands = "ID|SEQ", .max = 1,
		.about = "Write the proof that an event is in the log, as one "
			 "line of JSON that is checked\nwithout the log: by "
			 "--check, or by anyone who has SHA-256.\nExit code 5 when "
			 "a proof or its signature does not hold."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	rc = check_usage(&ask, count);
	if (rc != CLI_DONE)
		return rc;
	return ask.check ? check(&ask) : prove(cli, argv[0], &ask);
}
