/*
 * news.h - from an article to candidate events: what a person reviews before any
 * of it is appended.
 *
 *     ent_reader_open(fd, "feed.xml", NULL, &reader, &err);
 *     while (ent_reader_next(reader, &article, &err) == 0)
 *             ent_propose(coder, article, &candidates, &count, &err);
 *
 * Nothing here reads a clock, a locale or the network: the same bytes in give the
 * same candidates out.
 */
#ifndef ENTENTE_NEWS_H
#define ENTENTE_NEWS_H

#include "log.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- reading ---------------------------------------------------------- */

enum {
	ENT_ARTICLE_BYTES_MAX = 4 << 20, /* of one article, before and after its
	                                  * markup is taken off */
	ENT_FEED_BYTES_MAX = 32 << 20,   /* of a file that is read as a whole */
	ENT_MARKUP_DEPTH_MAX = 256       /* levels of elements */
};

/*
 * One article.  Members that it does not have are NULL.  Texts are UTF-8 without
 * control characters but tab and newline.
 */
struct ent_article {
	const char *name;      /* "feed.xml#3", "news.jsonl:12": for messages */
	const char *url;
	const char *publisher;
	const char *title;
	const char *author;
	const char *published; /* EDTF */
	const char *text;      /* of a plain text file: the whole file */
	size_t len;
	size_t body;           /* where the news begins in text, behind a header */
	struct ent_hash digest; /* SHA-256 of text from body on */
};

/* All-zero means the defaults, so { 0 } and NULL are the same. */
struct ent_reader_options {
	const char *published; /* EDTF, for articles that do not say; copied */
};

struct ent_reader;

/*
 * Read articles from fd, which stays the caller's, to its end: plain text, mail
 * (RFC 5322), mbox (RFC 4155), HTML, RSS 2.0, RDF Site Summary, Atom, JSON Feed 1.1
 * or JSON Lines, told apart by their first bytes.  name is copied.  *out is owned:
 * ent_reader_close().
 *
 * ENT_EINPUT  options->published is no date
 * ENT_EIO, ENT_ENOMEM
 */
ENT_API int ent_reader_open(int fd, const char *name,
			    const struct ent_reader_options *options,
			    struct ent_reader **out, struct ent_error *err);

/*
 * The next article, borrowed until the next call.  ENT_END behind the last.
 *
 * ENT_EINPUT  an item, or the rest of a file, cannot be read: the message says
 *             which and why.  Calling again goes on behind it.
 * ENT_EIO, ENT_ENOMEM: reading cannot go on
 */
ENT_API int ent_reader_next(struct ent_reader *reader,
			    const struct ent_article **out,
			    struct ent_error *err);

ENT_API void ent_reader_close(struct ent_reader *reader); /* NULL is allowed */

/* ---- copies ----------------------------------------------------------- */

/* The articles that were seen before, as sketches of their three-word shingles. */
struct ent_memory;

/* *out is owned: ent_memory_free(). */
ENT_API int ent_memory_new(struct ent_memory **out, struct ent_error *err);
ENT_API void ent_memory_free(struct ent_memory *memory); /* NULL is allowed */

/*
 * Take one line that ent_memory_line() wrote.
 *
 * ENT_EINPUT  it is no such line
 */
ENT_API int ent_memory_load(struct ent_memory *memory, const char *line,
			    size_t len, struct ent_error *err);

struct ent_met {
	bool copy;                /* of an article that was seen under another
	                           * digest or another address */
	bool longer;              /* a copy with news of its own, to be read like any
	                           * other: less than 90 % of it is in that
	                           * article, or another text stood at its
	                           * address, which it updates or corrects */
	bool again;               /* the very same: digest and address; of articles
	                           * without an address, digest */
	unsigned shared_permille; /* shingles of the shorter one found in the other */
	struct ent_hash original; /* that article's digest; valid until the memory
	                           * is freed, like the rest */
	const char *original_name; /* its address, or its name where it has none */
};

/*
 * Has article been seen?  Where it has not, it is remembered.  A copy is what
 * shares half or more of its shingles with an article seen, or the other way
 * round (Broder 1997, "containment"); of short ones, where one word may make
 * another story, nearly all.  The original of a copy of a copy is the first of
 * them; what has news of its own is an original itself from then on.
 */
ENT_API int ent_memory_meet(struct ent_memory *memory,
			    const struct ent_article *article,
			    struct ent_met *out, struct ent_error *err);

/*
 * Forget the article that was remembered last, so that it is read when it comes
 * again: it was of no use yet, since some of its events could not be dated.  Where
 * it was not the last, nothing changes.
 */
ENT_API void ent_memory_forget(struct ent_memory *memory,
			       const struct ent_article *article);

/* How many articles are remembered, and the i-th as one line of JSON without
 * newline; *out is owned: ent_free(). */
ENT_API size_t ent_memory_count(const struct ent_memory *memory);
ENT_API int ent_memory_line(const struct ent_memory *memory, size_t i, char **out,
			    size_t *out_len, struct ent_error *err);

/* ---- candidates ------------------------------------------------------- */

/*
 * An event that somebody may accept.  As JSON it is the event with one more
 * member, `candidate`, of the members below.  All borrowed from the candidate;
 * what it does not have is NULL.
 */
