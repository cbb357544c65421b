/*
 * note.c - notes of heads.  Sources: C2SP tlog-checkpoint and signed-note.
 */
#include "entente/head.h"
#include "trust/key.h"

#include "ground/ascii.h"
#include "ground/text_bytes.h"
#include "ground/utf8.h"

#include <inttypes.h>
#include <string.h>

static const char dash[] = "\xe2\x80\x94 "; /* in front of a signature */
static const char default_origin[] = "entente";

enum { DASH_BYTES = sizeof(dash) - 1 };

/* ---- writing ----------------------------------------------------------- */

static int add_signature(const struct ent_key *key, struct buf *note,
			 struct ent_error *err)
{
	const struct ent_public *public_key = &key->public_key;
	uint8_t packed[KEY_ID_BYTES + SIGN_BYTES];
	int rc = sign_make(key->seed, (struct ent_bytes){ note->data, note->len },
			   packed + KEY_ID_BYTES, err);

	if (rc < 0)
		return rc;
	memcpy(packed, public_key->id, KEY_ID_BYTES);
	buf_printf(note, "\n%s%s ", dash, public_key->name);
	base64_add(note, packed, sizeof(packed));
	buf_byte(note, '\n');
	return ENT_OK;
}

int ent_note_write(const struct ent_head *head, const char *origin,
		   const struct ent_key *key, char **out, size_t *out_len,
		   struct ent_error *err)
{
	struct buf note = { 0 };
	int rc;

	if (!origin)
		origin = key ? key->public_key.name : default_origin;
	rc = key_line_check("the origin", origin, ENT_ORIGIN_SIZE - 1, err);
	if (rc < 0)
		return rc;
	buf_printf(&note, "%s\n%" PRIu64 "\n", origin, head->size);
	base64_add(&note, head->root.bytes, sizeof(head->root.bytes));
	buf_byte(&note, '\n');
	rc = buf_check(&note, err);
	if (rc == ENT_OK && key)
		rc = add_signature(key, &note, err);
	if (rc == ENT_OK)
		rc = buf_take(&note, out, out_len, err);
	buf_release(&note);
	return rc;
}

/* ---- reading: the text ------------------------------------------------- */

/* Take a line, without its newline, off what is left.  False: there is none. */
static bool take_line(struct ent_bytes *left, struct ent_bytes *out)
{
	const char *text = left->data;
	const char *end = left->len > 0 ? memchr(text, '\n', left->len) : NULL;

	if (!end)
		return false;
	*out = (struct ent_bytes){ text, (size_t)(end - text) };
	left->data = end + 1;
	left->len -= out->len + 1;
	return true;
}

static int no_note(struct ent_error *err, const char *why)
{
	return ent_error_set(err, ENT_EINPUT, "it is no note of a head: %s", why);
}

/* Whole numbers as they are written, so that a number has one text. */
static bool read_size(struct ent_bytes line, uint64_t *out)
{
	const char *digits = line.data;
	uint64_t size = 0;

	if (line.len == 0 || line.len > 18 ||
	    (line.len > 1 && digits[0] == '0'))
		return false;
	for (size_t i = 0; i < line.len; i++) {
		if (!ascii_is_digit(digits[i]))
			return false;
		size = size * 10 + (uint64_t)(digits[i] - '0');
	}
	*out = size;
	return true;
}

static int read_head(struct ent_bytes text, struct ent_note *note,
		     struct ent_error *err)
{
	struct ent_bytes origin, size, root, more;
	size_t len = 0;

	if (!take_line(&text, &origin) || !take_line(&text, &size) ||
	    !take_line(&text, &root))
		return no_note(err, "it has fewer than three lines");
	if (origin.len == 0 || origin.len >= ENT_ORIGIN_SIZE)
		return no_note(err, "its first line has no or too much text");
	if (!read_size(size, &note->head.size))
		return no_note(err, "its second line is no number of events");
	if (!base64_read(root.data, root.len, note->head.root.bytes,
			 sizeof(note->head.root.bytes), &len) ||
	    len != sizeof(note->head.root.bytes))
		return no_note(err, "its third line is no root in base64");
	while (take_line(&text, &more))
		if (more.len == 0)
			return no_note(err, "there is an empty line in its text");
	memcpy(note->origin, origin.data, origin.len);
	note->origin[origin.len] = '\0';
	/* As strictly as it is written: it is shown to people. */
	return key_line_check("the origin", note->origin, ENT_ORIGIN_SIZE - 1,
			      err);
}

