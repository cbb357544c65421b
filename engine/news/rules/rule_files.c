/*
 * rule_files.c - the files of rules/, compiled in.
 */
#include "news/rules/words.h"

#include "rule_files.h"

#include <string.h>

const char *rule_file(const char *name, size_t *out_len)
{
	for (const struct embedded *file = embedded; file->name; file++) {
		if (strcmp(file->name, name) != 0)
			continue;
		*out_len = file->len;
		return file->text;
	}
	return NULL;
}

const char *rule_file_at(size_t i, size_t *out_len)
{
	*out_len = embedded[i].len;
	return embedded[i].text;
}
