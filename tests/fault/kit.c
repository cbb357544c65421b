/*
 * kit.c - see kit.h.
 */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The longest text here, and what is looked at of a longer one. */
enum { TEXT = 1 << 20, PROVEN = 2 };

static void path_of(char out[KIT_PATH], const char *dir, const char *name)
{
	snprintf(out, KIT_PATH, "%s/%s", dir, name);
}

/* ---- making ------------------------------------------------------------------------ */

static bool write_text(const char *dir, const char *name, const char *text,
		       size_t len, struct ent_error *err)
{
	char path[KIT_PATH];
	FILE *file;

	path_of(path, dir, name);
	file = fopen(path, "wb");
	if (file && fwrite(text, 1, len, file) == len && fclose(file) == 0)
		return true;
	snprintf(err->msg, sizeof(err->msg), "write %s", path);
	return false;
}

static bool make_key(const char *dir, struct ent_key **key,
		     struct ent_error *err)
{
	char path[KIT_PATH], text[ENT_PUBLIC_TEXT_SIZE];

	path_of(path, dir, "key");
	if (ent_key_new("kit", key, err) < 0 ||
	    ent_key_save(*key, path, err) < 0)
		return false;
	ent_public_text(ent_key_public(*key), text);
	return write_text(dir, "key.pub", text, strlen(text), err);
}

static bool make_texts(const char *dir, struct ent_log *log,
		       const struct ent_key *key, struct ent_error *err)
{
	struct ent_head head = { 0 };
	char *note = NULL, *proof = NULL;
	size_t note_len = 0, proof_len = 0;
	bool good;

	good = ent_log_head(log, &head.size, &head.root, err) == ENT_OK &&
	       ent_note_write(&head, NULL, key, &note, &note_len, err) ==
		       ENT_OK &&
	       ent_prove(log, PROVEN, NULL, key, &proof, &proof_len, err) ==
		       ENT_OK &&
	       write_text(dir, "note", note, note_len, err) &&
	       write_text(dir, "proof", proof, proof_len, err);
	ent_free(note);
	ent_free(proof);
	return good;
}

bool kit_make(const char *dir, const char *log_dir, struct ent_error *err)
{
	struct ent_key *key = NULL;
	struct ent_log *log = NULL;
	char backup[KIT_PATH];
	bool good;

	path_of(backup, dir, "backup");
	good = ent_log_open(log_dir, NULL, &log, err) == ENT_OK &&
	       make_key(dir, &key, err) && make_texts(dir, log, key, err) &&
	       ent_log_backup(log, backup, NULL, NULL, err) == ENT_OK;
	ent_key_free(key);
	ent_log_close(log);
	return good;
}

/* ---- looking ----------------------------------------------------------------------- */

static char *read_text(const char *path, size_t *out_len)
{
	char *text = malloc(TEXT);
	FILE *file = fopen(path, "rb");

	*out_len = 0;
	if (text && file)
		*out_len = fread(text, 1, TEXT - 1, file);
	if (text)
		text[*out_len] = '\0';
	if (file)
		fclose(file);
	return text;
}

static void finding(uint64_t seq, const char *what, void *arg)
{
	snprintf(arg, KIT_WHY, "event %llu: %s", (unsigned long long)seq, what);
}

static int look_at_log(const char *path, char why[KIT_WHY], struct ent_error *err)
{
	const struct ent_log_options options = { .read_only = true,
						 .map_bytes = 1 << 20 };
	struct ent_verified verified = { 0 };
	struct ent_log *log = NULL;
	struct stat st;
	int rc;

	if (stat(path, &st) != 0 || (st.st_mode & 0777) != 0700)
		return ent_error_set(err, ENT_EIO, "its mode is another");
	rc = ent_log_open(path, &options, &log, err);
	if (rc == ENT_OK)
		rc = ent_log_verify(log, finding, NULL, why, &verified, err);
	ent_log_close(log);
	return rc;
}

static int look_at_key(const char *path, struct ent_error *err)
{
	struct ent_key *key = NULL;
	int rc = ent_key_load(path, &key, err);

	ent_key_free(key);
	return rc;
}

