/*
 * append_redacted.c - events without content, and those that say so, as an export of a
 * log with redactions has them: neither comes without the other.
 */
#include "log/appending.h"

#include "ground/map.h"
#include "log/log.h"
#include "log/redact.h"

#include <inttypes.h>
#include <string.h>

static struct map_key key_of(const struct ent_id *id)
{
	struct map_key key;

	memcpy(&key.a, id->bytes, sizeof(key.a));
	memcpy(&key.b, id->bytes + sizeof(key.a), sizeof(key.b));
	return key;
}

static int note_said(struct map *said, const struct draft *draft, size_t i,
		     struct ent_error *err)
{
	struct map_key key = key_of(&draft->retracts);

	if (!draft->redacts || map_find(said, key))
		return ENT_OK;
	return map_add(said, key, i, err);
}

int append_check_redacted(struct appending *a, struct ent_error *err)
{
	struct map said = { 0 };
	uint64_t before = a->obstacles;
	int rc = ENT_OK;

	for (size_t i = a->batch->count; rc == ENT_OK && i-- > 0;) {
		const struct draft *draft = &a->batch->drafts[i];

		if (a->places[i].skip)
			continue;
		rc = note_said(&said, draft, i, err);
		if (rc == ENT_OK && draft->redacted &&
		    !map_find(&said, key_of(&draft->id)))
			append_obstacle(a, draft->label,
					"is redacted, and no event behind it says so");
	}
	map_release(&said);
	if (rc < 0 || a->obstacles == before)
		return rc;
	return ent_error_set(err, ENT_ECONFLICT,
			     "%" PRIu64 " of %zu events %s no content, and none that are appended with %s say why",
			     a->obstacles - before, a->batch->count,
			     a->obstacles - before == 1 ? "has" : "have",
			     a->obstacles - before == 1 ? "it" : "them");
}

/* To say of an event that it is redacted does not make it so. */
int append_check_redaction(struct appending *a, const struct draft *draft,
			   const struct fix *fix, struct ent_error *err)
{
	struct record target = { 0 };
	int rc;

	if (!draft->redacts || fix->target == a->redacting)
		return ENT_OK;
	rc = log_record_there(a->txn, fix->target, &target, err);
	if (rc < 0 || target.redacted)
		return rc;
	a->untrue++;
	append_obstacle(a, draft->label,
			"says that event %" PRIu64
			" is redacted, and the log has its content",
			fix->target);
	return ENT_OK;
}

int append_put_fix(struct appending *a, const struct draft *draft,
		   const struct fix *fix, struct ent_error *err)
{
	struct record target = { 0 };
	int rc = fix_put(a->txn, fix, err);

	if (rc == ENT_OK && draft->redacts)
		rc = log_record_there(a->txn, fix->target, &target, err);
	return rc == ENT_OK && target.redacted ?
		       redact_note(a->txn, fix->target, fix->by, err) : rc;
}
