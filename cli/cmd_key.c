/*
 * cmd_key.c - make a key that signs heads.
 */
#include "cli.h"
#include "opt.h"
#include "out.h"
#include "sink.h"
#include "trust.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct new_key {
	const char *file;
	const char *name;
	struct ent_key *key;
	char public_text[ENT_PUBLIC_TEXT_SIZE];
	char *minisign; /* two lines */
	struct text pub_file, minisign_file;
};

static const char *minisign_key(const struct new_key *new)
{
	return strchr(new->minisign, '\n') + 1;
}

static int make(struct new_key *new)
{
	struct ent_error err = { 0 };
	int rc;

	trust_hide();
	rc = ent_key_new(new->name, &new->key, &err);

	if (rc == ENT_OK)
		rc = ent_public_minisign(ent_key_public(new->key),
					 &new->minisign, NULL, &err);
	if (rc < 0) {
		fail_ent(&err, "key");
		if (rc == ENT_EINPUT)
			hint("--name gives the key another name");
		return rc == ENT_EINPUT ? CLI_USAGE : exit_of(rc);
	}
	ent_public_text(ent_key_public(new->key), new->public_text);
	return CLI_DONE;
}

static int write_public(struct sink *pub, struct sink *minisign,
			const struct new_key *new)
{
	struct text text = { 0 };
	int rc;

	text_fmt(&text, "%s\n", new->public_text);
	rc = sink_write(pub, &text);
	text_clear(&text);
	text_str(&text, new->minisign);
	if (rc == CLI_DONE)
		rc = sink_write(minisign, &text);
	text_release(&text);
	return rc;
}

static int save_secret(const struct new_key *new)
{
	struct ent_error err = { 0 };

	if (ent_key_save(new->key, new->file, &err) < 0)
		return fail_ent(&err, "key");
	return CLI_DONE;
}

/* Nothing is ever replaced: what was signed by an older key must stay good. */
static int check_free(const char *file)
{
	struct stat st;

	if (lstat(file, &st) != 0)
		return CLI_DONE;
	fail(CLI_INPUT, "key: %s exists already", file);
	hint("a new key gets a new file, and the old public key stays published");
	return CLI_INPUT;
}

static int check_names(const struct new_key *new)
{
	int rc = check_free(new->file);

	if (rc == CLI_DONE)
		rc = check_free(text_get(&new->pub_file));
	if (rc == CLI_DONE)
		rc = check_free(text_get(&new->minisign_file));
	return rc;
}

/* The secret key comes last, and only beside public keys that could be written; what
 * fails behind it takes away what was made. */
static int save(struct new_key *new)
{
	struct sink pub = { 0 }, minisign = { 0 };
	bool saved = false;
	int rc = sink_open(&pub, "key", text_get(&new->pub_file), false);

	if (rc == CLI_DONE)
		rc = sink_open(&minisign, "key", text_get(&new->minisign_file),
			       false);
	if (rc == CLI_DONE)
		rc = write_public(&pub, &minisign, new);
	if (rc == CLI_DONE) {
		rc = save_secret(new);
		saved = rc == CLI_DONE;
	}
	rc = sink_close(&pub, rc);
	if (rc != CLI_DONE) {
		sink_close(&minisign, rc);
	} else {
		rc = sink_close(&minisign, rc);
		if (rc != CLI_DONE)
			unlink(text_get(&new->pub_file));
	}
	if (rc != CLI_DONE && saved)
		unlink(new->file);
	return rc;
}

static void print(const struct new_key *new, bool json)
{
	struct text text = { 0 }, minisign = { 0 };

	text_bytes(&minisign, minisign_key(new),
		   strcspn(minisign_key(new), "\n"));
	if (json) {
		text_str(&text, "{\"file\":");
		text_json_str(&text, new->file);
		text_str(&text, ",\"minisign\":");
		text_json_str(&text, text_get(&minisign));
		text_str(&text, ",\"name\":");
		text_json_str(&text, new->name);
		text_str(&text, ",\"public\":");
		text_json_str(&text, new->public_text);
		text_str(&text, "}\n");
		out_text(&text);
	} else {
		out_str("secret key  ");
		out_safe(new->file);
		out_str("  (keep it where the log is not)\npublic key  ");
		out_safe(new->public_text);
		out_fmt("\nminisign    %s\n", text_get(&minisign));
	}
	text_release(&minisign);
	text_release(&text);
}

static int new_key(const char *file, const char *name, bool json)
{
	struct new_key new = { .file = file, .name = name };
	const char *slash = strrchr(file, '/');
	int rc;

	if (!name)
		new.name = slash ? slash + 1 : file;
	text_fmt(&new.pub_file, "%s.pub", file);
	text_fmt(&new.minisign_file, "%s.minisign.pub", file);
	rc = check_names(&new);
	if (rc == CLI_DONE)
		rc = make(&new);
	if (rc == CLI_DONE)
		rc = save(&new);
	if (rc == CLI_DONE)
		print(&new, json);
	ent_key_free(new.key);
	ent_free(new.minisign);
	text_release(&new.pub_file);
	text_release(&new.minisign_file);
	return rc;
}

int cmd_key(struct cli *cli, int argc, char **argv)
{
	const char *name = NULL;
	bool json = false;
	const struct opt opts[] = {
		{ 0, "name", OPT_TEXT, "NAME", "the key's name, as example.org/a; "
		  "else that of FILE", &name },
		{ 0, "json", OPT_FLAG, NULL, "answer as JSON", &json }
	};
	const struct usage usage = {
		.command = "key", .operands = "new FILE", .min = 2, .max = 2,
		.about = "Make a key that signs heads: the secret one in FILE, "
			 "which only its owner can read,\nthe public one in "
			 "FILE.pub, and for minisign in FILE.minisign.pub."
	};
	size_t count;
	int rc;

	rc = opt_parse(cli, &usage, opts, OPT_COUNT(opts), argc, argv, &count);
	if (rc != OPT_GO)
		return rc;
	if (strcmp(argv[0], "new") != 0) {
		fail(CLI_USAGE, "key: there is no action \"%s\"", argv[0]);
		hint("the action is new");
		return CLI_USAGE;
	}
	if (argv[1][0] == '\0')
		return fail(CLI_USAGE, "key: the name of the file is empty");
	return new_key(argv[1], name, json);
}
