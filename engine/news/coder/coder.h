/*
 * coder.h - the coder: what it knows, and its way through an article.
 */
#ifndef NEWS_CODER_H
#define NEWS_CODER_H

#include "entente/news.h"
#include "news/coder/draft.h"

struct ent_coder {
	struct words words;
	struct lexicon *lexicon;
	struct rules rules;
	struct sets sets;
	struct ent_coder_options options;
	char coded_by[ENT_HASH_TEXT_SIZE];
	size_t undated; /* of the last article */
	struct sentence sentence; /* large: kept from one to the next */
	struct frame frame;
};

/* Candidates from drafts; *out is owned: ent_candidates_free().  (emit.c) */
int coder_emit(const struct ent_coder *coder, const struct ent_article *article,
	       const struct drafts *drafts, struct ent_candidate ***out,
	       size_t *out_count, struct ent_error *err);

/* What a reader of the rules wants to know; nothing where nobody asked.
 * (explain.c) */
void explain_sentence(const struct ent_coder *coder,
		      const struct ent_article *article,
		      const struct dates *dates);
void explain_finding(const struct ent_coder *coder,
		     const struct finding *finding, const char *why);
struct teller explain_teller(const struct ent_coder *coder);

#endif
