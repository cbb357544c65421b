/*
 * tally.h - precision and recall, by type and of all.
 */
#ifndef NEWS_TALLY_H
#define NEWS_TALLY_H

#include "judge.h"

enum { TALLY_TYPES_MAX = 64, TALLY_NAME_SIZE = 48 };

struct figures {
	char type[TALLY_NAME_SIZE];
	unsigned found, extra, missing; /* by type, actor and other side */
	unsigned right;  /* found, and the modality agrees as well */
	unsigned astray; /* optional ones found, in the wrong modality */
	unsigned dated;  /* found, and the row has a date */
	unsigned date_ok;
	unsigned harmful; /* proposed as fact where the row says otherwise */
};

struct tally {
	struct figures types[TALLY_TYPES_MAX];
	size_t n;
};

void tally_add(struct tally *tally, const struct judgement *judgement);

/* The figures of all, below those of each type where by_type. */
void tally_print(struct tally *tally, bool by_type);

#endif
