/*
 * render.h - from the numbers of a model to values that people read.  Bodies of
 * events are opened here, each with its hash checked.
 */
#ifndef ENGINE_RENDER_H
#define ENGINE_RENDER_H

#include "entente/redaction.h"
#include "state/model.h"
#include "values/value.h"

/* What is opened stays open until the renderer is released. */
struct renderer {
	struct store_txn *txn;
	struct arena *arena; /* of the values that are made */
	struct map events_index; /* seq -> events */
	struct ent_event **events;
	size_t events_count, events_room;
	struct map texts_index; /* code -> texts */
	const char **texts;
	size_t texts_count, texts_room;
};

void renderer_release(struct renderer *r);

/* Borrowed until the renderer is released.  ENT_ECORRUPT: not there. */
int render_event(struct renderer *r, uint64_t seq,
		 const struct ent_event **out, struct ent_error *err);
int render_code(struct renderer *r, uint32_t code, const char **out,
		struct ent_error *err);

/* Entries of the contract.  cell may be NULL: the value is then ENT_NULL. */
int render_member(struct renderer *r, const struct model *model,
		  const struct cell *cell, struct ent_value *out,
		  struct ent_error *err);
int render_chair(struct renderer *r, const struct cell *cell,
		 struct ent_value *out, struct ent_error *err);
int render_entry(struct renderer *r, const struct entry *entry,
		 struct ent_value *out, struct ent_error *err);
int render_stance(struct renderer *r, const struct stance *stance,
		  struct ent_value *out, struct ent_error *err);

/* status, name, founded, lead, kind or predecessor of an alliance that is shown;
 * ENT_NULL where the slot is empty. */
int render_attribute(struct renderer *r, const struct model *model,
		     uint32_t alliance, enum aspect aspect,
		     struct ent_value *out, struct ent_error *err);

/* The keys of attributes, in the order of enum aspect up to PREDECESSOR. */
const char *attribute_key(enum aspect aspect);
const char *list_key(enum list list);

/* The documents of state.h.  last: entries of a list, 0 = all. */
int render_alliances(struct renderer *r, const struct model *model,
		     size_t last, struct ent_value *out,
		     struct ent_error *err);
int render_user_slots(struct renderer *r, const struct model *model,
		      const struct ent_view *view, struct ent_value *out,
		      struct ent_error *err);

/* {"at","head","known","published"} */
int render_basis(struct arena *arena, const struct ent_basis *basis,
		 const struct ent_hash *head, struct ent_value *out,
		 struct ent_error *err);

/* Put [{"by","seq"},...] as "redacted" into the map; nothing where count is 0. */
int render_redactions(struct arena *arena, const struct ent_redaction *items,
		      size_t count, struct ent_value *map,
		      struct ent_error *err);

#endif
