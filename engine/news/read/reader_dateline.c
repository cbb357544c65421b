/*
 * reader_dateline.c - the day of publication as the text itself tells it: a line of
 * its own near the top ("Published on 23 February 2024, 10:00"), or the dateline
 * ("YEREVAN, February 23, 2024 (Example) - ...").
 *
 * Only whole days in these two places count: any other date is one of the news.
 */
#include <string.h>

#include "ground/ascii.h"
#include "news/read/reader_piece.h"

enum {
	LINES_MAX = 5,       /* how far down it is looked for */
	DATELINE_MAX = 100,  /* bytes of a line that are looked at */
	REST_MAX = 24,       /* bytes of a time behind the date */
	PLACE_LETTERS_MIN = 3
};

struct line {
	const char *text;
	size_t len;
};

static struct line trimmed(const char *text, size_t len)
{
	ascii_trim(&text, &len);
	return (struct line){ text, len };
}

static struct line without_label(struct line line)
{
	static const char *const labels[] = { "published:", "published on",
					      "published", "posted on", "posted",
					      "date:" };
	size_t len;

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		len = strlen(labels[i]);
		if (ascii_starts(line.text, line.len, labels[i]))
			return trimmed(line.text + len, line.len - len);
	}
	return line;
}

/* The first date of a line, where it is a day of the calendar. */
static bool find_day(struct line line, struct when *out)
{
	static const struct when_context nothing_known;

	return when_find(line.text, line.len, &nothing_known, out, 1) == 1 &&
	       !out->relative && !out->vague && out->relation == WHEN_ON &&
	       strlen(out->edtf) == strlen("2024-02-23") &&
	       strspn(out->edtf, "0123456789-") == strlen(out->edtf);
}

/* The rest of a line that is a date: nothing, or a time, "at 10:00 GMT". */
static bool is_time(struct line rest)
{
	for (size_t i = 1; i + 1 < rest.len && rest.len <= REST_MAX; i++)
		if (rest.text[i] == ':' && ascii_is_digit(rest.text[i - 1]) &&
		    ascii_is_digit(rest.text[i + 1]))
			return true;
	return rest.len == 0;
}

static bool is_date_line(struct line line, const struct when *when)
{
	return when->start == 0 && is_time(trimmed(line.text + when->end,
						   line.len - when->end));
}

/* "WASHINGTON, D.C., ": capitals alone. */
static bool is_place(struct line place)
{
	size_t letters = 0;

	for (size_t i = 0; i < place.len; i++) {
		if (place.text[i] >= 'a' && place.text[i] <= 'z')
			return false;
		letters += ascii_is_letter(place.text[i]);
	}
	return letters >= PLACE_LETTERS_MIN;
}

/* What stands between the date of a dateline and the news: a dash or an agency. */
static bool is_parting(struct line rest)
{
	static const char *const marks[] = { "-", "(", "/", "\xe2\x80\x93",
					     "\xe2\x80\x94" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (ascii_starts(rest.text, rest.len, marks[i]))
			return true;
	return false;
}

static bool is_dateline(struct line line, const struct when *when)
{
	return is_place((struct line){ line.text, when->start }) &&
	       is_parting(trimmed(line.text + when->end, line.len - when->end));
}

static bool take_line(struct line line, struct piece *piece)
{
	struct when when;

	line = without_label(line);
	if (line.len > DATELINE_MAX)
		line.len = DATELINE_MAX;
	if (!find_day(line, &when) ||
	    !(is_date_line(line, &when) || is_dateline(line, &when)))
		return false;
	memcpy(piece->published, when.edtf, sizeof(when.edtf));
	return true;
}

void piece_date_of_text(struct piece *piece)
{
	const char *at = piece->text.data, *end, *stop;
	struct line line;

	if (piece->published[0] || piece->text.failed || !at)
		return;
	end = at + piece->text.len;
	at += piece->body;
	for (int lines = 0; at < end && lines < LINES_MAX; at = stop + 1) {
		stop = memchr(at, '\n', (size_t)(end - at));
		stop = stop ? stop : end;
		line = trimmed(at, (size_t)(stop - at));
		lines += line.len > 0;
		if (take_line(line, piece))
			return;
	}
}