static int check_text(const char *text, size_t len, struct ent_error *err)
{
	if (len > ENT_NOTE_BYTES_MAX)
		return no_note(err, "it is longer than 131,072 bytes");
	if (utf8_check(text, len) != len)
		return no_note(err, "it is no UTF-8");
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 && text[i] != '\n')
			return no_note(err, "it has a control character");
	if (len == 0 || text[len - 1] != '\n')
		return no_note(err, "its last line has no end");
	return ENT_OK;
}

/* ---- reading: signatures ----------------------------------------------- */

enum {
	SIGNATURE_BYTES = KEY_ID_BYTES + SIGN_BYTES,
	SIGNATURE_TEXT = (SIGNATURE_BYTES + 2) / 3 * 4
};

/* "— name base64": its name and base64. */
static bool split_signature(struct ent_bytes line, struct ent_bytes *name,
			    struct ent_bytes *data)
{
	const char *text = line.data, *space;

	if (line.len <= DASH_BYTES || memcmp(text, dash, DASH_BYTES) != 0)
		return false;
	*name = (struct ent_bytes){ text + DASH_BYTES, line.len - DASH_BYTES };
	space = memchr(name->data, ' ', name->len);
	if (!space)
		return false;
	*data = (struct ent_bytes){ space + 1,
				    line.len - (size_t)(space + 1 - text) };
	name->len -= data->len + 1;
	return name->len > 0 && data->len > 0 &&
	       !memchr(data->data, ' ', data->len);
}

/* A signature of that key must hold; those of others are not looked at.  Names and
 * ids of keys both count: either may be shared by chance. */
static int check_signature(struct ent_bytes line, struct ent_bytes text,
			   const struct ent_public *key, struct ent_note *note,
			   struct ent_error *err)
{
	uint8_t packed[SIGNATURE_BYTES];
	struct ent_bytes name, data;
	size_t len = 0;
	int rc;

	if (!split_signature(line, &name, &data))
		return no_note(err, "a line of a signature has another form");
	if (!key || data.len != SIGNATURE_TEXT || name.len != strlen(key->name) ||
	    memcmp(name.data, key->name, name.len) != 0)
		return ENT_OK;
	if (!base64_read(data.data, data.len, packed, sizeof(packed), &len) ||
	    len != sizeof(packed))
		return no_note(err, "a signature is no base64");
	if (memcmp(packed, key->id, KEY_ID_BYTES) != 0)
		return ENT_OK;
	rc = sign_check(key->bytes, text, packed + KEY_ID_BYTES, err);
	note->is_signed = rc == ENT_OK;
	return rc != ENT_EPROOF ? rc :
	       ent_error_set(err, rc, "the signature of %s does not hold",
			     key->name);
}

static int read_signatures(struct ent_bytes lines, struct ent_bytes text,
			   const struct ent_public *key, struct ent_note *note,
			   struct ent_error *err)
{
	struct ent_bytes line;
	int rc = ENT_OK;

	while (rc == ENT_OK && take_line(&lines, &line)) {
		if (++note->signatures > ENT_NOTE_SIGNATURES_MAX)
			return no_note(err, "it has more than 64 signatures");
		rc = check_signature(line, text, key, note, err);
	}
	if (rc == ENT_OK && key && !note->is_signed)
		rc = ent_error_set(err, ENT_EPROOF,
				   "the note has no signature of %s (%02x%02x%02x%02x)",
				   key->name, key->id[0], key->id[1],
				   key->id[2], key->id[3]);
	return rc;
}

/* The text up to the last empty line, which is left out; all where there is none. */
static size_t text_of(const char *note, size_t len)
{
	size_t end = len;

	while (end > 1 && !(note[end - 1] == '\n' && note[end - 2] == '\n'))
		end--;
	return end > 1 ? end - 1 : len;
}

int ent_note_read(const char *text, size_t len, const struct ent_public *key,
		  struct ent_note *out, struct ent_error *err)
{
	struct ent_note note = { .is_signed = false };
	size_t end = 0;
	int rc = check_text(text, len, err);

	if (rc == ENT_OK) {
		end = text_of(text, len);
		rc = read_head((struct ent_bytes){ text, end }, &note, err);
	}
	if (rc == ENT_OK && end + 1 == len)
		rc = no_note(err, "nothing follows its empty line");
	if (rc == ENT_OK) {
		struct ent_bytes lines = { text + end, len - end };

		if (lines.len > 0) /* the empty one */
			lines = (struct ent_bytes){ text + end + 1,
						    lines.len - 1 };
		rc = read_signatures(lines, (struct ent_bytes){ text, end },
				     key, &note, err);
	}
	if (rc == ENT_OK)
		*out = note;
	return rc;
}