struct ent_candidate {
	const struct ent_value *event; /* as ent_event_parse() takes it */
	const char *rule;    /* the rule that fired */
	const char *quote;   /* the sentence: the article's text from start to end */
	size_t start, end;   /* bytes of the article's text */
	size_t trigger_start, trigger_end; /* the words that fired, therein */
	const char *before;  /* what stands around the quote, cut short */
	const char *after;
	const char *file;    /* the article's name */
	const char *article; /* the article's digest, hex */
	const char *coded_by; /* digest of rules and lexicon, hex */
	int score;           /* 0 to 1000: how likely it is right */
	const char *note;    /* what a reviewer should know */
	const char *effect;  /* "ARM: member -> frozen" (with an arrow), from a log;
	                      * "MLI: not in the log -> suspended" */
	const char *already; /* id of the event of the log that says the same */
	bool same_report;    /* that event is of this very article: the candidate
	                      * is no further source of it */
};

struct ent_coder;

/* One line about a sentence, a rule that fired, or why one did not; borrowed
 * during the call. */
typedef void ent_explain_fn(const char *line, void *arg);

/* All-zero means the defaults, so { 0 } and NULL are the same. */
struct ent_coder_options {
	bool all_types; /* statement.made and meeting.held too */
	ent_explain_fn *explain; /* may be NULL */
	void *explain_arg;
};

/*
 * A coder with the rules and the lexicon that are compiled in.  For one thread at
 * a time.  *out is owned: ent_coder_free().
 */
ENT_API int ent_coder_new(const struct ent_coder_options *options,
			  struct ent_coder **out, struct ent_error *err);
ENT_API void ent_coder_free(struct ent_coder *coder); /* NULL is allowed */

/*
 * The candidates of an article, in the order of the text.  *out (an array of
 * *out_count, NULL for 0) is owned: ent_candidates_free().
 *
 * ENT_EINPUT  article->text is not UTF-8
 */
ENT_API int ent_propose(struct ent_coder *coder,
			const struct ent_article *article,
			struct ent_candidate ***out, size_t *out_count,
			struct ent_error *err);

/* How many events of the last article were not proposed because they have no date
 * and the article's day of publication is not known. */
ENT_API size_t ent_coder_undated(const struct ent_coder *coder);

/*
 * What to propose for a copy: an `x.source` event, by which the copy's source
 * stands beside that of the article that it copies.  ENT_END where the copy has no
 * day of publication, for there is no other to date it with.
 */
ENT_API int ent_propose_source(const struct ent_article *article,
			       const struct ent_met *met,
			       struct ent_candidate **out, struct ent_error *err);

ENT_API void ent_candidate_free(struct ent_candidate *candidate); /* NULL too */
ENT_API void ent_candidates_free(struct ent_candidate **candidates, size_t count);

/*
 * Read one line of JSON: an event with or without `candidate`.  The event is
 * checked as ent_event_parse() does.  *out is owned: ent_candidate_free().
 *
 * ENT_EINPUT  it breaks a rule; err->column says where
 */
ENT_API int ent_candidate_parse(const char *json, size_t len,
				struct ent_candidate **out,
				struct ent_error *err);

/* One line of safe JSON without newline; *out is owned: ent_free(). */
ENT_API int ent_candidate_json(const struct ent_candidate *candidate, char **out,
			       size_t *out_len, struct ent_error *err);

/* The event alone, as ent_batch_add() takes it; *out is owned: ent_free(). */
ENT_API int ent_candidate_event_json(const struct ent_candidate *candidate,
				     char **out, size_t *out_len,
				     struct ent_error *err);

/*
 * The candidate with another event, as one line of JSON or several: where it was
 * read, its rule and the coder's score and note stay, what a log said of it goes.
 * *out is owned: ent_candidate_free().
 *
 * ENT_EINPUT  as ent_candidate_parse()
 */
ENT_API int ent_candidate_edit(const struct ent_candidate *candidate,
			       const char *json, size_t len,
			       struct ent_candidate **out, struct ent_error *err);

/*
 * What names a candidate for good, however often its article is read: SHA-256 of
 * its article, rule, place and what it says.
 */
ENT_API int ent_candidate_key(const struct ent_candidate *candidate,
			      struct ent_hash *out, struct ent_error *err);

/*
 * Compare the candidate with the log: sets effect and already, lowers the score of
 * what cannot be (a withdrawal by a state that is no member, a second freeze, a
 * founding after a withdrawal), with a note that says why.  log may be NULL: one
 * that has nothing yet.
 */
ENT_API int ent_candidate_weigh(struct ent_candidate *candidate,
				struct ent_log *log, struct ent_error *err);

/*
 * Compare the candidate with an earlier one that is to be appended before it: one
 * thing may be told many times.  Where both say the same, `already` is the id that
 * the earlier one's event will have; where they possibly do, the score is lowered.
 * Either way the note says so.  ENT_END where they are not alike.
 */
ENT_API int ent_candidate_compare(struct ent_candidate *candidate,
				  const struct ent_candidate *earlier,
				  struct ent_error *err);

/*
 * A candidate that the log has already (`already` is set), as a further source of
 * that event: an `x.source` event whose data.supports is its id.
 */
ENT_API int ent_candidate_support(const struct ent_candidate *candidate,
				  struct ent_candidate **out,
				  struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
