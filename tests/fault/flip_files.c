/*
 * flip_files.c - each byte of a note, a proof, a key and an export changed.
 *
 * Who reads it either notices, or reads what was there: a change of what is not
 * signed or not part of an event changes nothing.  The program is run on some of
 * them, and ends by no signal.
 */
#include "fault.h"
#include "kit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EVENTS = 24, TEXT = 1 << 16 };

/* What was read of a file: two readings say the same where they are equal. */
struct reading {
	bool good;
	char text[TEXT];
};

struct file {
	const char *name; /* in the kit */
	void (*read)(const char *bytes, size_t len, struct reading *out);
	const char *const args[6]; /* of the program, which reads it as victim */
	bool may_be_another; /* what is read of it may differ and be good */
};

static char kit[280], log_dir[280], victim[300], pub[300], fresh[300];
static struct ent_public public;
static struct run one; /* large */

/* ---- reading -------------------------------------------------------------------------- */

static void say_head(const struct ent_head *head, struct reading *out)
{
	char hash[ENT_HASH_TEXT_SIZE];
	size_t len = strlen(out->text);

	ent_hash_text(&head->root, hash);
	snprintf(out->text + len, TEXT - len, " %" PRIu64 " %s", head->size,
		 hash);
}

static void read_note(const char *bytes, size_t len, struct reading *out)
{
	struct ent_note note = { 0 };

	out->good = ent_note_read(bytes, len, &public, &note, NULL) == ENT_OK;
	snprintf(out->text, TEXT, "%s %d", note.origin, note.is_signed);
	say_head(&note.head, out);
}

static void read_proof(const char *bytes, size_t len, struct reading *out)
{
	struct ent_proven proven = { 0 };
	char *json = NULL;
	size_t json_len;

	out->good = ent_proof_check(bytes, len, &public, &proven, NULL) ==
			    ENT_OK &&
		    ent_event_json(proven.event, &json, &json_len, NULL) ==
			    ENT_OK;
	snprintf(out->text, TEXT, "%s %s", json ? json : "",
		 proven.note.origin);
	say_head(&proven.head, out);
	ent_free(json);
	ent_event_free(proven.event);
}

static void read_public(const char *bytes, size_t len, struct reading *out)
{
	struct ent_public key;

	out->text[0] = '\0';
	out->good = ent_public_parse(bytes, len, &key, NULL) == ENT_OK;
	if (out->good)
		ent_public_text(&key, out->text);
}

static void write_victim(const char *bytes, size_t len)
{
	FILE *file;

	unlink(victim);
	file = fopen(victim, "wb");
	if (!file || fwrite(bytes, 1, len, file) != len || fclose(file) != 0)
		die("%s", victim);
	chmod(victim, 0600);
}

static void read_key(const char *bytes, size_t len, struct reading *out)
{
	const struct ent_head head = { .size = 1 };
	struct ent_key *key = NULL;
	char *note = NULL;
	size_t note_len;

	write_victim(bytes, len);
	out->text[0] = '\0';
	out->good = ent_key_load(victim, &key, NULL) == ENT_OK &&
		    ent_note_write(&head, NULL, key, &note, &note_len, NULL) ==
			    ENT_OK;
	snprintf(out->text, TEXT, "%s", note ? note : "");
	ent_free(note);
	ent_key_free(key);
}

/* One line of an export.  What the log adds is not the event. */
static void read_line(const char *bytes, size_t len, struct reading *out)
{
	struct ent_event *event = NULL;
	char *json = NULL;
	size_t json_len;

	out->text[0] = '\0';
	out->good = ent_event_parse(bytes, len, &event, NULL) == ENT_OK &&
		    ent_event_json(event, &json, &json_len, NULL) == ENT_OK;
	snprintf(out->text, TEXT, "%s", json ? json : "");
	ent_free(json);
	ent_event_free(event);
}

/* ---- one file --------------------------------------------------------------------------- */

static const struct file files[] = {
	{ "note", read_note, { "head", "--verify", victim, "--pub", pub }, false },
	{ "proof", read_proof, { "prove", "--check", victim, "--pub", pub },
	  false },
	{ "key.pub", read_public, { "head", "--verify", pub, "--pub", victim },
	  false },
	{ "key", read_key, { "head", "--key", victim }, false },
	{ "line", read_line, { "--log", fresh, "append", victim }, true },
};

struct counts {
	uint64_t noticed, same, others, runs;
};

/* Is byte i within what the log adds to an event, or in its id? */
static bool is_added(const char *line, size_t i)
{
	static const char *const members[] = { "\"hash\":\"", "\"recorded\":\"",
					       "\"seq\":", "\"id\":\"" };

	for (size_t m = 0; m < sizeof(members) / sizeof(*members); m++) {
		const char *at = strstr(line, members[m]);
		size_t from = (size_t)(at - line) + strlen(members[m]);

		if (at && i >= from && i < from + strcspn(line + from, "\",}"))
			return true;
	}
	return false;
}

