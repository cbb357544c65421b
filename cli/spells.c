/*
 * spells.c - memberships as spells, from the differences between the days on which
 * a membership can change (moments.h).
 *
 * A spell begins where the status of a membership changes and ends where it
 * changes again.  Its start is the date of the event that decided it, its end
 * that of the event that ended it, or its own `until`; where the change falls on
 * another day than the event's, the day itself.  Where an old status comes back
 * because the `until` of a newer one ran out, no event gives a start: only its
 * first and last possible day are known, those after the `until`.
 */
#include "spells.h"
#include "cli.h"
#include "countries.h"
#include "moments.h"
#include "safe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A step of one membership: a new status, or a new certainty. */
struct step {
	const char *slot; /* /A/members/X, of slot_len bytes; borrowed */
	size_t slot_len;
	size_t order;
	const struct ent_change *change;
	bool status; /* else certainty */
};

struct steps {
	struct step *items;
	size_t count;
};

struct end {
	const char *text; /* borrowed, or day */
	char day[ENT_DAY_TEXT_SIZE];
	int32_t lo, hi;
};

struct spell {
	const struct ent_change *begin; /* NULL: none is open */
	const struct ent_event *event;
	bool certain;
};

static int compare_steps(const void *a, const void *b)
{
	const struct step *x = a, *y = b;
	size_t least = x->slot_len < y->slot_len ? x->slot_len : y->slot_len;
	int order = memcmp(x->slot, y->slot, least);

	if (order != 0)
		return order;
	if (x->slot_len != y->slot_len)
		return x->slot_len < y->slot_len ? -1 : 1;
	if (x->change->day != y->change->day)
		return x->change->day < y->change->day ? -1 : 1;
	if (x->status != y->status)
		return x->status ? -1 : 1; /* a spell is open before it counts */
	return (x->order > y->order) - (x->order < y->order);
}

/* /A/members/X/status or /A/members/X/certainty: codes have no slash in them. */
static bool is_step(const struct ent_change *change, struct step *out)
{
	const char *section = strchr(change->path + 1, '/');
	const char *leaf = strrchr(change->path, '/');

	if (!section || strncmp(section, "/members/", 9) != 0 ||
	    leaf < section + 9)
		return false;
	out->status = strcmp(leaf, "/status") == 0;
	if (!out->status && strcmp(leaf, "/certainty") != 0)
		return false;
	out->slot = change->path;
	out->slot_len = (size_t)(leaf - change->path);
	out->change = change;
	return true;
}

static void collect(const struct ent_diff *diff, struct steps *steps)
{
	size_t n = ent_diff_count(diff);

	for (size_t i = 0; i < n; i++) {
		struct step step = { .order = steps->count };

		if (!is_step(ent_diff_get(diff, i), &step))
			continue;
		if (steps->count % 1024 == 0)
			steps->items = grow(steps->items, steps->count + 1024,
					    sizeof(*steps->items));
		steps->items[steps->count++] = step;
	}
}

static void sort(struct steps *steps)
{
	if (steps->count > 1)
		qsort(steps->items, steps->count, sizeof(*steps->items),
		      compare_steps);
}

/* ---- CSV --------------------------------------------------------------- */

/* A cell that a spreadsheet would take for a formula gets a ' in front; also the
 * full-width forms of = + - @. */
static bool is_formula(const char *str)
{
	static const char *const wide[] = { "\xEF\xBC\x9D", "\xEF\xBC\x8B",
					    "\xEF\xBC\x8D", "\xEF\xBC\xA0" };

	if (*str != '\0' && strchr("=+-@\t\r", *str))
		return true;
	for (size_t i = 0; i < 4; i++)
		if (strncmp(str, wide[i], 3) == 0)
			return true;
	return false;
}

