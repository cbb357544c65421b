/*
 * ask.c - the basis of a question.  The only reader of the clock.
 */
#include "ask.h"
#include "safe.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY_US (INT64_C(86400) * 1000000)

enum { NAME_BYTES_MAX = 4096 };

const char *ask_log_name(const struct cli *cli)
{
	const char *env = getenv("ENTENTE_LOG");

	if (cli->log)
		return cli->log;
	return env && *env ? env : "entente.lmdb";
}

int ask_log_dir(const struct cli *cli, const char **out)
{
	const char *name = ask_log_name(cli);

	if (*name == '\0')
		return fail(CLI_USAGE, "--log: the name is empty");
	/* In a message such a name would hide the reason behind it. */
	if (strlen(name) >= NAME_BYTES_MAX)
		return fail(CLI_USAGE, "--log: the name is too long (%zu bytes)",
			    strlen(name));
	*out = name;
	return CLI_DONE;
}

static int open_log(const struct cli *cli, enum ask_mode mode, const char *dir,
		    struct ent_log **out, struct ent_error *err)
{
	const struct ent_log_options options = {
		.read_only = mode == ASK_READ,
		.create = mode == ASK_CREATE,
		.trust = cli->trust
	};

	return ent_log_open(dir, &options, out, err);
}

int ask_log(const struct cli *cli, enum ask_mode mode, struct ent_log **out)
{
	const char *dir = NULL;
	struct ent_error err = { 0 };
	int rc = ask_log_dir(cli, &dir);

	if (rc == CLI_DONE && open_log(cli, mode, dir, out, &err) < 0)
		rc = fail_said(&err);
	return rc;
}

bool ask_again(const struct cli *cli, struct ent_log **log, int *rc,
	       struct ent_error *err)
{
	struct ent_log *anew = NULL;

	if (*rc != ENT_EREOPEN)
		return false;
	*rc = open_log(cli, ASK_WRITE, ask_log_name(cli), &anew, err);
	if (*rc < 0)
		return false;
	ent_log_close(*log);
	*log = anew;
	return true;
}

int ask_append(const struct cli *cli, struct ent_log **log,
	       const struct ent_batch *batch,
	       const struct ent_append_options *options,
	       struct ent_appended *out, struct ent_error *err)
{
	int rc = ent_log_append(*log, batch, options, out, err);

	if (ask_again(cli, log, &rc, err))
		rc = ent_log_append(*log, batch, options, out, err);
	return rc;
}

