/*
 * tree_proof.h - proofs of the tree: that a leaf is in it, and that one tree is the
 * beginning of another.  Source: RFC 6962, 2.1.1 and 2.1.2 for making them, RFC
 * 9162, 2.1.3.2 and 2.1.4.2 for checking them.
 */
#ifndef ENGINE_TREE_PROOF_H
#define ENGINE_TREE_PROOF_H

#include "log/tree.h"

/* The hashes of a proof, those next to the leaves first. */
struct tree_proof {
	size_t count;
	struct ent_hash hashes[TREE_LEVELS];
};

/* The root over leaves [from, to) of the tree: subtrees below the stored levels are
 * made of their leaves.  from is a multiple of the least power of two that is not
 * below to - from. */
int tree_range(struct store_txn *txn, uint64_t from, uint64_t to,
	       tree_leaf_fn *leaf, struct ent_hash *out, struct ent_error *err);

/* That leaf index (< size) is in the tree of size leaves. */
int tree_inclusion(struct store_txn *txn, uint64_t index, uint64_t size,
		   tree_leaf_fn *leaf, struct tree_proof *out,
		   struct ent_error *err);

/* That the tree of `from` leaves (<= to) is the beginning of that of `to`.  No
 * hashes where they are the same, or from is 0. */
int tree_consistency(struct store_txn *txn, uint64_t from, uint64_t to,
		     tree_leaf_fn *leaf, struct tree_proof *out,
		     struct ent_error *err);

/* ENT_OK, or ENT_EPROOF without a message. */
int tree_inclusion_check(const struct ent_hash *leaf, uint64_t index,
			 uint64_t size, const struct ent_hash *root,
			 const struct ent_hash hashes[], size_t count,
			 struct ent_error *err);
int tree_consistency_check(uint64_t from, const struct ent_hash *from_root,
			   uint64_t to, const struct ent_hash *to_root,
			   const struct ent_hash hashes[], size_t count,
			   struct ent_error *err);

#endif
