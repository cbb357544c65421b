/*
 * lexicon_files.c - the data as they were compiled in.
 */
#include "news/lexicon/lexicon.h"
#include "news/lexicon/lexicon_private.h"

#include "lexicon_files.h"

const char *lexicon_file(size_t i, size_t *out_len)
{
	if (i >= sizeof(embedded) / sizeof(embedded[0]) || !embedded[i].name)
		return NULL;
	*out_len = embedded[i].len;
	return embedded[i].text;
}

const char *lexicon_file_name(size_t i)
{
	return embedded[i].name;
}
