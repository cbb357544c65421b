/*
 * coder.c - opening the coder, and its way through an article.
 */
#include "news/coder/coder.h"

#include "doors/hash.h"
#include "entente/date.h"
#include "ground/buf.h"
#include "ground/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- opening -------------------------------------------------------------- */

/* The digest of all rules and names, so that a candidate says what coded it. */
static int digest_data(struct ent_coder *coder, struct ent_error *err)
{
	struct buf all = { 0 };
	struct ent_hash hash;
	const char *text;
	size_t len;
	int rc;

	for (size_t i = 0; (text = rule_file_at(i, &len)) != NULL; i++)
		buf_add(&all, text, len);
	for (size_t i = 0; (text = lexicon_file(i, &len)) != NULL; i++)
		buf_add(&all, text, len);
	rc = buf_check(&all, err);
	if (rc == ENT_OK)
		rc = hash_parts(&(struct ent_bytes){ all.data, all.len }, 1, &hash,
				err);
	if (rc == ENT_OK)
		ent_hash_text(&hash, coder->coded_by);
	buf_release(&all);
	return rc;
}

int ent_coder_new(const struct ent_coder_options *options,
		  struct ent_coder **out, struct ent_error *err)
{
	struct ent_coder *coder = mem_new(1, sizeof(*coder));
	int rc;

	if (!coder)
		return mem_error(err);
	if (options)
		coder->options = *options;
	rc = words_open(&coder->words, err);
	if (rc == ENT_OK)
		rc = rules_open(&coder->rules, &coder->words, err);
	if (rc == ENT_OK)
		rc = sets_open(&coder->sets, &coder->words, err);
	if (rc == ENT_OK)
		rc = lexicon_open(&coder->lexicon, err);
	if (rc == ENT_OK)
		rc = digest_data(coder, err);
	if (rc < 0) {
		ent_coder_free(coder);
		return rc;
	}
	*out = coder;
	return ENT_OK;
}

void ent_coder_free(struct ent_coder *coder)
{
	if (!coder)
		return;
	lexicon_close(coder->lexicon);
	rules_close(&coder->rules);
	words_close(&coder->words);
	mem_free(coder);
}

/* ---- an article ----------------------------------------------------------- */

enum {
	NEWS_SENTENCES = 3, /* the first ones tell what is new */
	STORY_SENTENCES = 6 /* for which a date that was named holds on */
};

struct course {
	struct ent_coder *coder;
	const struct ent_article *article;
	struct arena arena;   /* of the story: names learnt */
	struct story story;
	struct when_context context;
	struct dates dates;
	struct drafts drafts;
	int year; /* of publication, 0 where it is not known */
	size_t index;
	size_t dated; /* the last sentence that named a year */
};

static int year_of(int32_t day)
{
	char text[ENT_DAY_TEXT_SIZE];

	ent_day_text(day, text);
	return (int)strtol(text, NULL, 10);
}

/* The day of publication, without its time of day. */
static void read_published(struct course *course)
{
	struct ent_date date;
	const char *text = course->article->published;

	if (!text || ent_date_parse(text, &date, NULL) < 0 ||
	    date.hi == ENT_DAY_OPEN_END || date.lo == ENT_DAY_OPEN_START)
		return;
	course->context.has_published = true;
	course->context.published = date.hi;
	course->dates.has_published = true;
	course->year = year_of(date.hi);
	if (date.lo == date.hi)
		ent_day_text(date.lo, course->dates.published);
	else if (strlen(text) < sizeof(course->dates.published) &&
		 !strchr(text, '/'))
		memcpy(course->dates.published, text, strlen(text) + 1);
	else
		ent_day_text(date.hi, course->dates.published);
}

/* Where the story is: the year and month that it named last. */
static void tell_story(struct course *course)
{
	const struct when_context *context = &course->context;
	struct dates *dates = &course->dates;
	int32_t day;

	dates->story[0] = '\0';
	if (context->year == 0 || !context->has_published ||
	    course->index - course->dated > STORY_SENTENCES)
		return;
	day = ent_day(context->year, context->month ? context->month : 1, 1);
	if (day >= context->published)
		return;
	if (context->month)
		snprintf(dates->story, sizeof(dates->story), "%04d-%02d",
			 context->year, context->month);
	else
		snprintf(dates->story, sizeof(dates->story), "%04d",
			 context->year);
}

/* "for Thursday's attack": the date is another noun's, its preposition is not. */
static void hide_date(struct course *course, const struct when *when)
{
	struct sentence *sentence = &course->coder->sentence;
	size_t start = when->start, end = when->end;

	for (int i = 0; i + 1 < sentence->count; i++) {
		const struct token *token = &sentence->tokens[i];

		if (token->end == when->end && (token_is(token, "after") ||
						token_is(token, "before")))
			end = token->start; /* "30 days after it ratifies" */

		if (token->end == when->end && token_is(token + 1, "'s"))
			while (start < when->end &&
			       course->article->text[start] != ' ')
				start++;
	}
	sentence_hide(sentence, start == when->end ? when->start : start, end);
}

