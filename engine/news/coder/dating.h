/*
 * dating.h - when what a rule found happened, as far as its sentence says.
 */
#ifndef NEWS_DATING_H
#define NEWS_DATING_H

#include "news/coder/match.h"
#include "news/dates/when.h"

enum { WHENS_MAX = 16, MOMENTS_MAX = 4, MOMENT_TEXT_SIZE = 2 * WHEN_TEXT_SIZE };

/* The dates of a sentence, and what they stand on. */
struct dates {
	struct when items[WHENS_MAX];
	size_t count;
	bool has_published;
	char published[WHEN_TEXT_SIZE]; /* EDTF, a day or a month ... */
	char story[WHEN_TEXT_SIZE];     /* the day, month or year of which the story
	                                 * told last, "" where that is long ago */
	bool news; /* one of the first sentences, which tell what is new */
};

struct moment {
	char date[MOMENT_TEXT_SIZE]; /* EDTF */
	char until[WHEN_TEXT_SIZE];  /* "" for none */
	bool future;
	bool guessed; /* no date is given: it stands on the day of publication */
};

/*
 * The date that stands with the i-th of several parties ("Mali in June 2021, Guinea
 * in September 2021"); false where they do not have one each.
 */
bool dating_each(const struct frame *frame, const struct dates *dates,
		 const struct parties *parties, int i, struct moment *out);

/*
 * The days on which it happened: mostly one, of "in 2020 and 2023" two.  Returns
 * how many, 0 where nothing is known (and the day of publication neither).
 */
size_t dating_pick(const struct frame *frame, const struct dates *dates,
		   const struct finding *finding, struct moment out[MOMENTS_MAX]);

#endif
