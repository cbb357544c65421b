/*
 * codec.h - the door to msgpack-c: the canonical bytes of a value.
 *
 * Canonical: map keys are text, strictly ascending by bytes; integers, lengths
 * and counts in their shortest form; reals as float64, finite, and only where
 * they are no integer of 64 bits; text strict UTF-8; no bin, no ext.  Equal
 * values are equal bytes, and every canonical form has one value.
 */
#ifndef ENGINE_CODEC_H
#define ENGINE_CODEC_H

#include "entente/value.h"
#include "ground/buf.h"
#include "ground/mem.h"

enum {
	CODEC_BYTES_MAX = 65536, /* of one event */
	CODEC_DEPTH_MAX = 20,    /* an event is 2 levels around 16 of data */
	CODEC_NODES_MAX = 65536
};

/* Append the canonical bytes of value.  ENT_EINPUT: more than CODEC_BYTES_MAX
 * ("event has 70000 bytes packed, at most 65536"), or too deep. */
int codec_pack(const struct ent_value *value, struct buf *out,
	       struct ent_error *err);

/* Check that bytes are one canonical value and nothing else; no allocation.
 * ENT_ECORRUPT names the offset. */
int codec_scan(struct ent_bytes bytes, struct ent_error *err);

/* codec_scan(), then decode into arena. */
int codec_unpack(struct ent_bytes bytes, struct arena *arena,
		 struct ent_value *out, struct ent_error *err);

#endif
