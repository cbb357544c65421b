/*
 * json.c - JSON into values: plain texts by a reader of our own, all others, and
 * what is wrong with them, through jansson.
 *
 * jansson's limit of levels is far above ours and it does not say where bytes
 * that are not UTF-8 stand, so both are looked for first.
 */
#include <assert.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "doors/json.h"
#include "doors/json_private.h"
#include "ground/mem.h"
#include "ground/utf8.h"
#include "values/value.h"

/* Columns count from the last newline before the place. */
int json_column_at(const char *text, size_t offset)
{
	int column = 1;

	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n')
			column = 1;
		else if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	}
	return column;
}

static int fail_at(const char *text, size_t offset, struct ent_error *err)
{
	if (err)
		err->column = json_column_at(text, offset);
	return ENT_EINPUT;
}

static int check_levels(const char *text, size_t len, struct ent_error *err)
{
	size_t levels = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		char byte = text[i];

		if (quoted && byte == '\\')
			i++;
		else if (byte == '"')
			quoted = !quoted;
		else if (!quoted && (byte == '}' || byte == ']'))
			levels -= levels > 0;
		else if (!quoted && (byte == '{' || byte == '['))
			levels++;
		if (levels > JSON_DEPTH_MAX) {
			ent_error_set(err, ENT_EINPUT,
				      "more than %d levels of JSON",
				      JSON_DEPTH_MAX);
			return fail_at(text, i, err);
		}
	}
	return ENT_OK;
}

/* Values are apart by commas, and each level adds one. */
static int check_values(const char *text, size_t len, struct ent_error *err)
{
	size_t values = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			values += text[i] == ',' || text[i] == '[' ||
				  text[i] == '{';
	}
	if (values > JSON_VALUES_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "more than %d values of JSON",
				     JSON_VALUES_MAX);
	return ENT_OK;
}

static int check_bytes(const char *text, size_t len, size_t bytes_max,
		       struct ent_error *err)
{
	size_t bad;

	if (len > bytes_max)
		return ent_error_set(err, ENT_EINPUT,
				     "the JSON has %zu bytes, at most %zu", len,
				     bytes_max);
	bad = utf8_check(text, len);
	if (bad < len) {
		ent_error_set(err, ENT_EINPUT, "byte 0x%02X is not UTF-8",
			      (unsigned)(unsigned char)text[bad]);
		return fail_at(text, bad, err);
	}
	return ENT_OK;
}

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* jansson gives the end of the token; what it says tells where it starts. */
static size_t error_offset(const json_error_t *error)
{
	size_t end = error->position < 0 ? 0 : (size_t)error->position;
	const char *near = strstr(error->text, " near '");
	size_t token = near ? strlen(near) - strlen(" near ''") : 0;

	if (starts(error->text, "premature end") ||
	    starts(error->text, "unexpected newline") ||
	    starts(error->text, "control character") ||
	    strstr(error->text, "near end of file"))
		return end;
	if (starts(error->text, "invalid escape") || token > end)
		token = 1;
	return end >= token ? end - token : 0;
}

static int syntax_error(const char *text, const json_error_t *error,
			struct ent_error *err)
{
	if (json_error_code(error) == json_error_out_of_memory)
		return mem_error(err);
	if (starts(error->text, "\\u0000"))
		ent_error_set(err, ENT_EINPUT, "\\u0000 cannot stand in a text");
	else
		ent_error_set(err, ENT_EINPUT, "not JSON: %s", error->text);
	return fail_at(text, error_offset(error), err);
}

static int convert(const json_t *json, struct arena *arena,
		   struct ent_value *out, struct ent_error *err);

static int convert_text(const json_t *json, struct arena *arena,
			struct ent_value *out, struct ent_error *err)
{
	size_t len = json_string_length(json);
	char *copy = arena_text(arena, json_string_value(json), len);

	if (!copy)
		return mem_error(err);
	*out = (struct ent_value){ .kind = ENT_TEXT, .len = len,
				   .as.text = copy };
	return ENT_OK;
}

/* 1.0 and 1 are the same number. */
static struct ent_value convert_real(double real)
{
	const double limit = 9223372036854775808.0; /* 2^63 */
	int64_t whole;

	if (real >= -limit && real < limit) {
		whole = (int64_t)real;
		if ((double)whole <= real && (double)whole >= real)
			return value_int(whole);
	}
	return (struct ent_value){ .kind = ENT_REAL, .as.real = real };
}

static int convert_list(const json_t *json, struct arena *arena,
			struct ent_value *out, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	for (size_t i = 0; i < json_array_size(json) && rc == ENT_OK; i++) {
		struct ent_value item;

		rc = convert(json_array_get(json, i), arena, &item, err);
		if (rc == ENT_OK)
			rc = value_push(arena, &list, item, err);
	}
	if (rc == ENT_OK)
		*out = list;
	return rc;
}

int json_by_key(const void *a, const void *b)
{
	return strcmp(((const struct ent_member *)a)->key,
		      ((const struct ent_member *)b)->key);
}

/* Members come in the order of the text.  Sorted once they are all there: one
 * by one would take time quadratic in their number. */
static int convert_map(json_t *json, struct arena *arena,
		       struct ent_value *out, struct ent_error *err)
{
	size_t count = json_object_size(json), i = 0;
	struct ent_member *members =
		arena_alloc(arena, (count + 1) * sizeof(*members));
	int rc = members ? ENT_OK : mem_error(err);
	const char *key;
	json_t *value;