static void cell(struct text *out, const char *str)
{
	struct text safe = { 0 };

	if (!str)
		str = "";
	if (is_formula(str))
		text_str(&safe, "'");
	safe_add(&safe, str, SAFE_ESCAPE);
	if (strpbrk(text_get(&safe), "\",\r\n")) {
		text_str(out, "\"");
		for (const char *c = text_get(&safe); *c; c++)
			text_fmt(out, *c == '"' ? "\"%c" : "%c", *c);
		text_str(out, "\"");
	} else {
		text_bytes(out, text_get(&safe), safe.len);
	}
	text_release(&safe);
}

static void next_cell(struct text *out, const char *str)
{
	text_str(out, ",");
	cell(out, str);
}

static void day_cell(struct text *out, int32_t day)
{
	char text[ENT_DAY_TEXT_SIZE] = "";

	if (day != ENT_DAY_OPEN_START && day != ENT_DAY_OPEN_END)
		ent_day_text(day, text);
	next_cell(out, text);
}

static void end_cells(struct text *out, const struct end *end)
{
	if (!end) {
		text_str(out, ",,,");
		return;
	}
	next_cell(out, end->text ? end->text : end->day);
	day_cell(out, end->lo);
	day_cell(out, end->hi);
}

/* ---- spells ------------------------------------------------------------ */

/* The day from which the event counts. */
static int32_t counts_from(const struct ent_event *event)
{
	return event->when.lo == ENT_DAY_OPEN_START ? event->when.hi :
						      event->when.lo;
}

static void set_day(struct end *end, int32_t day)
{
	end->text = NULL;
	end->lo = end->hi = day;
	ent_day_text(day, end->day);
}

/* When the change happened: the date of its event, where that is the reason. */
static void when(const struct ent_change *change, const struct ent_event *event,
		 struct end *out)
{
	if (!event || !event->date || counts_from(event) != change->day) {
		set_day(out, change->day);
		return;
	}
	out->text = event->date;
	out->lo = event->when.lo;
	out->hi = event->when.hi;
}

static const struct ent_event *decider(const struct ent_change *change)
{
	return change->causes_count > 0 ? change->causes[0] : NULL;
}

static bool ran_out(const struct ent_event *event, int32_t day)
{
	return event && event->until && event->held.hi < INT32_MAX &&
	       event->held.hi + 1 == day;
}

static void begins(const struct ent_change *change, const struct ent_event *event,
		   struct end *out)
{
	when(change, event, out);
	if (out->text)
		return;
	for (size_t i = 0; i < change->causes_count; i++) {
		const struct ent_event *before = change->causes[i];

		if (before == event || !ran_out(before, change->day))
			continue;
		out->text = "";
		out->lo = before->held.lo == ENT_DAY_OPEN_START ?
				  ENT_DAY_OPEN_START : before->held.lo + 1;
		out->hi = before->held.hi + 1;
		return;
	}
}

static void ends(const struct spell *spell, const struct ent_change *change,
		 struct end *out)
{
	const struct ent_event *old = spell->event;

	if (ran_out(old, change->day)) {
		out->text = old->until;
		out->lo = old->held.lo;
		out->hi = old->held.hi;
		return;
	}
	when(change, decider(change), out);
}

static void print(struct text *out, const struct step *slot,
		  const struct spell *spell, const struct end *end)
{
	const char *alliance = slot->slot + 1;
	const char *slash = strchr(alliance, '/');
	const char *actor = slash + strlen("/members/");
	size_t actor_len = slot->slot_len - (size_t)(actor - slot->slot);
	char code[40] = "", id[ENT_ID_TEXT_SIZE] = "";
	struct end start;

	if (actor_len < sizeof(code))
		memcpy(code, actor, actor_len);
	begins(spell->begin, spell->event, &start);
	text_bytes(out, alliance, (size_t)(slash - alliance));
	next_cell(out, code);
	next_cell(out, country_name(code));
	next_cell(out, spell->begin->to->as.text);
	end_cells(out, &start);
	end_cells(out, end);
	next_cell(out, spell->certain ? "certain" : "possible");
	if (spell->event) {
		ent_id_text(&spell->event->id, id);
		text_fmt(out, ",%" PRIu64, spell->event->seq);
		next_cell(out, id);
		next_cell(out, spell->event->has_source ?
				       spell->event->source.url : NULL);
	} else {
		text_str(out, ",,,");
	}
	text_str(out, "\n");
}

