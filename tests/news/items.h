/*
 * items.h - reading the sentences that a person has coded.
 */
#ifndef NEWS_ITEMS_H
#define NEWS_ITEMS_H

#include "match.h"

enum { MISUSED = 2 }; /* of a program: what it is given cannot be used */

/* Where an item stands. */
struct item_place {
	const char *file;
	unsigned long line;
};

typedef void item_fn(const json_t *item, const struct item_place *place,
		     void *arg);

/* Say what cannot be used, and end the program. */
_Noreturn void items_give_up(const struct item_place *place, const char *why);

/* Each item of the file, each of the usual files (from the project's root). */
void items_read(const char *path, item_fn *take, void *arg);
void items_read_usual(item_fn *take, void *arg);

/* Is the item one for all types of events? */
bool items_all_types(const json_t *item);

/* Propose what the coder finds in the item; gives up where it cannot. */
void items_propose(struct ent_coder *coder, const json_t *item,
		   const struct item_place *place,
		   struct ent_candidate ***out, size_t *out_count);

#endif
