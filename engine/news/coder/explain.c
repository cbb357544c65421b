/*
 * explain.c - the coder's own account: how it took a sentence apart, which rule
 * fired, and why others did not.
 */
#include "news/coder/coder.h"

#include "ground/buf.h"

#include <string.h>

static void say(const struct ent_coder *coder, struct buf *line)
{
	if (!line->failed && line->data)
		coder->options.explain(line->data, coder->options.explain_arg);
	buf_release(line);
}

static void add_parties(struct buf *line, const char *before,
			const struct parties *parties)
{
	for (int i = 0; i < parties->count; i++)
		buf_printf(line, "%s%s%s", i ? "," : before,
			   parties->items[i].code,
			   parties->items[i].carried ? "*" : "");
}

static void add_group(struct buf *line, const struct node *node)
{
	add_parties(line, "=", &node->who);
	add_parties(line, " of:", &node->owner);
	add_parties(line, " names:", &node->about);
}

static void add_verb(struct buf *line, const struct frame *frame,
		     const struct node *node)
{
	const struct word *word = frame_token(frame, node->main)->word;

	buf_printf(line, "/%s%s%s%s%s%s%s",
		   word && word->lemma ? word->lemma : "be",
		   node->passive ? " passive" : "",
		   node->negative ? " not" : "", node->will ? " will" : "",
		   node->would ? " would" : "",
		   node->infinitive ? " to" : "", node->gerund ? " -ing" : "");
}

static void add_node(struct buf *line, const struct frame *frame,
		     const struct node *node)
{
	/* in the order of enum node_kind */
	static const char *const marks[] = { "[]", "<>", "()", "", "", "()", "()",
					     "" };
	const char *mark = marks[node->kind];

	buf_text(line, " ");
	if (mark[0])
		buf_byte(line, (unsigned char)mark[0]);
	for (int i = node->first; i <= node->last; i++)
		if (!frame_token(frame, i)->hidden)
			buf_printf(line, "%s%s", i > node->first ? " " : "",
				   frame_token(frame, i)->text);
	if (node->kind == NODE_GROUP)
		add_group(line, node);
	if (node->kind == NODE_VERB)
		add_verb(line, frame, node);
	if (mark[0])
		buf_byte(line, (unsigned char)mark[1]);
}

static void explain_dates(const struct ent_coder *coder,
			  const struct ent_article *article,
			  const struct dates *dates)
{
	static const char *const relations[] = { "", "since ", "until ", "after ",
						 "before ", "from ", "" };
	struct buf line = { 0 };

	for (size_t i = 0; i < dates->count; i++) {
		const struct when *when = &dates->items[i];

		buf_text(&line, i ? ", \"" : "   dates: \"");
		buf_add(&line, article->text + when->start,
			when->end - when->start);
		buf_printf(&line, "\" = %s%s", relations[when->relation],
			   when->refused ? "unknown without a day of publication" :
			   when->edtf[0] ? when->edtf : "no date");
	}
	if (dates->count > 0)
		say(coder, &line);
}

void explain_sentence(const struct ent_coder *coder,
		      const struct ent_article *article,
		      const struct dates *dates)
{
	const struct sentence *sentence = &coder->sentence;
	struct buf line = { 0 };

	if (!coder->options.explain)
		return;
	buf_printf(&line, "%zu: ", sentence->index + 1);
	buf_add(&line, article->text + sentence->start,
		sentence->end - sentence->start);
	say(coder, &line);
	buf_text(&line, "  ");
	for (int i = 0; i < coder->frame.count; i++)
		add_node(&line, &coder->frame, &coder->frame.nodes[i]);
	say(coder, &line);
	explain_dates(coder, article, dates);
}

static void tell_why(void *arg, const char *rule, const char *word,
		     const char *why)
{
	const struct ent_coder *coder = arg;
	struct buf line = { 0 };

	if (why)
		buf_printf(&line, "  - %s at \"%s\": %s", rule, word, why);
	else
		buf_printf(&line, "  + %s at \"%s\"", rule, word);
	say(coder, &line);
}

struct teller explain_teller(const struct ent_coder *coder)
{
	if (!coder->options.explain)
		return (struct teller){ NULL, NULL };
	return (struct teller){ tell_why, (void *)(uintptr_t)coder };
}

void explain_finding(const struct ent_coder *coder,
		     const struct finding *finding, const char *why)
{
	struct buf line = { 0 };

	if (!coder->options.explain)
		return;
	buf_printf(&line, "    %s %s", finding->modality, finding->type);
	add_parties(&line, " actor:", &finding->actor);
	add_parties(&line, " alliance:", &finding->alliance);
	add_parties(&line, " target:", &finding->target);
	add_parties(&line, " object:", &finding->object);
	if (why)
		buf_printf(&line, ": not proposed: %s", why);
	say(coder, &line);
}