static int look_at_lines(char *text, size_t len, struct ent_error *err)
{
	int rc = ENT_OK;

	if (len == 0 || text[len - 1] != '\n')
		return ent_error_set(err, ENT_EIO, "no end of line at its end");
	for (char *line = strtok(text, "\n"); rc == ENT_OK && line;
	     line = strtok(NULL, "\n")) {
		struct ent_event *event = NULL;

		rc = ent_event_parse(line, strlen(line), &event, err);
		ent_event_free(event);
	}
	return rc;
}

static int look_at_minisign(const char *text, size_t len, struct ent_error *err)
{
	static const char first[] = "untrusted comment: ";

	if (len > 0 && text[len - 1] == '\n' &&
	    strncmp(text, first, sizeof(first) - 1) == 0)
		return ENT_OK;
	return ent_error_set(err, ENT_EIO, "not a file of minisign");
}

static int read_public(const char *dir, struct ent_public *out,
		       struct ent_error *err)
{
	char path[KIT_PATH];
	size_t len;
	char *text;
	int rc;

	path_of(path, dir, "key.pub");
	text = read_text(path, &len);
	rc = ent_public_parse(text, len, out, err);
	free(text);
	return rc;
}

static int look_at_signed(const char *dir, enum kit_kind kind, const char *text,
			  size_t len, struct ent_error *err)
{
	struct ent_proven proven = { 0 };
	struct ent_note note = { 0 };
	struct ent_public key;
	int rc = read_public(dir, &key, err);

	if (rc == ENT_OK && kind == KIT_NOTE)
		return ent_note_read(text, len, &key, &note, err);
	if (rc == ENT_OK)
		rc = ent_proof_check(text, len, &key, &proven, err);
	ent_event_free(proven.event);
	return rc;
}

static int look_at_text(const char *dir, enum kit_kind kind, const char *path,
			struct ent_error *err)
{
	struct ent_public key;
	size_t len;
	char *text = read_text(path, &len);
	int rc;

	switch (kind) {
	case KIT_PUBLIC:
		rc = ent_public_parse(text, len, &key, err);
		break;
	case KIT_MINISIGN:
		rc = look_at_minisign(text, len, err);
		break;
	case KIT_LINES:
		rc = look_at_lines(text, len, err);
		break;
	default:
		rc = look_at_signed(dir, kind, text, len, err);
	}
	free(text);
	return rc;
}

enum kit_state kit_look(const char *dir, enum kit_kind kind, const char *path,
			char why[KIT_WHY])
{
	struct ent_error err = { 0 };
	struct stat st;
	int rc;

	why[0] = '\0';
	if (lstat(path, &st) != 0)
		return KIT_ABSENT;
	if (kind == KIT_LOG)
		rc = look_at_log(path, why, &err);
	else if (kind == KIT_KEY)
		rc = look_at_key(path, &err);
	else
		rc = look_at_text(dir, kind, path, &err);
	if (rc < 0)
		snprintf(why, KIT_WHY, "%.290s", err.msg);
	return rc < 0 || why[0] ? KIT_BROKEN : KIT_WHOLE;
}

/* ---- the list of the program --------------------------------------------------------- */

/* "  name  what it does" */
static bool is_of_list(const char *line, char name[32])
{
	return strncmp(line, "  ", 2) == 0 &&
	       sscanf(line + 2, "%31[a-z]", name) == 1;
}

bool kit_has_all(const char *program, bool (*has)(const char *name),
		 char missing[KIT_WHY])
{
	char command[KIT_PATH * 2], line[256], name[32];
	unsigned listed = 0;
	FILE *help;

	snprintf(command, sizeof(command), "'%s' help", program);
	snprintf(missing, KIT_WHY, "what `help` lists");
	help = popen(command, "r");
	while (help && fgets(line, sizeof(line), help)) {
		if (!is_of_list(line, name))
			continue;
		listed++;
		if (!has(name)) {
			snprintf(missing, KIT_WHY, "%s", name);
			listed = 0;
			break;
		}
	}
	if (help)
		pclose(help);
	return listed > 0;
}
