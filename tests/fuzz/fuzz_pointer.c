/*
 * fuzz_pointer.c - any text as a JSON Pointer: taken apart and put together it is
 * the same, and each value of a tree is found by the pointer that leads to it.  The
 * first line is the pointer, the rest the tree.
 *
 * fuzz: -max_len=256
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "doors/json.h"
#include "values/value.h"

static void check_tokens(const char *pointer)
{
	struct buf token = { 0 }, again = { 0 };
	const char *at = pointer;
	int rc;

	while ((rc = pointer_next(&at, &token, NULL)) == ENT_OK)
		pointer_add(&again, token.data);
	FUZZ_CHECK(rc == ENT_END || rc == ENT_EUSAGE);
	FUZZ_CHECK(rc < 0 || again.len == strlen(pointer));
	FUZZ_CHECK(again.len == 0 || memcmp(again.data, pointer, again.len) == 0);
	buf_release(&token);
	buf_release(&again);
}

static void check_found(const struct ent_value *root,
			const struct ent_value *value, struct buf *path)
{
	size_t len = path->len;

	FUZZ_CHECK(ent_value_at(root, len > 0 ? path->data : "") == value);
	for (size_t i = 0; value->kind == ENT_MAP && i < value->len; i++) {
		pointer_add(path, value->as.members[i].key);
		check_found(root, &value->as.members[i].value, path);
		path->len = len;
		path->data[len] = '\0';
	}
	for (size_t i = 0; value->kind == ENT_LIST && i < value->len; i++) {
		buf_printf(path, "/%zu", i);
		check_found(root, &value->as.items[i], path);
		path->len = len;
		path->data[len] = '\0';
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *pointer = fuzz_text(data, size), *tree = strchr(pointer, '\n');
	struct arena arena = { 0 };
	struct buf path = { 0 };
	struct ent_value root;

	if (tree)
		*tree++ = '\0';
	check_tokens(pointer);
	if (tree && json_read(tree, strlen(tree), &arena, &root, NULL) ==
			    ENT_OK) {
		ent_value_at(&root, pointer);
		check_found(&root, &root, &path);
	}
	buf_release(&path);
	arena_release(&arena);
	free(pointer);
	return 0;
}
