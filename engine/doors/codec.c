/*
 * codec.c - values as canonical MessagePack, through msgpack-c.
 *
 * What is read was written by anyone: codec_scan() (in codec_scan.c) has every
 * byte checked before msgpack-c sees one, so no count from the bytes makes it
 * allocate more than the bytes are worth.
 */
#include <assert.h>
#include <msgpack.h>
#include <string.h>

#include "doors/codec.h"
#include "values/value.h"

static int write_bytes(void *data, const char *bytes, size_t len)
{
	struct buf *out = data;

	buf_add(out, bytes, len);
	return out->failed ? -1 : 0;
}

static void pack_text(msgpack_packer *packer, const char *text, size_t len)
{
	msgpack_pack_str(packer, len);
	msgpack_pack_str_body(packer, text, len);
}

/* What the writer could not take is remembered by the buffer. */
static void pack(msgpack_packer *packer, const struct ent_value *value)
{
	switch (value->kind) {
	case ENT_NULL:
		msgpack_pack_nil(packer);
		break;
	case ENT_BOOL:
		if (value->as.boolean)
			msgpack_pack_true(packer);
		else
			msgpack_pack_false(packer);
		break;
	case ENT_INT:
		msgpack_pack_int64(packer, value->as.integer);
		break;
	case ENT_REAL:
		msgpack_pack_double(packer, value->as.real);
		break;
	case ENT_TEXT:
		pack_text(packer, value->as.text, value->len);
		break;
	case ENT_LIST:
		msgpack_pack_array(packer, value->len);
		for (size_t i = 0; i < value->len; i++)
			pack(packer, &value->as.items[i]);
		break;
	case ENT_MAP:
		msgpack_pack_map(packer, value->len);
		for (size_t i = 0; i < value->len; i++) {
			const struct ent_member *member = &value->as.members[i];

			pack_text(packer, member->key, strlen(member->key));
			pack(packer, &member->value);
		}
		break;
	}
}

int codec_pack(const struct ent_value *value, struct buf *out,
	       struct ent_error *err)
{
	size_t before, packed, depth;
	msgpack_packer packer;
	int rc;

	assert(value && out);

	before = out->len;
	depth = value_depth(value);
	if (depth > CODEC_DEPTH_MAX)
		return ent_error_set(err, ENT_EINPUT,
				     "event has %zu levels, at most %d", depth,
				     CODEC_DEPTH_MAX);
	msgpack_packer_init(&packer, out, write_bytes);
	pack(&packer, value);
	rc = buf_check(out, err);
	if (rc < 0)
		return rc;
	packed = out->len - before;
	if (packed > CODEC_BYTES_MAX) {
		out->len = before;
		out->data[before] = '\0';
		return ent_error_set(err, ENT_EINPUT,
				     "event has %zu bytes packed, at most %d",
				     packed, CODEC_BYTES_MAX);
	}
	return ENT_OK;
}

static int convert(const msgpack_object *object, struct arena *arena,
		   struct ent_value *out, struct ent_error *err);

static int convert_text(const msgpack_object *object, struct arena *arena,
			struct ent_value *out, struct ent_error *err)
{
	size_t len = object->via.str.size;
	char *copy = arena_text(arena, object->via.str.ptr, len);

	if (!copy)
		return mem_error(err);
	*out = (struct ent_value){ .kind = ENT_TEXT, .len = len,
				   .as.text = copy };
	return ENT_OK;
}

static int convert_list(const msgpack_object *object, struct arena *arena,
			struct ent_value *out, struct ent_error *err)
{
	struct ent_value list = value_list();
	int rc = ENT_OK;

	for (uint32_t i = 0; i < object->via.array.size && rc == ENT_OK; i++) {
		struct ent_value item;

		rc = convert(&object->via.array.ptr[i], arena, &item, err);
		if (rc == ENT_OK)
			rc = value_push(arena, &list, item, err);
	}
	if (rc == ENT_OK)
		*out = list;
	return rc;
}

/* The scan saw that keys ascend, so each goes to the end. */
static int convert_map(const msgpack_object *object, struct arena *arena,
		       struct ent_value *out, struct ent_error *err)
{
	struct ent_value map = value_map();
	int rc = ENT_OK;

	for (uint32_t i = 0; i < object->via.map.size && rc == ENT_OK; i++) {
		const msgpack_object_kv *pair = &object->via.map.ptr[i];
		struct ent_value key = value_null(), value = value_null();

		rc = convert_text(&pair->key, arena, &key, err);
		if (rc == ENT_OK)
			rc = convert(&pair->val, arena, &value, err);
		if (rc == ENT_OK)
			rc = value_put(arena, &map, key.as.text, value, err);
	}
	if (rc == ENT_OK)
		*out = map;
	return rc;
}

static int convert(const msgpack_object *object, struct arena *arena,
		   struct ent_value *out, struct ent_error *err)
{
	switch (object->type) {
	case MSGPACK_OBJECT_NIL:
		*out = value_null();
		return ENT_OK;
	case MSGPACK_OBJECT_BOOLEAN:
		*out = value_bool(object->via.boolean);
		return ENT_OK;
	case MSGPACK_OBJECT_POSITIVE_INTEGER:
		*out = value_int((int64_t)object->via.u64);
		return ENT_OK;
	case MSGPACK_OBJECT_NEGATIVE_INTEGER:
		*out = value_int(object->via.i64);
		return ENT_OK;
	case MSGPACK_OBJECT_FLOAT64:
		*out = (struct ent_value){ .kind = ENT_REAL,
					   .as.real = object->via.f64 };
		return ENT_OK;
	case MSGPACK_OBJECT_STR:
		return convert_text(object, arena, out, err);
	case MSGPACK_OBJECT_ARRAY:
		return convert_list(object, arena, out, err);
	case MSGPACK_OBJECT_MAP:
		return convert_map(object, arena, out, err);
	default: /* the scan lets no other pass */
		return ent_error_set(err, ENT_ECORRUPT,
				     "a MessagePack type that is not allowed");
	}
}

int codec_unpack(struct ent_bytes bytes, struct arena *arena,
		 struct ent_value *out, struct ent_error *err)
{
	msgpack_unpacked unpacked;
	struct ent_value value = { .kind = ENT_NULL };
	msgpack_unpack_return result;
	size_t at = 0;
	int rc;

	assert(arena && out);

	rc = codec_scan(bytes, err);
	if (rc < 0)
		return rc;
	msgpack_unpacked_init(&unpacked);
	result = msgpack_unpack_next(&unpacked, bytes.data, bytes.len, &at);
	if (result == MSGPACK_UNPACK_SUCCESS)
		rc = convert(&unpacked.data, arena, &value, err);
	else if (result == MSGPACK_UNPACK_NOMEM_ERROR)
		rc = mem_error(err);
	else
		rc = ent_error_set(err, ENT_ECORRUPT,
				   "byte %zu: not MessagePack", at);
	msgpack_unpacked_destroy(&unpacked);
	if (rc == ENT_OK)
		*out = value;
	return rc;
}