static bool is_text(const struct ent_value *value, const char *str)
{
	return value && value->kind == ENT_TEXT &&
	       strcmp(value->as.text, str) == 0;
}

static void take_status(struct text *out, const struct step *step,
			struct spell *spell)
{
	const struct ent_value *to = step->change->to;
	struct end end;

	if (spell->begin) {
		ends(spell, step->change, &end);
		print(out, step, spell, &end);
	}
	*spell = (struct spell){ .certain = spell->certain };
	if (to && to->kind == ENT_TEXT && !is_text(to, "none")) {
		spell->begin = step->change;
		spell->event = decider(step->change);
	}
}

static bool same_slot(const struct step *a, const struct step *b)
{
	return a->slot_len == b->slot_len &&
	       memcmp(a->slot, b->slot, a->slot_len) == 0;
}

/* A spell is certain when it was so on some day of it. */
static void print_all(struct text *out, const struct steps *steps)
{
	struct spell spell = { 0 };
	bool certain = false;

	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->items[i];
		bool last = i + 1 == steps->count ||
			    !same_slot(step, &steps->items[i + 1]);

		if (step->status) {
			take_status(out, step, &spell);
			spell.certain = certain;
			/* Its own certainty of that day comes next, if new. */
			if (!last && !steps->items[i + 1].status &&
			    steps->items[i + 1].change->day == step->change->day)
				spell.certain = false;
		} else {
			certain = is_text(step->change->to, "certain");
			spell.certain |= certain;
		}
		if (!last)
			continue;
		if (spell.begin)
			print(out, step, &spell, NULL);
		spell = (struct spell){ 0 };
		certain = false;
	}
}

/* ---- one alliance after the other --------------------------------------- */

struct diffs {
	struct ent_diff **items;
	size_t count;
};

static void release(struct diffs *diffs, struct steps *steps)
{
	for (size_t i = 0; i < diffs->count; i++)
		ent_diff_free(diffs->items[i]);
	free(diffs->items);
	free(steps->items);
}

/* The diffs from one moment to the next of an alliance: n moments. */
static int one_alliance(struct ent_log *log, const struct moment *moments,
			size_t n, struct text *out)
{
	const char *alliance = moments->alliance;
	const struct ent_diff_options options = { .alliances = &alliance,
						  .alliances_count = 1 };
	struct ent_basis from = { .at = ent_day(1, 1, 1) - 1,
				  .known = ENT_KNOWN_ALL };
	struct ent_basis to = from;
	struct diffs diffs = { .items = grow(NULL, n, sizeof(*diffs.items)) };
	struct steps steps = { 0 };
	struct ent_error err = { 0 };
	int rc = CLI_DONE;

	for (size_t i = 0; i < n && rc == CLI_DONE; i++) {
		to.at = moments[i].day;
		if (to.at == from.at)
			continue;
		if (ent_diff(log, &from, &to, &options,
			     &diffs.items[diffs.count], &err) < 0)
			rc = fail_ent(&err, "export");
		else
			collect(diffs.items[diffs.count++], &steps);
		from = to;
	}
	if (rc == CLI_DONE) {
		sort(&steps);
		print_all(out, &steps);
	}
	release(&diffs, &steps);
	return rc;
}

int spells_csv(struct ent_log *log, struct text *out)
{
	struct moments moments = { 0 };
	size_t n;
	int rc = moments_read(log, &moments);

	text_str(out, "alliance,actor,name,status,start,start_lo,start_hi,end,"
		      "end_lo,end_hi,certainty,seq,id,url\n");
	for (size_t i = 0; i < moments.count && rc == CLI_DONE; i += n) {
		const struct moment *first = &moments.items[i];

		for (n = 1; i + n < moments.count; n++)
			if (strcmp(first->alliance, first[n].alliance) != 0)
				break;
		rc = one_alliance(log, first, n, out);
	}
	moments_release(&moments);
	return rc;
}
