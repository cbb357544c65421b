/*
 * weigh_stands.c - the states of an alliance around the days of an event.
 */
#include "entente/state.h"
#include "log/codes.h"
#include "log/log.h"
#include "news/candidates/weigh.h"
#include "values/day.h"

/* A day beyond the calendar has no state. */
static int stand(struct ent_log *log, const char *alliance, int32_t day,
		 int which, struct stands *stands, struct ent_error *err)
{
	const struct ent_view view = { .alliances = &alliance,
				       .alliances_count = 1, .last = 1 };
	const struct ent_basis basis = { .at = day, .known = ENT_KNOWN_ALL };
	int rc;

	if (!day_exists(day))
		return ENT_OK;
	rc = ent_replay(log, &basis, &view, &stands->states[which], err);
	if (rc < 0)
		return rc;
	stands->asked[which] = true;
	stands->at[which] = ent_value_get(
		ent_state_alliances(stands->states[which]), alliance);
	return ENT_OK;
}

static int find_actor(struct ent_log *log, const char *actor, bool *out,
		      struct ent_error *err)
{
	struct store_txn *txn = NULL;
	uint32_t code;
	int rc;

	if (!actor)
		return ENT_OK;
	rc = store_begin_read(log->store, &txn, err);
	if (rc == ENT_OK)
		rc = codes_find(txn, actor, &code, err);
	store_abort(txn);
	*out = rc == ENT_OK;
	return rc == ENT_END ? ENT_OK : rc;
}

int stands_read(struct ent_log *log, const struct ent_event *event,
		struct stands *out, struct ent_error *err)
{
	const struct ent_date *when = &event->when;
	struct stands stands = { 0 };
	int rc = ENT_OK;

	if (log)
		rc = find_actor(log, event->actor, &stands.knows_actor, err);
	if (rc == ENT_OK && log)
		rc = stand(log, event->alliance, ent_day(YEAR_LAST, 12, 31),
			   STAND_END, &stands, err);
	if (rc == ENT_OK && !stands.at[STAND_END]) {
		*out = stands;
		return ENT_OK;
	}
	if (rc == ENT_OK && when->lo != ENT_DAY_OPEN_START)
		rc = stand(log, event->alliance, when->lo - 1, STAND_BEFORE,
			   &stands, err);
	if (rc == ENT_OK && when->lo != ENT_DAY_OPEN_START)
		rc = stand(log, event->alliance, when->lo, STAND_FIRST, &stands,
			   err);
	if (rc == ENT_OK && when->hi != when->lo && when->hi != ENT_DAY_OPEN_END)
		rc = stand(log, event->alliance, when->hi, STAND_LAST, &stands,
			   err);
	if (rc < 0) {
		stands_release(&stands);
		return rc;
	}
	*out = stands;
	return ENT_OK;
}

void stands_release(struct stands *stands)
{
	for (int i = 0; i < STANDS; i++)
		ent_state_free(stands->states[i]);
	*stands = (struct stands){ 0 };
}

const struct ent_value *stand_effective(const struct stands *stands)
{
	return stands->asked[STAND_FIRST] ? stands->at[STAND_FIRST] :
					    stands->at[STAND_LAST];
}

const struct ent_value *stand_member(const struct ent_value *alliance,
				     const char *actor)
{
	static const char *const groups[] = { "members", "former",
					      "candidates" };
	const struct ent_value *entry = NULL;

	for (int i = 0; i < 3 && !entry; i++)
		entry = ent_value_get(ent_value_get(alliance, groups[i]), actor);
	return entry;
}