static void find_dates(struct course *course)
{
	struct sentence *sentence = &course->coder->sentence;
	struct dates *dates = &course->dates;

	dates->news = course->index < NEWS_SENTENCES;
	tell_story(course);
	dates->count = when_find(course->article->text + sentence->start,
				 sentence->end - sentence->start,
				 &course->context, dates->items, WHENS_MAX);
	for (size_t i = 0; i < dates->count; i++) {
		dates->items[i].start += sentence->start;
		dates->items[i].end += sentence->start;
		hide_date(course, &dates->items[i]);
	}
}

static int take_findings(struct course *course, const struct findings *findings,
			 struct ent_error *err)
{
	int rc = ENT_OK;

	for (int i = 0; i < findings->count && rc == ENT_OK; i++) {
		const char *why = drafts_add(&course->drafts,
					     &course->coder->frame,
					     &course->dates,
					     &findings->items[i], err, &rc);

		explain_finding(course->coder, &findings->items[i], why);
	}
	return rc;
}

static void note_dates(struct course *course)
{
	for (size_t i = 0; i < course->dates.count; i++) {
		const struct when *when = &course->dates.items[i];

		when_note(&course->context, when);
		if (when->edtf[0] && !when->duration && !when->passing)
			course->dated = course->index;
	}
}

/* Who held an office in another year is nobody. */
static void keep_persons(struct course *course)
{
	struct sentence *sentence = &course->coder->sentence;

	for (int i = 0; i < sentence->count; i++) {
		struct token *token = &sentence->tokens[i];

		if (!token->name || token->name->kind != NAME_PERSON)
			continue;
		token->name = lexicon_person(course->coder->lexicon, token->name,
					     course->year);
		for (unsigned k = 0; !token->name && k < token->name_len; k++)
			token[k].in_name = false;
	}
}

/* A row of groups that was cut short may lack a "not": it is not read. */
static int match_sentence(struct course *course, struct ent_error *err)
{
	struct ent_coder *coder = course->coder;
	struct teller teller = explain_teller(coder);
	struct findings findings;

	if (course->story.failed)
		return mem_error(err);
	if (coder->frame.full)
		return ENT_OK;
	match_rules(&coder->frame, &coder->rules, coder->options.all_types,
		    &teller, &findings);
	return take_findings(course, &findings, err);
}

static int take_sentence(struct course *course, size_t start, size_t end,
			 struct ent_error *err)
{
	struct ent_coder *coder = course->coder;
	struct arena arena = { 0 };
	int rc;

	coder->sentence.index = course->index;
	rc = sentence_read(&coder->sentence, course->article->text, start, end,
			   &coder->words, coder->lexicon, &arena, err);
	if (rc == ENT_OK && !coder->sentence.too_long) {
		keep_persons(course);
		find_dates(course);
		frame_build(&coder->frame, &coder->sentence, &coder->sets,
			    &course->story);
		explain_sentence(coder, course->article, &course->dates);
		rc = match_sentence(course, err);
		note_dates(course);
	}
	arena_release(&arena);
	return rc;
}

static int take_article(struct course *course, struct ent_error *err)
{
	const struct ent_article *article = course->article;
	size_t at = article->body, start, end;
	int rc = ENT_OK;

	while (rc == ENT_OK &&
	       sentence_next(article->text, article->len, &at, &start, &end)) {
		rc = take_sentence(course, start, end, err);
		course->index++;
	}
	return rc == ENT_OK ? drafts_thin(&course->drafts, err) : rc;
}

size_t ent_coder_undated(const struct ent_coder *coder)
{
	return coder->undated;
}

int ent_propose(struct ent_coder *coder, const struct ent_article *article,
		struct ent_candidate ***out, size_t *out_count,
		struct ent_error *err)
{
	struct course course = { .coder = coder, .article = article };
	size_t valid = utf8_check(article->text, article->len);
	int rc;

	coder->undated = 0;
	if (valid < article->len)
		return ent_error_set(err, ENT_EINPUT, "%s: byte %zu of the text is "
				     "not UTF-8", article->name, valid + 1);
	course.story = (struct story){ .lexicon = coder->lexicon,
				       .words = &coder->words,
				       .arena = &course.arena };
	read_published(&course);
	rc = take_article(&course, err);
	if (rc == ENT_OK)
		rc = coder_emit(coder, article, &course.drafts, out, out_count,
				err);
	coder->undated = course.drafts.undated;
	drafts_release(&course.drafts);
	arena_release(&course.arena);
	return rc;
}
