/*
 * review_keys.c - a person goes through the candidates: one key acts and moves on.
 */
#include "out.h"
#include "review.h"
#include "review_edit.h"
#include "review_screen.h"
#include "review_session.h"
#include "review_tty.h"
#include "safe.h"

#include <inttypes.h>

/* ---- what keys do ------------------------------------------------------ */

static void accept_key(struct session *session)
{
	if (session_current(session)->candidate->already)
		session_support(session);
	else
		session_accept(session);
}

static void support_key(struct session *session)
{
	if (session_current(session)->candidate->already)
		session_support(session);
	else
		session_say(session, "the log has no event that says the same");
}

static const char *who_claims(const struct ent_candidate *candidate)
{
	const struct ent_value *event = candidate->event;
	const char *who = ent_value_get_text(event, "attributed_to");

	if (!who)
		who = ent_value_get_text(ent_value_get(event, "source"),
					 "publisher");
	if (!who)
		who = ent_value_get_text(event, "actor");
	return who ? who : "";
}

/* false: it was called off.  The default stands for an empty line. */
static bool ask_line(const char *question, const char *fallback, struct text *out)
{
	struct text text = { 0 };
	bool came;

	text_fmt(&text, "\n  %s", question);
	if (*fallback) {
		text_str(&text, " [");
		safe_add(&text, fallback, SAFE_FOLD);
		text_str(&text, "]");
	}
	text_str(&text, *fallback ? ": " : " ");
	came = tty_line(&text, out);
	text_release(&text);
	if (!came)
		return false;
	text_trim(out);
	if (out->len == 0)
		text_str(out, fallback);
	return out->len > 0;
}

static void claim_key(struct session *session)
{
	const struct ent_candidate *candidate =
		session_current(session)->candidate;
	struct text who = { 0 };

	if (ask_line("Who says so?", who_claims(candidate), &who))
		session_claim(session, text_get(&who));
	else
		session_say(session, "called off");
	text_release(&who);
}

static void reject_with_reason(struct session *session)
{
	struct text reason = { 0 };

	if (ask_line("Why not?", "", &reason))
		session_reject(session, text_get(&reason));
	else
		session_say(session, "called off");
	text_release(&reason);
}

static void edit(struct session *session)
{
	if (review_edit(session_current(session), &session->said) == EDIT_FAILED &&
	    session->said.len == 0)
		session_say(session, "the event is as it was");
}

static void help(void)
{
	int key;

	screen_help();
	do
		key = tty_key();
	while (key == TTY_REDRAW);
}

/* ---- the session ------------------------------------------------------- */

/* After each acceptance the log says something else to those that follow. */
static void weigh(struct session *session)
{
	struct ent_error err = { 0 };

	if (session->at >= session->review->count ||
	    ent_candidate_weigh(session_current(session)->candidate,
				session->review->log, &err) >= 0)
		return;
	session->rc = fail_ent(&err, "review: compare with the log");
}

static void draw(const struct session *session)
{
	if (session->at < session->review->count)
		screen_item(session->review, session->at,
			    text_get(&session->said));
	else
		screen_end(session->review, text_get(&session->said));
}

static void act_on_item(struct session *session, int key)
{
	switch (key) {
	case 'a':
		accept_key(session);
		break;
	case 'm':
		support_key(session);
		break;
	case 'n':
		session_accept(session);
		break;
	case 'c':
		claim_key(session);
		break;
	case 'e':
		edit(session);
		break;
	case 'r':
		session_reject(session, NULL);
		break;
	case 'R':
		reject_with_reason(session);
		break;
	case 's':
		session_skip(session);
		break;
	default:
		break; /* a slip of the finger does nothing */
	}
}

/* false: the person wants to end. */
static bool act(struct session *session, int key)
{
	bool at_end = session->at >= session->review->count;

	if (key == 'q' || key == TTY_END)
		return false;
	if (key == TTY_REDRAW || key == 'L' - '@')
		return true;
	if (key == 'u')
		session_undo(session);
	else if (key == '?')
		help();
	else if (!at_end)
		act_on_item(session, key);
	return true;
}

static void go(struct session *session)
{
	do {
		weigh(session);
		if (session->rc != CLI_DONE)
			return;
		draw(session);
	} while (act(session, tty_key()) && session->rc == CLI_DONE &&
		 !out_failed());
}

static void print_result(const struct session *session)
{
	size_t left = session->review->count - session->at;

	out_fmt("\naccepted %" PRIu64 ", rejected %" PRIu64 ", skipped %" PRIu64
		", not seen %zu\n", session->accepted, session->rejected,
		session->skipped, left);
}

int review_by_hand(struct review *review, bool data_is_stdin)
{
	struct session session = { .review = review };
	int rc;

	if (review->count == 0) {
		out_fmt("nothing to review (%" PRIu64 " decided before)\n",
			review->decided);
		return CLI_DONE;
	}
	rc = tty_start(data_is_stdin);
	if (rc != CLI_DONE)
		return rc;
	go(&session);
	tty_stop();
	rc = session.rc;
	if (rc == CLI_DONE)
		print_result(&session);
	session_release(&session);
	return rc;
}
