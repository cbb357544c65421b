/*
 * event.h - one immutable statement, as it is read from the log or from JSON.
 */
#ifndef ENTENTE_EVENT_H
#define ENTENTE_EVENT_H

#include "date.h"
#include "id.h"
#include "value.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ENT_EVENT_BYTES_MAX = 65536 }; /* packed; a longer one is refused */
enum { ENT_DATA_DEPTH_MAX = 16 };     /* levels of `data`, itself the first */

/* Members that the event does not have are NULL.  All borrowed from the event. */
struct ent_source {
	const char *url;
	const char *publisher;
	const char *title;
	const char *author;
	const char *published; /* EDTF */
	const char *retrieved; /* EDTF */
	const char *quote;
};

/*
 * Members that the event does not have are NULL, ids that it does not have are
 * nil.  Everything is borrowed from the event and ends with it.
 */
struct ent_event {
	uint64_t seq;        /* position in the log; 0 before it is appended */
	int64_t recorded_us; /* when the log took it, us UTC; 0 before that */
	struct ent_hash hash; /* its leaf in the log's tree; zero before that */
	bool redacted;       /* its content is gone (redaction.h): only the members
	                      * above, id, type and data are left */
	struct ent_id id;
	const char *type;
	const char *alliance;
	const char *actor;
	const char *target;
	const char *date;
	const char *until;
	const char *object;
	const char *modality; /* never NULL: "fact" where none was given */
	const char *attributed_to;
	const char *summary;
	const char *coder;
	struct ent_id corrects;
	struct ent_id retracts;
	bool has_source;
	struct ent_source source;
	const struct ent_value *data; /* a map, or NULL */
	const struct ent_value *body; /* the whole, as stored, without the id */
	struct ent_date when;  /* what date says; ../day for XXXX */
	struct ent_date held;  /* what until says; only where until is there */
};

/*
 * Read one event from JSON text and check it by every rule that needs no log.
 * seq, recorded and hash, which an export carries, are checked to be well
 * formed and then dropped.  *out is owned: ent_event_free().
 *
 * ENT_EINPUT  it breaks a rule; err->column says where
 * ENT_ENOMEM
 */
ENT_API int ent_event_parse(const char *json, size_t len,
			    struct ent_event **out, struct ent_error *err);

/*
 * The event as JSON, one line without newline, keys sorted; with seq, recorded
 * and hash where it has them.  *out is owned: ent_free().
 */
ENT_API int ent_event_json(const struct ent_event *event, char **out,
			   size_t *out_len, struct ent_error *err);

ENT_API void ent_event_free(struct ent_event *event); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
