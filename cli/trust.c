/*
 * trust.c - keys, notes of heads and proofs, from files to what the library takes.
 */
#include "trust.h"
#include "safe.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

static int read_all(const char *who, int fd, const char *name, size_t max,
		    struct text *out)
{
	char piece[16384];
	ssize_t n = 1;

	while (n != 0 && out->len <= max) {
		n = read(fd, piece, sizeof(piece));
		if (n < 0 && errno != EINTR)
			return fail_errno(CLI_INPUT, "%s: read %s", who, name);
		if (n > 0)
			text_bytes(out, piece, (size_t)n);
	}
	if (out->len > max)
		return fail(CLI_INPUT, "%s: %s is longer than %zu bytes", who,
			    name, max);
	return CLI_DONE;
}

int trust_file(const char *who, const char *name, size_t max, struct text *out)
{
	int fd, rc;

	if (strcmp(name, "-") == 0)
		return read_all(who, STDIN_FILENO, "<stdin>", max, out);
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail_errno(CLI_INPUT, "%s: open %s", who, name);
	rc = read_all(who, fd, name, max, out);
	close(fd);
	return rc;
}

/* Best effort: where it cannot be done, the key is as safe as the file it is in. */
void trust_hide(void)
{
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int trust_key(const char *who, const char *file, struct ent_key **out)
{
	struct ent_error err = { 0 };

	trust_hide();
	if (ent_key_load(file, out, &err) == ENT_OK)
		return CLI_DONE;
	fail_ent(&err, "%s: the key", who);
	return err.code == ENT_EIO ? CLI_INPUT : exit_of(err.code);
}

int trust_public(const char *who, const char *key, struct ent_public *out)
{
	struct ent_error err = { 0 };
	struct text text = { 0 };
	int rc;

	if (ent_public_parse(key, strlen(key), out, NULL) == ENT_OK)
		return CLI_DONE;
	rc = trust_file(who, key, ENT_PUBLIC_TEXT_SIZE, &text);
	if (rc == CLI_DONE &&
	    ent_public_parse(text_get(&text), text.len, out, &err) < 0)
		rc = fail_ent(&err, "%s: %s", who, key);
	text_release(&text);
	return rc;
}

/* ---- notes ------------------------------------------------------------- */

static int other_origin(const struct since *since, struct ent_error *err)
{
	return ent_error_set(err, ENT_EPROOF,
			     "the note is of \"%s\", not of \"%s\"",
			     since->note.origin, since->origin);
}

int since_read(const char *who, struct since *since, struct ent_error *err)
{
	const struct ent_public *key = since->pub ? &since->key : NULL;
	struct text text = { 0 };
	int rc = CLI_DONE;

	if (!since->file)
		return CLI_DONE;
	if (key)
		rc = trust_public(who, since->pub, &since->key);
	if (rc == CLI_DONE)
		rc = trust_file(who, since->file, ENT_NOTE_BYTES_MAX, &text);
	if (rc == CLI_DONE) {
		int read = ent_note_read(text_get(&text), text.len, key,
					 &since->note, err);

		if (read == ENT_OK && since->origin &&
		    strcmp(since->origin, since->note.origin) != 0)
			read = other_origin(since, err);
		if (read < 0 && read != ENT_EPROOF)
			rc = fail_ent(err, "%s: %s", who, since->file);
	}
	text_release(&text);
	return rc;
}

void since_signed(const struct since *since, struct text *out)
{
	if (since->note.is_signed) {
		text_str(out, ", signed by ");
		safe_add(out, since->key.name, SAFE_ESCAPE);
	} else if (since->note.signatures > 0) {
		text_str(out, "; its signature was not looked at (--pub)");
	} else {
		text_str(out, ", which nobody signed");
	}
}

void since_json(const struct since *since, struct text *out)
{
	if (since->note.origin[0] == '\0') { /* it does not hold */
		text_str(out, "null");
		return;
	}
	text_str(out, "{\"head\":");
	text_json_hash(out, &since->note.head.root);
	text_str(out, ",\"origin\":");
	text_json_str(out, since->note.origin);
	text_str(out, ",\"signed_by\":");
	text_json_str(out, since->note.is_signed ? since->key.name : NULL);
	text_fmt(out, ",\"size\":%" PRIu64 "}", since->note.head.size);
}
