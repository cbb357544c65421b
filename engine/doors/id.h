/*
 * id.h - the door to libuuid.
 */
#ifndef ENGINE_ID_H
#define ENGINE_ID_H

#include "entente/id.h"

/*
 * UUID version 5 of an event's canonical body, in the namespace
 * v5(URL namespace, "urn:entente:event").
 */
void id_derive(struct ent_bytes body, struct ent_id *out);

#endif