	if (rc < 0)
		return rc;
	json_object_foreach(json, key, value) {
		members[i].key = arena_text(arena, key, strlen(key));
		rc = members[i].key ? convert(value, arena, &members[i].value,
					      err)
				    : mem_error(err);
		if (rc < 0)
			return rc;
		i++;
	}
	qsort(members, count, sizeof(*members), json_by_key);
	*out = (struct ent_value){ .kind = ENT_MAP, .len = count,
				   .as.members = members };
	return ENT_OK;
}

static int convert(const json_t *json, struct arena *arena,
		   struct ent_value *out, struct ent_error *err)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return convert_map((json_t *)json, arena, out, err);
	case JSON_ARRAY:
		return convert_list(json, arena, out, err);
	case JSON_STRING:
		return convert_text(json, arena, out, err);
	case JSON_INTEGER:
		*out = value_int(json_integer_value(json));
		return ENT_OK;
	case JSON_REAL:
		*out = convert_real(json_real_value(json));
		return ENT_OK;
	case JSON_TRUE:
	case JSON_FALSE:
		*out = value_bool(json_is_true(json));
		return ENT_OK;
	default:
		*out = value_null();
		return ENT_OK;
	}
}

/* ---- jansson, where memory ends --------------------------------------------- */

/*
 * jansson 2.14 does not look whether the buffer of a text could grow: it drops the
 * byte, and where that was the closing quote, it reads and writes beyond.  So what
 * it may ask for behind a refusal is there from the start, and behind a refusal it
 * gets no more of the text than it has asked for.
 */
enum {
	PIECE_BYTES = 1024,  /* that jansson asks for at a time */
	VALUE_BYTES = 256,   /* of one value, at most; of a byte, where it is "{" */
	SPARE_PER_BYTE = 18  /* a buffer twice as large, a copy of it, and the tables
	                      * of objects and lists twice as large */
};

struct reading {
	const char *text;
	size_t len;
	char *spare;
	size_t used, room;
	bool refused;
};

static _Thread_local struct reading *reading;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static json_malloc_t others_malloc; /* of the program that we are part of */
static json_free_t others_free;

static void *take_spare(struct reading *r, size_t size)
{
	size_t need = (size + 15) / 16 * 16;
	char *at = r->spare + r->used;

	if (need > r->room - r->used)
		return NULL;
	r->used += need;
	return at;
}

static void *allocate(size_t size)
{
	void *memory = reading && reading->refused ? NULL : others_malloc(size);

	if (memory || !reading)
		return memory;
	reading->refused = true;
	return take_spare(reading, size);
}

static void release(void *memory)
{
	const struct reading *r = reading;

	if (!r || (char *)memory < r->spare ||
	    (char *)memory >= r->spare + r->room)
		others_free(memory);
}

static void stand_between(void)
{
	json_get_alloc_funcs(&others_malloc, &others_free);
	json_set_alloc_funcs(allocate, release);
}

static size_t give_piece(void *buffer, size_t room, void *arg)
{
	struct reading *r = arg;
	size_t piece = r->len < room ? r->len : room;

	if (r->refused)
		return (size_t)-1;
	memcpy(buffer, r->text, piece);
	r->text += piece;
	r->len -= piece;
	return piece;
}

/* ENT_EINPUT, with what jansson says; ENT_ENOMEM. */
static int load(const char *text, size_t len, struct reading *r, json_t **out,
		json_error_t *error)
{
	*r = (struct reading){ .text = text, .len = len };
	r->room = len * SPARE_PER_BYTE + (size_t)PIECE_BYTES * VALUE_BYTES;
	r->spare = mem_raw(r->room);
	if (!r->spare || pthread_once(&once, stand_between) != 0)
		return ENT_ENOMEM;
	reading = r;
	*out = json_load_callback(give_piece, r,
				  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
				  error);
	if (r->refused)
		return ENT_ENOMEM;
	return *out ? ENT_OK : ENT_EINPUT;
}

int json_library(const char *text, size_t len, struct arena *arena,
		 struct ent_value *out, struct ent_error *err)
{
	struct ent_value value = { .kind = ENT_NULL };
	struct reading r;
	json_error_t error;
	json_t *json = NULL;
	int rc;

	rc = check_levels(text, len, err);
	if (rc < 0)
		return rc;
	rc = load(text, len, &r, &json, &error);
	if (rc == ENT_ENOMEM)
		mem_error(err);
	else if (rc < 0)
		rc = syntax_error(text, &error, err);
	else
		rc = convert(json, arena, &value, err);
	json_decref(json);
	reading = NULL;
	mem_free(r.spare);
	if (rc == ENT_OK)
		*out = value;
	return rc;
}

static int read_value(const char *text, size_t len, struct arena *arena,
		      struct ent_value *out, struct ent_error *err)
{
	return json_plain(text, len, arena, out) ?
		       ENT_OK :
		       json_library(text, len, arena, out, err);
}

int json_read(const char *text, size_t len, struct arena *arena,
	      struct ent_value *out, struct ent_error *err)
{
	int rc;

	assert((text || len == 0) && arena && out);

	text = text ? text : "";
	rc = check_bytes(text, len, JSON_BYTES_MAX, err);
	return rc < 0 ? rc : read_value(text, len, arena, out, err);
}

int json_read_long(const char *text, size_t len, size_t bytes_max,
		   struct arena *arena, struct ent_value *out,
		   struct ent_error *err)
{
	int rc;

	assert((text || len == 0) && arena && out);

	text = text ? text : "";
	rc = check_bytes(text, len, bytes_max, err);
	if (rc == ENT_OK)
		rc = check_levels(text, len, err);
	if (rc == ENT_OK)
		rc = check_values(text, len, err);
	return rc < 0 ? rc : read_value(text, len, arena, out, err);
}
