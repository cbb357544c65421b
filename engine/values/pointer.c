/*
 * pointer.c - JSON Pointers.
 *
 * Source: RFC 6901.
 */
#include <assert.h>
#include <string.h>

#include "values/value.h"

void pointer_add(struct buf *out, const char *token)
{
	buf_byte(out, '/');
	for (; *token; token++) {
		if (*token == '~')
			buf_text(out, "~0");
		else if (*token == '/')
			buf_text(out, "~1");
		else
			buf_byte(out, (unsigned char)*token);
	}
}

int pointer_next(const char **at, struct buf *out, struct ent_error *err)
{
	const char *next = *at;
	int rc;

	if (*next == '\0')
		return ENT_END;
	if (*next != '/')
		return ent_error_set(err, ENT_EUSAGE,
				     "a JSON Pointer starts with /");
	buf_clear(out);
	for (next++; *next && *next != '/'; next++) {
		if (*next != '~') {
			buf_byte(out, (unsigned char)*next);
			continue;
		}
		next++;
		if (*next != '0' && *next != '1')
			return ent_error_set(err, ENT_EUSAGE,
					     "in a JSON Pointer ~ is written ~0 "
					     "and / is written ~1");
		buf_byte(out, *next == '0' ? '~' : '/');
	}
	buf_add(out, "", 0); /* an empty token is a text too */
	rc = buf_check(out, err);
	if (rc == ENT_OK)
		*at = next;
	return rc;
}

/* An index is written without leading zeros; `-` names no item that exists. */
static const struct ent_value *list_item(const struct ent_value *list,
					 const char *token)
{
	size_t index = 0;

	if (*token == '\0' || (token[0] == '0' && token[1] != '\0'))
		return NULL;
	for (; *token; token++) {
		if (*token < '0' || *token > '9' || index > list->len)
			return NULL;
		index = index * 10 + (size_t)(*token - '0');
	}
	return index < list->len ? &list->as.items[index] : NULL;
}

int value_find(const struct ent_value *root, const char *pointer,
	       const struct ent_value **out, struct ent_error *err)
{
	struct buf token = { 0 };
	int rc = ENT_OK;

	assert(pointer && out);

	while (root && (rc = pointer_next(&pointer, &token, err)) == ENT_OK) {
		if (root->kind == ENT_LIST)
			root = list_item(root, token.data);
		else
			root = ent_value_get(root, token.data);
	}
	buf_release(&token);
	if (rc < 0)
		return rc;
	*out = root;
	return ENT_OK;
}

const struct ent_value *ent_value_at(const struct ent_value *root,
				     const char *pointer)
{
	const struct ent_value *found = NULL;

	value_find(root, pointer, &found, NULL);
	return found;
}
