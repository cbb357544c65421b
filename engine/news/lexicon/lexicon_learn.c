/*
 * lexicon_learn.c - names into the tree of their words.
 */
#include "news/lexicon/lexicon_private.h"

#include "news/lexicon/lexicon_words.h"

#include <string.h>

/* A phrase on its way into the tree. */
struct lesson {
	struct lexicon *lexicon;
	struct name *name;
	const char *words[PHRASE_WORDS_MAX];
	unsigned count;
	bool alone;
};

static int add_node(struct lexicon *lexicon, const char *word,
		    struct ent_error *err)
{
	const char *copy = arena_text(&lexicon->arena, word, strlen(word));
	int rc;

	if (!copy)
		return mem_error(err);
	rc = mem_grow(&lexicon->nodes, &lexicon->nodes_room,
		      lexicon->nodes_count + 1, sizeof(*lexicon->nodes), err);
	if (rc < 0)
		return rc;
	lexicon->nodes[lexicon->nodes_count++] =
		(struct word_node){ copy, NULL, false };
	return ENT_OK;
}

int lexicon_new(struct lexicon **out, struct ent_error *err)
{
	struct lexicon *lexicon = mem_new(1, sizeof(*lexicon));
	int rc = ENT_OK;

	if (!lexicon)
		return mem_error(err);
	for (unsigned i = 0; i < NODE_ROOTS && rc == ENT_OK; i++)
		rc = add_node(lexicon, "", err);
	if (rc < 0) {
		lexicon_close(lexicon);
		return rc;
	}
	*out = lexicon;
	return ENT_OK;
}

int lexicon_grow(struct lexicon *lexicon, size_t parent, const char *word,
		 size_t *out, struct ent_error *err)
{
	struct map_key key = { word_hash(word), parent };
	int rc;

	*out = lexicon_child(lexicon, parent, word);
	if (*out)
		return ENT_OK;
	if (map_find(&lexicon->children, key))
		return ent_error_set(err, ENT_ECORRUPT,
				     "\"%s\" has the hash of another word", word);
	rc = map_add(&lexicon->children, key, lexicon->nodes_count, err);
	if (rc == ENT_OK)
		rc = add_node(lexicon, word, err);
	if (rc == ENT_OK)
		*out = lexicon->nodes_count - 1;
	return rc;
}

static bool same_meaning(const struct name *a, const struct name *b)
{
	return a->kind == b->kind && strcmp(a->code, b->code) == 0;
}

static bool years_meet(const struct name *a, const struct name *b)
{
	return (!a->to || b->from <= a->to) && (!b->to || a->from <= b->to);
}

/* Persons of the same words are told apart by their years. */
static bool may_share(const struct name *a, const struct name *b)
{
	return same_meaning(a, b) ||
	       (a->kind == NAME_PERSON && b->kind == NAME_PERSON &&
		!years_meet(a, b));
}

/* The last word of lesson is at node. */
static int finish(const struct lesson *lesson, size_t node,
		  struct ent_error *err)
{
	struct word_node *at = &lesson->lexicon->nodes[node];
	struct name *name = at->name, *last = NULL;

	for (; name && name != lesson->name; last = name, name = name->other) {
		if (!may_share(name, lesson->name))
			return ent_error_set(err, ENT_ECORRUPT,
					     "it means %s already",
					     *name->code ? name->code : "nobody");
	}
	if (!last && !name) {
		at->name = lesson->name;
		at->alone = lesson->alone;
	} else if (!name && last->kind == NAME_PERSON) {
		last->other = lesson->name;
	}
	return ENT_OK;
}

static int learn_from(const struct lesson *lesson, size_t node, unsigned i,
		      struct ent_error *err);

static int learn_word(const struct lesson *lesson, size_t node, unsigned i,
		      const char *word, struct ent_error *err)
{
	size_t next;
	int rc = lexicon_grow(lesson->lexicon, node, word, &next, err);

	return rc < 0 ? rc : learn_from(lesson, next, i + 1, err);
}

/* Words i and following, below node: each in all its spellings. */
static int learn_from(const struct lesson *lesson, size_t node, unsigned i,
		      struct ent_error *err)
{
	const struct lexicon *lexicon = lesson->lexicon;
	int rc;

	if (i == lesson->count)
		return finish(lesson, node, err);
	rc = learn_word(lesson, node, i, lesson->words[i], err);
	for (size_t s = 0; s < lexicon->spellings_count && rc == ENT_OK; s++) {
		if (strcmp(lexicon->spellings[s].word, lesson->words[i]) == 0)
			rc = learn_word(lesson, node, i,
					lexicon->spellings[s].other, err);
	}
	return rc;
}

static int learn(struct lesson *lesson, const char *phrase, char *room,
		 struct ent_error *err)
{
	lesson->count = phrase_words(phrase, room, lesson->words);
	if (lesson->count == 0)
		return ent_error_set(err, ENT_ECORRUPT, "a name is empty");
	if (lesson->count > PHRASE_WORDS_MAX)
		return ent_error_set(err, ENT_ECORRUPT,
				     "\"%s\" has more than %d words", phrase,
				     PHRASE_WORDS_MAX);
	lesson->alone = lesson->name->kind == NAME_PEOPLE && lesson->count > 1 &&
			strcmp(lesson->words[0], "the") == 0;
	lesson->lexicon->starts[(unsigned char)room[0]] = true;
	return learn_from(lesson, NODE_NAMES, 0, err);
}

/* The same phrase at the beginning of a sentence. */
static int learn_capital(struct lesson *lesson, char *room,
			 struct ent_error *err)
{
	if (room[0] < 'a' || room[0] > 'z')
		return ENT_OK;
	room[0] = (char)(room[0] - 'a' + 'A');
	lesson->lexicon->starts[(unsigned char)room[0]] = true;
	return learn_from(lesson, NODE_NAMES, 0, err);
}

int lexicon_learn(struct lexicon *lexicon, const char *phrase,
		  struct name *name, struct ent_error *err)
{
	struct lesson lesson = { .lexicon = lexicon, .name = name };
	char *room = mem_raw(2 * strlen(phrase) + 2);
	int rc;

	if (!room)
		return mem_error(err);
	rc = learn(&lesson, phrase, room, err);
	if (rc == ENT_OK)
		rc = learn_capital(&lesson, room, err);
	if (rc == ENT_ECORRUPT)
		ent_error_wrap(err, "\"%s\"", phrase);
	mem_free(room);
	return rc;
}