int64_t ask_now_us(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int32_t ask_today(void)
{
	return (int32_t)(ask_now_us() / DAY_US);
}

int ask_day(const char *text, const char *what, int32_t *out)
{
	struct ent_error err = { 0 };
	struct ent_date date;

	if (!text) {
		*out = ask_today();
		return CLI_DONE;
	}
	if (ent_date_parse(text, &date, &err) < 0) {
		fail_ent(&err, "%s \"%s\"", what, text);
		hint("write 2024-02-29, 2024-02 or 2024; `entente help dates` "
		     "has all forms");
		return CLI_USAGE;
	}
	if (date.hi == ENT_DAY_OPEN_END || (date.flags & ENT_DATE_UNKNOWN)) {
		fail(CLI_USAGE, "%s \"%s\": it has no last day", what, text);
		hint("a question is asked at the end of a day, a month or a "
		     "year");
		return CLI_USAGE;
	}
	*out = date.hi;
	return CLI_DONE;
}

bool ask_is_number(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static int number(const char *text, const char *what, uint64_t *out)
{
	uint64_t n = 0;

	for (const char *c = text; *c; c++) {
		uint64_t digit = (uint64_t)(*c - '0');

		if (n > (UINT64_MAX - digit) / 10)
			return fail(CLI_USAGE, "%s \"%s\": the number is too "
				    "large", what, text);
		n = n * 10 + digit;
	}
	*out = n;
	return CLI_DONE;
}

/* A year looks like a number: say so where there are not so many events. */
static int known_number(struct ent_log *log, const char *text, uint64_t *out)
{
	struct ent_error err = { 0 };
	uint64_t last = 0;
	int rc = number(text, "--known", out);

	if (rc != CLI_DONE)
		return rc;
	if (ent_log_head(log, &last, NULL, &err) < 0)
		return fail_ent(&err, "read the log");
	if (*out > last)
		note("the log has %" PRIu64 " event%s; known %" PRIu64 " is read "
		     "as a number, and means all of them", last,
		     last == 1 ? "" : "s", *out);
	return CLI_DONE;
}

int ask_known(struct ent_log *log, const char *text, uint64_t *out)
{
	struct ent_error err = { 0 };
	int64_t us = 0;
	int32_t day = 0;
	int rc;

	*out = ENT_KNOWN_ALL;
	if (!text)
		return CLI_DONE;
	if (ask_is_number(text))
		return known_number(log, text, out);
	if (strchr(text, 'T') && !strchr(text, '/')) {
		if (ent_time_parse(text, &us, &err) < 0) {
			fail_ent(&err, "--known \"%s\"", text);
			return CLI_USAGE;
		}
	} else {
		rc = ask_day(text, "--known", &day);
		if (rc != CLI_DONE)
			return rc;
		us = ((int64_t)day + 1) * DAY_US - 1;
	}
	if (ent_log_known_at(log, us, out, &err) < 0)
		return fail_ent(&err, "read the log");
	return CLI_DONE;
}

int ask_basis(struct ent_log *log, const struct ask *ask, struct ent_basis *out)
{
	struct ent_basis basis = { 0 };
	int rc;

	rc = ask_day(ask->at, "date", &basis.at);
	if (rc == CLI_DONE)
		rc = ask_known(log, ask->known, &basis.known);
	if (rc == CLI_DONE && ask->published) {
		basis.has_published = true;
		rc = ask_day(ask->published, "--published", &basis.published);
	}
	if (rc == CLI_DONE)
		*out = basis;
	return rc;
}

int ask_describe(struct ent_log *log, const struct ent_basis *basis,
		 struct text *out)
{
	struct ent_error err = { 0 };
	char day[ENT_DAY_TEXT_SIZE];
	uint64_t last = 0;

	if (ent_log_head(log, &last, NULL, &err) < 0)
		return fail_ent(&err, "read the log");
	ent_day_text(basis->at, day);
	text_fmt(out, "at the end of %s (", day);
	if (last == 0)
		text_str(out, "the log is empty");
	else if (basis->known >= last)
		text_fmt(out, "all %" PRIu64 " events known", last);
	else
		text_fmt(out, "%" PRIu64 " of %" PRIu64 " events known",
			 basis->known, last);
	if (basis->has_published) {
		ent_day_text(basis->published, day);
		text_fmt(out, ", published by %s", day);
	}
	text_str(out, ")");
	return CLI_DONE;
}

static bool is_alliance(const char *code)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	size_t len = strspn(code, letters);

	return len > 0 && len <= 32 && code[len] == '\0' && code[0] != '-';
}

int ask_alliances(const struct opt_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (!is_alliance(list->items[i])) {
			fail(CLI_USAGE, "--alliance: \"%s\" is no code of an "
			     "alliance", list->items[i]);
			hint("codes are written like CSTO or ATOP-3075");
			return CLI_USAGE;
		}
	return CLI_DONE;
}

static int find(struct ent_log *log, const char *name, uint64_t *out_seq)
{
	struct ent_error err = { 0 };
	struct ent_id id;
	int rc;

	*out_seq = 0;
	if (ask_is_number(name))
		return number(name, "event", out_seq);
	if (ent_id_parse(name, &id, &err) < 0) {
		fail(CLI_USAGE, "\"%s\" is no number of an event and no id",
		     name);
		hint("`entente log` lists the events with their numbers");
		return CLI_USAGE;
	}
	rc = ent_log_find(log, &id, out_seq, &err);
	if (rc < 0)
		return fail_ent(&err, "find event %s", name);
	return CLI_DONE;
}

int ask_event(struct ent_log *log, const char *name, struct ent_event **out)
{
	struct ent_error err = { 0 };
	uint64_t seq = 0;
	int rc;

	*out = NULL;
	rc = find(log, name, &seq);
	if (rc != CLI_DONE || seq == 0)
		return rc;
	if (ent_log_get(log, seq, out, &err) < 0)
		return fail_ent(&err, "read event %" PRIu64, seq);
	return CLI_DONE;
}

int ask_text(const char *command, const char *option, const char *str)
{
	size_t left = str ? strlen(str) : 0, at = 0, n;
	uint32_t cp;

	for (; left > 0; at += n, left -= n) {
		n = safe_decode(str + at, left, &cp);
		if (cp == SAFE_BAD_BYTE)
			return fail(CLI_INPUT, "%s: %s is not UTF-8 (byte %zu)",
				    command, option, at + 1);
	}
	return CLI_DONE;
}
