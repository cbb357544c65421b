/*
 * review_session.c - decisions, step by step.
 */
#include "review_session.h"
#include "out.h"

#include <inttypes.h>
#include <stdlib.h>

void session_release(struct session *session)
{
	free(session->steps);
	text_release(&session->said);
	*session = (struct session){ 0 };
}

struct review_item *session_current(const struct session *session)
{
	return &session->review->items[session->at];
}

void session_say(struct session *session, const char *what)
{
	text_clear(&session->said);
	text_str(&session->said, what);
}

/* What the person cannot mend ends the session; the rest is said. */
static void log_failed(struct session *session, const struct ent_error *err)
{
	if (err->code == ENT_EINPUT || err->code == ENT_ECONFLICT ||
	    err->code == ENT_EBUSY) {
		session_say(session, err->msg);
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
	const struct decision_note note = { .key = &session_current(session)->key,
					    .decision = decision,
					    .by = session->review->coder,
					    .event = event, .reason = reason };
	struct text line = { 0 };

	decisions_line(&line, &note);
	session->rc = decisions_append(&session->review->decisions, &line);
	text_release(&line);
	return session->rc == CLI_DONE;
}

/* Another person may sit at the same candidates: what was decided by one is not
 * decided by the other. */
static bool is_taken(struct session *session)
{
	struct decisions *decisions = &session->review->decisions;

	session->rc = decisions_update(decisions);
	if (session->rc != CLI_DONE)
		return true;
	if (!decisions_settled(decisions, &session_current(session)->key))
		return false;
	session_say(session, "this one was decided in another review meanwhile");
	step_on(session, DECISION_NONE, 0);
	return true;
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

	if (is_taken(session) || !append(session, event, &done))
		return;
	seq = done.appended > 0 ? done.first_known_seq : 0;
	id_of(session, done.first_known_seq, id);
	if (!keep_decision(session, decision, id, NULL)) {
		review_hint_in_log(done.first_known_seq, done.first_known_seq);
		return;
	}
	say_appended(session, &done, how);
	step_on(session, decision, seq);
}

void session_accept(struct session *session)
{
	const struct review_change change = { .coder = session->review->coder };
	struct review_item *item = session_current(session);
	struct text event = { 0 };

	review_event(&event, item->candidate, &change);
	accept_text(session, &event,
		    item->edited ? DECISION_EDITED : DECISION_ACCEPTED, "");
	text_release(&event);
}

static void append_support(struct session *session)
{
	const struct review_change change = { .coder = session->review->coder };
	struct review_item *item = session_current(session);
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
void session_support(struct session *session)
{
	const char *id = session_current(session)->candidate->already;

	if (!session_current(session)->candidate->same_report) {
		append_support(session);
	} else if (!is_taken(session) &&
		   keep_decision(session, DECISION_ACCEPTED, id, NULL)) {
		session_say(session, "the log has it already");
		step_on(session, DECISION_ACCEPTED, 0);
	}
}

void session_claim(struct session *session, const char *who)
{
	const struct review_change change = { .coder = session->review->coder,
					      .modality = "claim",
					      .attributed_to = who };
	struct text event = { 0 };

	review_event(&event, session_current(session)->candidate, &change);
	accept_text(session, &event, DECISION_CLAIMED, ", a claim");
	text_release(&event);
}

/* ---- rejecting, skipping, and back ------------------------------------- */

void session_reject(struct session *session, const char *reason)
{
	/* The file of decisions stands in the folder of the log. */
	if (!open_log(session) || is_taken(session) ||
	    !keep_decision(session, DECISION_REJECTED, NULL, reason))
		return;
	session_say(session, "rejected");
	step_on(session, DECISION_REJECTED, 0);
}

void session_skip(struct session *session)
{
	session_say(session, "skipped");
	step_on(session, DECISION_NONE, 0);
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

void session_undo(struct session *session)
{
	struct ent_appended done = { 0 };
	size_t was = session->at;
	struct step step;

	if (session->steps_count == 0) {
		session_say(session, "there is nothing to undo");
		return;
	}
	step = session->steps[session->steps_count - 1];
	if (!take_back(session, &step, &done))
		return;
	session->at = step.at;
	if (step.decision != DECISION_NONE &&
	    !keep_decision(session, DECISION_UNDONE, NULL, NULL)) {
		session->at = was;
		review_hint_in_log(done.first_seq, done.last_seq);
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
