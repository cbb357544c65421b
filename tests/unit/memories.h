/*
 * memories.h - articles, and a memory that meets them.
 */
#ifndef TESTS_MEMORIES_H
#define TESTS_MEMORIES_H

#include "check.h"

#include <stdlib.h>

#include "doors/hash.h"
#include "entente/news.h"

static const char freeze[] =
	"YEREVAN - Armenia has put its work in the Collective Security Treaty "
	"Organization on ice, Prime Minister Nikol Pashinyan told a French "
	"television channel on Thursday. \"The treaty did not do for Armenia what "
	"it was signed for,\" he said, and named the autumn of 2022, when soldiers "
	"of Azerbaijan crossed the border and the allies sent no more than a "
	"mission to look around. What would come next he left open. There was no "
	"Russian base to be closed for the time being, he added, because that "
	"rested on another agreement. In Moscow a spokesman of the government said "
	"that it would ask Yerevan what exactly was meant. Armenia had stayed away "
	"from the organisation's manoeuvres for a year and had let the turn to "
	"fill a post of deputy secretary-general pass by.";
struct told {
	struct ent_article article;
	char *text;
};

static inline struct told tell(const char *text, size_t len, const char *url)
{
	struct told told = { .text = malloc(len + 1) };
	struct ent_bytes part = { told.text, len };

	assert_non_null(told.text);
	memcpy(told.text, text, len);
	told.text[len] = '\0';
	told.article = (struct ent_article){ .name = "test", .url = url,
					     .text = told.text, .len = len };
	assert_int_equal(hash_parts(&part, 1, &told.article.digest, NULL),
			 ENT_OK);
	return told;
}

static inline struct ent_met meet_bytes(struct ent_memory *memory, const char *text,
				 size_t len, const char *url)
{
	struct told told = tell(text, len, url);
	struct ent_met met = { 0 };

	assert_int_equal(ent_memory_meet(memory, &told.article, &met, NULL),
			 ENT_OK);
	free(told.text);
	return met;
}

static inline struct ent_met meet(struct ent_memory *memory, const char *text,
			   const char *url)
{
	return meet_bytes(memory, text, strlen(text), url);
}

static inline struct ent_memory *with(const char *text, const char *url)
{
	struct ent_memory *memory = NULL;
	struct ent_met met;

	assert_int_equal(ent_memory_new(&memory, NULL), ENT_OK);
	if (!text)
		return memory;
	met = meet(memory, text, url);
	assert_false(met.copy || met.again);
	assert_int_equal(ent_memory_count(memory), 1);
	return memory;
}

/* Words that do not return: "w17 w18 ..."; added to text. */
static inline char *add_words(char *text, size_t first, size_t count)
{
	size_t len = text ? strlen(text) : 0;

	text = realloc(text, len + count * 12 + 1);
	assert_non_null(text);
	text[len] = '\0';
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(text + len, 13, "w%zu ", first + i);
	return text;
}

static inline char *words(size_t first, size_t count)
{
	return add_words(NULL, first, count);
}

#endif
