/*
 * review_keys.c - a person goes through the candidates: one key acts and moves on.
 *
 * What is accepted is in the log, on disk, before the next one is shown, and the
 * decision is written behind that: whatever ends the program, nothing is lost, and
 * at worst one candidate comes again that the log has already.
 */
#include "out.h"
#include "review.h"
#include "review_edit.h"
#include "review_screen.h"
#include "review_tty.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct step {
	size_t at;
	enum decision decision; /* DECISION_NONE: skipped */
	uint64_t seq;           /* of the event that was appended, or 0 */
};

struct session {
	struct review *review;
	size_t at;
	struct step *steps; /* what undo goes back along */
	size_t steps_count;
	size_t steps_cap;
	struct text said; /* shown above the next candidate */
	int rc;           /* not 0: it is over, and a message was printed */
	uint64_t accepted, rejected, skipped;
};

static struct review_item *current(const struct session *session)
{
	return &session->review->items[session->at];
}

static void say(struct session *session, const char *what)
{
	text_clear(&session->said);
	text_str(&session->said, what);
}

/* What the person cannot mend ends the session; the rest is said. */
static void log_failed(struct session *session, const struct ent_error *err)
{
	if (err->code == ENT_EINPUT || err->code == ENT_ECONFLICT ||
	    err->code == ENT_EBUSY) {
		say(session, err->msg);
		return;
	}
	session->rc = fail_ent(err, "review: append");
}

static bool open_log(struct session *session)
{
	session->rc = review_open(session->review, true);
	return session->rc == CLI_DONE;
}

/* ---- steps ------------------------------------------------------------- */

static uint64_t *counter(struct session *session, enum decision decision)
{
	if (decision == DECISION_NONE)
		return &session->skipped;
	return decision == DECISION_REJECTED ? &session->rejected :
					       &session->accepted;
}

static void step_on(struct session *session, enum decision decision, uint64_t seq)
{
	if (session->steps_count == session->steps_cap) {
		session->steps_cap = session->steps_cap ? session->steps_cap * 2 :
							  64;
		session->steps = grow(session->steps, session->steps_cap,
				      sizeof(*session->steps));
	}
	session->steps[session->steps_count++] = (struct step){
		.at = session->at, .decision = decision, .seq = seq
	};
	++*counter(session, decision);
	session->at++;
}

static bool keep_decision(struct session *session, enum decision decision,
			  const char *event, const char *reason)
{
	const struct decision_note note = { .key = &current(session)->key,
					    .decision = decision,
					    .by = session->review->coder,
					    .event = event, .reason = reason };
	struct text line = { 0 };

	decisions_line(&line, &note);
	session->rc = decisions_append(&session->review->decisions, &line);
	text_release(&line);
	return session->rc == CLI_DONE;
}

/* ---- accepting --------------------------------------------------------- */

static void say_appended(struct session *session, const struct ent_appended *done,
			 const char *how)
{
	text_clear(&session->said);
	if (done->appended > 0 && done->first_seq != done->first_known_seq)
		text_fmt(&session->said, "event %" PRIu64 " holds again, by event "
			 "%" PRIu64, done->first_known_seq, done->first_seq);
	else if (done->appended > 0)
		text_fmt(&session->said, "appended event %" PRIu64 "%s",
			 done->first_seq, how);
	else
		text_fmt(&session->said, "the log has it as event %" PRIu64
			 " already", done->first_known_seq);
}

/* The very event may be there and have been taken back, as by undo: then what
 * took it back is taken back. */
static int bring_back(struct session *session, struct ent_appended *done,
		      struct ent_error *err)
{
	uint64_t by = 0, seq = done->first_known_seq;
	int rc;

	if (done->appended > 0)
		return ENT_OK;
	if (review_undone_by(session->review, seq, &by) != CLI_DONE || by == 0)
		return ENT_OK;
	rc = review_retract(session->review, by, "accepted again in review", done,
			    err);
	if (rc == ENT_OK)
		done->first_known_seq = seq;
	return rc;
}

static bool append(struct session *session, const struct text *event,
		   struct ent_appended *done)
{
	struct ent_error err = { 0 };
	int rc;

	if (!open_log(session))
		return false;
	rc = review_append(session->review, event, done, &err);
	if (rc == ENT_OK)
		rc = bring_back(session, done, &err);
	if (rc < 0)
		log_failed(session, &err);
	else
		out_appended(done->first_seq, done->last_seq);
	return rc == ENT_OK;
}

/* The id that the log has for that event. */
static void id_of(const struct session *session, uint64_t seq,
		  char out[ENT_ID_TEXT_SIZE])
{
	struct ent_event *event = NULL;

	out[0] = '\0';
	if (ent_log_get(session->review->log, seq, &event, NULL) == ENT_OK)
		ent_id_text(&event->id, out);
	ent_event_free(event);
}

static void accept_text(struct session *session, const struct text *event,
			enum decision decision, const char *how)
{
	struct ent_appended done = { 0 };
	char id[ENT_ID_TEXT_SIZE];
	uint64_t seq;

	if (!append(session, event, &done))
		return;
	seq = done.appended > 0 ? done.first_known_seq : 0;
	id_of(session, done.first_known_seq, id);
	if (!keep_decision(session, decision, id, NULL))
		return;
	say_appended(session, &done, how);
	step_on(session, decision, seq);
}

