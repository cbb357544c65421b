/*
 * proof.h - what the writer and the reader of proofs share.
 */
#ifndef ENGINE_PROOF_H
#define ENGINE_PROOF_H

#include "entente/proof.h"
#include "log/record.h"
#include "log/tree_proof.h"

#define PROOF_FORMAT "entente-proof-1"

/* What a document says.  record has no mark, and its id is stored_id. */
struct proof {
	struct record record; /* body is borrowed */
	struct ent_head head;
	uint64_t leaf_index;
	struct tree_proof path;
	const char *note; /* borrowed, or NULL */
};

#endif