static void run_program(const struct file *file, const char *bytes, size_t len,
			const struct reading *now, size_t i)
{
	int code;

	write_victim(bytes, len);
	remove_tree(fresh);
	one = (struct run){ .args = file->args, .log = log_dir };
	run(&one);
	code = exit_of_run(&one);
	check(now->good ? code == 0 : code == 3 || code == 5 || code == 2,
	      "%s %zu: exit %d, status %x%s, where it is %s: %s", file->name, i,
	      code, (unsigned)one.status, one.hung ? " (hung)" : "",
	      now->good ? "good" : "bad", one.err);
}

static void flip_one(const struct file *file, char *bytes, size_t len, size_t i,
		     uint8_t mask, struct counts *counts)
{
	static struct reading right, now; /* large */
	bool same;

	file->read(bytes, len, &right);
	bytes[i] = (char)((uint8_t)bytes[i] ^ mask);
	file->read(bytes, len, &now);
	same = now.good && strcmp(now.text, right.text) == 0;
	counts->noticed += !now.good;
	counts->same += same;
	counts->others += now.good && !same;
	check(!now.good || same || file->may_be_another,
	      "%s %zu ^ %02x: something else is read, and nobody notices: %s",
	      file->name, i, mask, now.text);
	if (i % (fault.full ? 7 : 151) == fault.seed % 7) {
		run_program(file, bytes, len, &now, i);
		counts->runs++;
	}
	bytes[i] = (char)((uint8_t)bytes[i] ^ mask);
	/* Of a line: what is read is another event, but where that is no part of
	 * it. */
	check(!same || !file->may_be_another || is_added(bytes, i),
	      "%s %zu ^ %02x: the same event is read", file->name, i, mask);
}

static void flip_file(const struct file *file)
{
	struct counts counts = { 0 };
	size_t len, step = fault.full ? 1 : 5;
	char *bytes = read_file(in_scratch("kit/%s", file->name), &len);
	uint64_t dice = fault.seed;
	struct reading *right = calloc(1, sizeof(*right));

	if (!right)
		die("no memory");
	file->read(bytes, len, right);
	check(right->good, "%s is not read as it is", file->name);
	free(right);
	for (size_t i = fault.seed % step; i < len; i += step)
		for (unsigned bit = 0; bit < 9; bit++) {
			const uint8_t mask = (uint8_t)(bit < 8 ? 1u << bit : 0xff);

			if (fault.full || bit == 8 ||
			    bit == roll_below(&dice, 8))
				flip_one(file, bytes, len, i, mask, &counts);
		}
	tell("%s of %zu bytes: %" PRIu64 " noticed, %" PRIu64 " change nothing, %"
	     PRIu64 " another event; %" PRIu64 " runs of the program; seed %"
	     PRIu64, file->name, len, counts.noticed, counts.same,
	     counts.others, counts.runs, fault.seed);
	free(bytes);
}

static void make_all(void)
{
	const struct ent_log_options options = { .create = true };
	struct ent_log *log = open_log(log_dir, &options);
	struct ent_appended done = { 0 };
	struct ent_event *event = NULL;
	struct ent_error err = { 0 };
	char *line = NULL;
	size_t len;
	FILE *file;

	if (append_events(log, 1, 0, EVENTS, 60, &done, &err) < 0 ||
	    ent_log_get(log, 7, &event, &err) < 0 ||
	    ent_event_json(event, &line, &len, &err) < 0)
		die("%s", err.msg);
	ent_event_free(event);
	ent_log_close(log);
	mkdir(kit, 0700);
	if (!kit_make(kit, log_dir, &err))
		die("%s", err.msg);
	file = fopen(in_scratch("kit/line"), "wb");
	if (!file || fwrite(line, 1, len, file) != len || fclose(file) != 0)
		die("the line");
	ent_free(line);
}

int main(int argc, char **argv)
{
	size_t len;
	char *text;

	fault_begin("flip_files", argc, argv);
	snprintf(kit, sizeof(kit), "%s", in_scratch("kit"));
	snprintf(log_dir, sizeof(log_dir), "%s", in_scratch("log"));
	snprintf(victim, sizeof(victim), "%s", in_scratch("victim"));
	snprintf(fresh, sizeof(fresh), "%s", in_scratch("fresh"));
	snprintf(pub, sizeof(pub), "%s", in_scratch("kit/key.pub"));
	make_all();
	text = read_file(pub, &len);
	if (ent_public_parse(text, len, &public, NULL) < 0)
		die("the public key");
	free(text);
	for (size_t f = 0; f < sizeof(files) / sizeof(*files); f++)
		flip_file(&files[f]);
	return fault_end();
}
