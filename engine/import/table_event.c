/*
 * table_event.c - the events of one record.
 */
#include "import/table.h"

#include <inttypes.h>
#include <string.h>

#include "doors/codec.h"
#include "values/event.h"
#include "values/value.h"

/* What the record says of a member: when it came, or went. */
struct step {
	const char *alliance, *actor, *date; /* NULL: not met yet */
	struct ent_date days;
};

struct making {
	struct table *table;
	const struct record *record;
	const struct block *block;
	struct scope scope;
	struct ent_value event;
	struct step joined, left;
};

/* ---- fields ------------------------------------------------------------ */

static const struct field *find_field(const struct block *block, const char *key,
				      const char *member)
{
	for (size_t i = 0; i < block->count; i++) {
		const struct field *field = &block->fields[i];

		if (strcmp(field->key, key) == 0 &&
		    (!field->member || !member ||
		     strcmp(field->member, member) == 0))
			return field;
	}
	return NULL;
}

/* Without blanks at its ends. */
static const char *trimmed(struct making *making, const char *text,
			   struct ent_error *err)
{
	size_t len = strlen(text);
	char *copy;

	while (len > 0 && (*text == ' ' || *text == '\t'))
		text++, len--;
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	copy = arena_text(&making->table->scratch, text, len);
	if (!copy)
		mem_error(err);
	return copy;
}

static int put_member(struct making *making, const struct field *field,
		      struct ent_value text, struct ent_error *err)
{
	struct arena *arena = &making->table->scratch;
	const struct ent_value *there = ent_value_get(&making->event, field->key);
	struct ent_value map = there ? *there : value_map();
	int rc = value_put(arena, &map, field->member, text, err);

	return rc < 0 ? rc :
			value_put(arena, &making->event, field->key, map, err);
}

/* What is empty is left out. */
static int put_field(struct making *making, const struct field *field,
		     struct ent_error *err)
{
	const char *text;
	int rc = template_text(&making->scope, field->value, &text, err);

	if (rc == ENT_OK && !(text = trimmed(making, text, err)))
		rc = ENT_ENOMEM;
	if (rc < 0 || !*text)
		return rc;
	if (field->member)
		return put_member(making, field, value_borrowed(text), err);
	return value_put(&making->table->scratch, &making->event, field->key,
			 value_borrowed(text), err);
}

static int put_fields(struct making *making, struct ent_error *err)
{
	const struct block *every = &making->table->map->every;
	int rc = ENT_OK;

	for (size_t i = 0; i < every->count && rc == ENT_OK; i++) {
		const struct field *field = &every->fields[i];

		if (!find_field(making->block, field->key,
				field->member ? field->member : ""))
			rc = put_field(making, field, err);
	}
	for (size_t i = 0; i < making->block->count && rc == ENT_OK; i++)
		rc = put_field(making, &making->block->fields[i], err);
	return rc;
}

/* ---- events ------------------------------------------------------------ */

/* Which column of the table is at fault. */
static unsigned fault_column(const struct making *making,
			     const struct event_fault *fault)
{
	const struct column_map *map = making->table->map;
	const struct field *field = NULL;

	if (fault->key)
		field = find_field(making->block, fault->key, fault->member);
	if (fault->key && !field)
		field = find_field(&map->every, fault->key, fault->member);
	return field ? template_column(map, field->value) : 0;
}

static const char *event_text(const struct making *making, const char *key)
{
	const char *text = ent_value_get_text(&making->event, key);

	return text ? text : "";
}

static bool is_leaving(const char *type)
{
	return strcmp(type, "member.withdrew") == 0 ||
	       strcmp(type, "member.expelled") == 0;
}

/* A row in which a member certainly leaves before it joins has one date wrong. */
static int check_steps(struct making *making, struct ent_error *err)
{
	static const struct event_fault fault = { .key = "date" };
	const char *type = making->block->type;
	struct step *step = is_leaving(type) ? &making->left : &making->joined;
	int rc;

	if (step == &making->joined && strcmp(type, "member.joined") != 0)
		return ENT_OK;
	step->alliance = event_text(making, "alliance");
	step->actor = event_text(making, "actor");
	step->date = event_text(making, "date");
	rc = ent_date_parse(step->date, &step->days, err);
	if (rc < 0 || !making->left.date || !making->joined.date ||
	    making->left.days.hi >= making->joined.days.lo ||
	    strcmp(making->left.actor, making->joined.actor) != 0 ||
	    strcmp(making->left.alliance, making->joined.alliance) != 0)
		return rc;
	making->scope.column = fault_column(making, &fault);
	return ent_error_set(err, ENT_EINPUT, "leaves %.40s before it joins %.40s",
			     making->left.date, making->joined.date);
}

/* Packing tells whether it is small enough. */
static int check_event(struct making *making, struct ent_error *err)
{
	struct event_fault fault = { 0 };
	struct buf packed = { 0 };
	struct ent_event event;
	int rc = event_check(&making->event, &making->table->scratch, &event,
			     &fault, err);

	if (rc == ENT_OK)
		rc = codec_pack(event.body, &packed, err);
	if (rc == ENT_EINPUT)
		making->scope.column = fault_column(making, &fault);
	buf_release(&packed);
	return rc < 0 ? rc : check_steps(making, err);
}

static int give_event(struct making *making, struct ent_error *err)
{
	struct table *table = making->table;
	struct buf label = { 0 };
	char *json = NULL;
	size_t len = 0;
	int rc;

	buf_printf(&label, "%s:%" PRIu64, table->name, making->record->line);
	rc = buf_check(&label, err);
	if (rc == ENT_OK)
		rc = ent_value_json(&making->event, ENT_JSON_SAFE, &json, &len,
				    err);
	if (rc == ENT_OK) {
		table->done.events++;
		rc = table->to->take(json, len, label.data, table->to->arg, err);
		table->stopped = rc != ENT_OK;
	}
	ent_free(json);
	buf_release(&label);
	return rc;
}

static int make_event(struct making *making, struct ent_error *err)
{
	struct arena *arena = &making->table->scratch;
	int rc;

	making->event = value_map();
	making->scope.column = 0;
	rc = put_fields(making, err);
	if (rc == ENT_OK)
		rc = value_put(arena, &making->event, "type",
			       value_borrowed(making->block->type), err);
	return rc < 0 ? rc : check_event(making, err);
}

static bool is_turn(const struct making *making, size_t order)
{
	const struct block *block = making->block;

	return !block->once ||
	       making->record->groups[block->group]->first == order;
}

/* A record of which one event is bad gives none: so all are made twice. */
static int each_event(struct making *making, size_t order, bool give,
		      struct ent_error *err)
{
	const struct column_map *map = making->table->map;
	int rc = ENT_OK;

	for (size_t i = 0; i < map->blocks_count && rc == ENT_OK; i++) {
		bool holds = false;

		making->block = &map->blocks[i];
		if (!is_turn(making, order))
			continue;
		rc = conditions_hold(&making->scope, &making->block->when,
				     &holds, err);
		if (rc == ENT_OK && holds)
			rc = make_event(making, err);
		if (rc == ENT_OK && holds && give)
			rc = give_event(making, err);
	}
	return rc;
}

int table_events(struct table *table, const struct record *record, size_t order,
		 struct ent_error *err)
{
	struct making making = { .table = table, .record = record,
				 .scope = table_scope(table, record) };
	struct ent_error why = { 0 };
	int rc = each_event(&making, order, false, &why);

	if (rc < 0) {
		if (err)
			*err = why;
		return table_bad(table, record->line, making.scope.column, rc,
				 &why);
	}
	return each_event(&making, order, true, err);
}
