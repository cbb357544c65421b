/*
 * tally.c - see tally.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally.h"

/* A row that allows several types counts under the first of them. */
static struct figures *figures_of(struct tally *tally, const char *type)
{
	char name[TALLY_NAME_SIZE];
	size_t i = 0;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(type, "|"), type);
	while (i < tally->n && strcmp(tally->types[i].type, name) != 0)
		i++;
	if (i == TALLY_TYPES_MAX)
		abort();
	if (i == tally->n) {
		tally->n++;
		memcpy(tally->types[i].type, name, sizeof(name));
	}
	return &tally->types[i];
}

static bool is_harmful(const struct judge_row *row)
{
	const char *modality = ent_value_get_text(row->event, "modality");

	return !row->modality_ok &&
	       (!modality || strcmp(modality, "fact") == 0);
}

static void add_found(struct figures *figures, const struct judge_row *row)
{
	figures->harmful += is_harmful(row);
	if (row->optional) {
		figures->astray += !row->modality_ok;
		return;
	}
	figures->found++;
	figures->right += row->modality_ok;
	if (!*match_text(row->row, "date"))
		return;
	figures->dated++;
	figures->date_ok += row->date_ok;
}

void tally_add(struct tally *tally, const struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->rows_n; i++) {
		const struct judge_row *row = &judgement->rows[i];
		struct figures *figures =
			figures_of(tally, match_text(row->row, "type"));

		if (row->event)
			add_found(figures, row);
		else
			figures->missing += !row->optional;
	}
	for (size_t i = 0; i < judgement->extra_n; i++) {
		const char *type =
			ent_value_get_text(judgement->extra[i], "type");

		figures_of(tally, type ? type : "?")->extra++;
	}
}

/* ---- printing --------------------------------------------------------- */

static double ratio(unsigned part, unsigned whole)
{
	return whole ? (double)part / whole : 0;
}

static void print_rates(unsigned good, unsigned proposed, unsigned expected)
{
	printf("  %.2f %.2f %.2f", ratio(good, proposed), ratio(good, expected),
	       ratio(2 * good, proposed + expected));
}

static void print_figures(const struct figures *f)
{
	unsigned expected = f->found + f->missing;
	unsigned proposed = f->found + f->extra;

	printf("%-28s %4u %4u %4u", f->type, f->found, f->extra, f->missing);
	print_rates(f->found, proposed, expected);
	print_rates(f->right, proposed + f->astray, expected);
	printf("  %4u/%-4u %4u\n", f->date_ok, f->dated, f->harmful);
}

static void figures_sum(struct figures *sum, const struct figures *f)
{
	sum->found += f->found;
	sum->extra += f->extra;
	sum->missing += f->missing;
	sum->right += f->right;
	sum->astray += f->astray;
	sum->dated += f->dated;
	sum->date_ok += f->date_ok;
	sum->harmful += f->harmful;
}

static int compare_names(const void *a, const void *b)
{
	const struct figures *x = a;
	const struct figures *y = b;

	return strcmp(x->type, y->type);
}

void tally_print(struct tally *tally, bool by_type)
{
	struct figures all = { .type = "all" };

	printf("%-28s %4s %4s %4s  %-14s  %-14s  %-9s %4s\n", "type", "hit",
	       "over", "miss", "key   P  R  F1", "modality", "dates", "harm");
	qsort(tally->types, tally->n, sizeof(tally->types[0]), compare_names);
	for (size_t i = 0; i < tally->n; i++) {
		figures_sum(&all, &tally->types[i]);
		if (by_type)
			print_figures(&tally->types[i]);
	}
	print_figures(&all);
}