static void accept_event(struct session *session)
{
	const struct review_change change = { .coder = session->review->coder };
	struct review_item *item = current(session);
	struct text event = { 0 };

	review_event(&event, item->candidate, &change);
	accept_text(session, &event,
		    item->edited ? DECISION_EDITED : DECISION_ACCEPTED, "");
	text_release(&event);
}

static void support(struct session *session)
{
	const struct review_change change = { .coder = session->review->coder };
	struct review_item *item = current(session);
	struct ent_candidate *candidate = NULL;
	struct ent_error err = { 0 };
	struct text event = { 0 };

	if (ent_candidate_support(item->candidate, &candidate, &err) < 0) {
		log_failed(session, &err);
		return;
	}
	review_event(&event, candidate, &change);
	accept_text(session, &event, DECISION_SUPPORTED, ", a further source");
	ent_candidate_free(candidate);
	text_release(&event);
}

/* The same article told it already: there is nothing to add. */
static void accept_known(struct session *session)
{
	const char *id = current(session)->candidate->already;

	if (!review_same_article(session->review, current(session)->candidate)) {
		support(session);
	} else if (keep_decision(session, DECISION_ACCEPTED, id, NULL)) {
		say(session, "the log has it already");
		step_on(session, DECISION_ACCEPTED, 0);
	}
}

static void accept_key(struct session *session)
{
	if (current(session)->candidate->already)
		accept_known(session);
	else
		accept_event(session);
}

static void support_key(struct session *session)
{
	if (current(session)->candidate->already)
		accept_known(session);
	else
		say(session, "the log has no event that says the same");
}

/* ---- as a claim -------------------------------------------------------- */

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
	out_str("\n  ");
	out_str(question);
	if (*fallback) {
		out_str(" [");
		out_safe(fallback);
		out_str("]");
	}
	out_str(": ");
	out_flush();
	if (!tty_line(out))
		return false;
	text_trim(out);
	if (out->len == 0)
		text_str(out, fallback);
	return out->len > 0;
}

static void claim_key(struct session *session)
{
	const struct ent_candidate *candidate = current(session)->candidate;
	struct review_change change = { .coder = session->review->coder,
					.modality = "claim" };
	struct text who = { 0 }, event = { 0 };

	if (ask_line("Who says so?", who_claims(candidate), &who)) {
		change.attributed_to = text_get(&who);
		review_event(&event, candidate, &change);
		accept_text(session, &event, DECISION_CLAIMED, ", a claim");
	} else {
		say(session, "called off");
	}
	text_release(&who);
	text_release(&event);
}

/* ---- the other keys ---------------------------------------------------- */

static void reject(struct session *session, const char *reason)
{
	/* The file of decisions stands in the folder of the log. */
	if (!open_log(session) ||
	    !keep_decision(session, DECISION_REJECTED, NULL, reason))
		return;
	say(session, "rejected");
	step_on(session, DECISION_REJECTED, 0);
}

static void reject_with_reason(struct session *session)
{
	struct text reason = { 0 };

	if (ask_line("Why not?", "", &reason))
		reject(session, text_get(&reason));
	else
		say(session, "called off");
	text_release(&reason);
}

/* Nothing is ever removed: what was appended is taken back by another event. */
static bool take_back(struct session *session, const struct step *step,
		      struct ent_appended *done)
{
	struct ent_error err = { 0 };

	if (step->seq == 0)
		return true;
	if (review_retract(session->review, step->seq, "taken back in review",
			   done, &err) < 0) {
		log_failed(session, &err);
		return false;
	}
	return true;
}

static void undo(struct session *session)
{
	struct ent_appended done = { 0 };
	size_t was = session->at;
	struct step step;

	if (session->steps_count == 0) {
		say(session, "there is nothing to undo");
		return;
	}
	step = session->steps[session->steps_count - 1];
	if (!take_back(session, &step, &done))
		return;
	session->at = step.at;
	if (step.decision != DECISION_NONE &&
	    !keep_decision(session, DECISION_UNDONE, NULL, NULL)) {
		session->at = was;
		return;
	}
	session->steps_count--;
	--*counter(session, step.decision);
	text_clear(&session->said);
	text_str(&session->said, "undone");
	if (done.appended > 0)
		text_fmt(&session->said, ": event %" PRIu64 " takes back event %"
			 PRIu64, done.first_seq, step.seq);
}

static void skip(struct session *session)
{
	say(session, "skipped");
	step_on(session, DECISION_NONE, 0);
}

static void edit(struct session *session)
{
	if (review_edit(current(session), &session->said) == EDIT_FAILED &&
	    session->said.len == 0)
		say(session, "the event is as it was");
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

	if (!session->review->log ||
	    session->at >= session->review->count ||
	    ent_candidate_weigh(current(session)->candidate,
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
		accept_event(session);
		break;
	case 'c':
		claim_key(session);
		break;
	case 'e':
		edit(session);
		break;
	case 'r':
		reject(session, NULL);
		break;
	case 'R':
		reject_with_reason(session);
		break;
	case 's':
		skip(session);
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
		undo(session);
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
	if (session.rc == CLI_DONE)
		print_result(&session);
	free(session.steps);
	text_release(&session.said);
	return session.rc;
}
