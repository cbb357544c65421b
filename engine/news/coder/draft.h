/*
 * draft.h - events as they are proposed, before they are candidates: one for each
 * actor and target of a finding, and each only once in an article.
 */
#ifndef NEWS_DRAFT_H
#define NEWS_DRAFT_H

#include "entente/date.h"
#include "news/coder/dating.h"

struct draft {
	const struct rule *rule;
	const char *type;
	const char *modality;
	const char *actor, *alliance, *target, *object; /* codes, or NULL */
	const char *attributed_to; /* of a claim */
	struct moment moment;
	struct ent_date days; /* of the moment */
	size_t name_start, name_end;       /* of the new name; 0 for none */
	size_t start, end;                 /* of the sentence */
	size_t trigger_start, trigger_end;
	int score;
	size_t same;  /* another one of the same type and parties, or NO_DRAFT */
	bool firm;    /* only its rule makes it less than a fact */
	bool carried; /* somebody is meant by a pronoun or by "the bloc" */
};

#define NO_DRAFT SIZE_MAX

struct drafts {
	struct draft *items;
	size_t count, room;
	size_t undated; /* that need the day of publication, which is not known */
};

/* Why the finding gives no event, or NULL. */
const char *drafts_add(struct drafts *drafts, const struct frame *frame,
		       const struct dates *dates, const struct finding *finding,
		       struct ent_error *err, int *rc);

/* The same event is proposed once: the firmest, then the best dated. */
int drafts_thin(struct drafts *drafts, struct ent_error *err);

void drafts_release(struct drafts *drafts);

#endif
