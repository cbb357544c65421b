/*
 * tree.h - the RFC 6962 hash tree over the events: appending leaves, and roots.
 *
 * Only full nodes are stored: they never change.  Level 0 is the leaves, which
 * follow from the events at hand; nodes are stored from TREE_STORED_LEVEL up.  A
 * node's key is its place in the order in which nodes are filled, so that the table
 * only ever grows at its end.
 */
#ifndef ENGINE_TREE_H
#define ENGINE_TREE_H

#include "doors/store.h"
#include "entente/id.h"

enum { TREE_LEVELS = 64, TREE_STORED_LEVEL = 5 };

/* Gives the leaf of event seq. */
typedef int tree_leaf_fn(struct store_txn *txn, uint64_t seq,
			 struct ent_hash *out, struct ent_error *err);

/* The right edge: the full subtrees that a tree of size leaves consists of, the
 * largest first. */
struct tree_edge {
	uint64_t size;
	size_t count;
	struct ent_hash peaks[TREE_LEVELS];
};

int tree_node(const struct ent_hash *left, const struct ent_hash *right,
	      struct ent_hash *out, struct ent_error *err);

/* The edge of the first size leaves. */
int tree_edge_read(struct store_txn *txn, uint64_t size, tree_leaf_fn *leaf,
		   struct tree_edge *out, struct ent_error *err);

/* Put a leaf at the end; writes every node to be stored that it fills when txn is
 * not NULL.  STORE_GROW. */
int tree_edge_add(struct tree_edge *edge, struct store_txn *txn,
		  const struct ent_hash *leaf, struct ent_error *err);

/* MTH of RFC 6962, 2.1; of no leaves, SHA-256 of nothing. */
int tree_edge_root(const struct tree_edge *edge, struct ent_hash *out,
		   struct ent_error *err);

/* The stored node.  ENT_END: there is none. */
int tree_get(struct store_txn *txn, unsigned level, uint64_t index,
	     struct ent_hash *out, struct ent_error *err);

/* The root over the first size leaves. */
int tree_root(struct store_txn *txn, uint64_t size, tree_leaf_fn *leaf,
	      struct ent_hash *out, struct ent_error *err);

#endif
