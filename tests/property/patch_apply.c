/*
 * patch_apply.c - see patch_apply.h.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "patch_apply.h"

enum { TOKEN_MAX = 256 };

void pointer_push(char *text, size_t size, const char *token)
{
	size_t n = strlen(text);

	if (n + 2 * strlen(token) + 2 > size)
		abort();
	text[n++] = '/';
	for (; *token; token++) {
		if (*token == '~' || *token == '/') {
			text[n++] = '~';
			text[n++] = *token == '~' ? '0' : '1';
		} else {
			text[n++] = *token;
		}
	}
	text[n] = '\0';
}

/* Read one token behind a slash; the rest of the pointer, NULL for a bad one. */
static const char *next_token(const char *pointer, char token[TOKEN_MAX])
{
	size_t n = 0;

	if (*pointer++ != '/')
		return NULL;
	while (*pointer && *pointer != '/') {
		char c = *pointer++;

		if (n + 1 == TOKEN_MAX)
			return NULL;
		if (c == '~') {
			if (*pointer != '0' && *pointer != '1')
				return NULL;
			c = *pointer++ == '0' ? '~' : '/';
		}
		token[n++] = c;
	}
	token[n] = '\0';
	return pointer;
}

/* An index of a list: digits without a leading zero. */
static bool read_index(const char *token, size_t *out)
{
	if (!isdigit((unsigned char)*token) || (*token == '0' && token[1]))
		return false;
	for (const char *c = token; *c; c++) {
		if (!isdigit((unsigned char)*c))
			return false;
	}
	*out = strtoul(token, NULL, 10);
	return true;
}

static json_t *child(json_t *parent, const char *token)
{
	size_t index;

	if (json_is_object(parent))
		return json_object_get(parent, token);
	if (json_is_array(parent) && read_index(token, &index))
		return json_array_get(parent, index);
	return NULL;
}

/* The value that holds what the pointer names, and the last token. */
static json_t *holder(json_t *document, const char *pointer,
		      char token[TOKEN_MAX])
{
	json_t *at = document;

	pointer = next_token(pointer, token);
	while (pointer && *pointer && at) {
		at = child(at, token);
		pointer = next_token(pointer, token);
	}
	return pointer ? at : NULL;
}

json_t *pointer_get(json_t *document, const char *pointer)
{
	char token[TOKEN_MAX];
	json_t *parent;

	if (!*pointer)
		return document;
	parent = holder(document, pointer, token);
	return parent ? child(parent, token) : NULL;
}

static bool add(json_t *parent, const char *token, json_t *value)
{
	size_t index;

	if (json_is_object(parent))
		return json_object_set(parent, token, value) == 0;
	if (!json_is_array(parent))
		return false;
	if (strcmp(token, "-") == 0)
		return json_array_append(parent, value) == 0;
	return read_index(token, &index) &&
	       json_array_insert(parent, index, value) == 0;
}

static bool replace(json_t *parent, const char *token, json_t *value)
{
	size_t index;

	if (!child(parent, token))
		return false;
	if (json_is_object(parent))
		return json_object_set(parent, token, value) == 0;
	return read_index(token, &index) &&
	       json_array_set(parent, index, value) == 0;
}

static bool take_out(json_t *parent, const char *token)
{
	size_t index;

	if (json_is_object(parent))
		return json_object_del(parent, token) == 0;
	return json_is_array(parent) && read_index(token, &index) &&
	       json_array_remove(parent, index) == 0;
}

static bool apply_one(json_t **document, const json_t *operation)
{
	const char *op = json_string_value(json_object_get(operation, "op"));
	const char *path = json_string_value(json_object_get(operation, "path"));
	json_t *value = json_object_get(operation, "value");
	char token[TOKEN_MAX];
	json_t *parent;
	json_t *own;
	bool done = false;

	if (!op || !path || (!value && strcmp(op, "remove") != 0))
		return false;
	own = json_deep_copy(value); /* later operations may change it */
	if (!*path && value) {
		json_decref(*document);
		*document = own;
		return strcmp(op, "add") == 0 || strcmp(op, "replace") == 0;
	}
	parent = holder(*document, path, token);
	if (parent && strcmp(op, "add") == 0)
		done = add(parent, token, own);
	else if (parent && strcmp(op, "replace") == 0)
		done = replace(parent, token, own);
	else if (parent && strcmp(op, "remove") == 0)
		done = take_out(parent, token);
	json_decref(own);
	return done;
}

bool patch_apply(json_t **document, const json_t *patch)
{
	if (!json_is_array(patch))
		return false;
	for (size_t i = 0; i < json_array_size(patch); i++) {
		if (!apply_one(document, json_array_get(patch, i)))
			return false;
	}
	return true;
}
