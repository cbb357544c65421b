/*
 * tree_proof.c - proofs of the tree.
 */
#include "log/tree_proof.h"

#include "doors/hash.h"

#include <assert.h>
#include <inttypes.h>

/* ---- making ------------------------------------------------------------ */

/* A full subtree of 2^level leaves. */
static int full_node(struct store_txn *txn, unsigned level, uint64_t index,
		     tree_leaf_fn *leaf, struct ent_hash *out,
		     struct ent_error *err)
{
	struct tree_edge edge = { 0 };
	struct ent_hash hash;
	uint64_t first = index << level;
	int rc = ENT_OK;

	if (level >= TREE_STORED_LEVEL) {
		rc = tree_get(txn, level, index, out, err);
		return rc != ENT_END ? rc :
		       ent_error_set(err, ENT_ECORRUPT,
				     "tree node %u/%" PRIu64 " is missing",
				     level, index);
	}
	while (rc == ENT_OK && edge.size >> level == 0) {
		rc = leaf(txn, first + edge.size + 1, &hash, err);
		if (rc == ENT_OK)
			rc = tree_edge_add(&edge, NULL, &hash, err);
	}
	return rc == ENT_OK ? tree_edge_root(&edge, out, err) : rc;
}

int tree_range(struct store_txn *txn, uint64_t from, uint64_t to,
	       tree_leaf_fn *leaf, struct ent_hash *out, struct ent_error *err)
{
	struct tree_edge edge = { 0 };
	uint64_t size = to - from;
	int rc = ENT_OK;

	for (unsigned level = TREE_LEVELS; rc == ENT_OK && level-- > 0;) {
		/* cppcheck-suppress shiftTooManyBits ; 63 at most */
		if (!(size >> level & 1))
			continue;
		rc = full_node(txn, level, (from + edge.size) >> level, leaf,
			       &edge.peaks[edge.count], err);
		edge.count++;
		edge.size += (uint64_t)1 << level;
	}
	return rc == ENT_OK ? tree_edge_root(&edge, out, err) : rc;
}

/* The largest power of two below size, which is at least 2. */
static uint64_t split_of(uint64_t size)
{
	uint64_t split = 1;

	while (split < size - split)
		split *= 2;
	return split;
}

static void reverse(struct tree_proof *proof)
{
	for (size_t i = 0; i < proof->count / 2; i++) {
		struct ent_hash hash = proof->hashes[i];

		proof->hashes[i] = proof->hashes[proof->count - 1 - i];
		proof->hashes[proof->count - 1 - i] = hash;
	}
}

/* On the way from the root to what is proved: the part of the tree at hand, and the
 * proof so far, its last hash first. */
struct descent {
	struct store_txn *txn;
	tree_leaf_fn *leaf;
	uint64_t from, to;
	struct tree_proof proof;
};

static int note_range(struct descent *d, uint64_t from, uint64_t to,
		      struct ent_error *err)
{
	assert(d->proof.count < TREE_LEVELS);
	return tree_range(d->txn, from, to, d->leaf,
			  &d->proof.hashes[d->proof.count++], err);
}

/* Into the half with the leaf; the other one is a hash of the proof. */
static int descend(struct descent *d, uint64_t leaf, struct ent_error *err)
{
	uint64_t middle = d->from + split_of(d->to - d->from);
	uint64_t to = d->to, from = d->from;

	if (leaf < middle) {
		d->to = middle;
		return note_range(d, middle, to, err);
	}
	d->from = middle;
	return note_range(d, from, middle, err);
}

int tree_inclusion(struct store_txn *txn, uint64_t index, uint64_t size,
		   tree_leaf_fn *leaf, struct tree_proof *out,
		   struct ent_error *err)
{
	struct descent d = { .txn = txn, .leaf = leaf, .to = size };
	int rc = ENT_OK;

	assert(index < size);

	while (rc == ENT_OK && d.to - d.from > 1)
		rc = descend(&d, index, err);
	if (rc < 0)
		return rc;
	reverse(&d.proof);
	*out = d.proof;
	return ENT_OK;
}

/*
 * SUBPROOF of the RFC: down to the part that ends where the first tree does.  Where
 * that part is the whole first tree, whoever checks has its root already.
 */
int tree_consistency(struct store_txn *txn, uint64_t from, uint64_t to,
		     tree_leaf_fn *leaf, struct tree_proof *out,
		     struct ent_error *err)
{
	struct descent d = { .txn = txn, .leaf = leaf, .to = to };
	int rc = ENT_OK;

	assert(from <= to);

	while (rc == ENT_OK && from > 0 && d.to > from)
		rc = descend(&d, from - 1, err);
	if (rc == ENT_OK && d.from > 0)
		rc = note_range(&d, d.from, d.to, err);
	if (rc < 0)
		return rc;
	reverse(&d.proof);
	*out = d.proof;
	return ENT_OK;
}

/* ---- checking ---------------------------------------------------------- */

/* Of a node on the way up, and of the last one of its level. */
struct climb {
	uint64_t node, last;
};

static bool is_right(const struct climb *climb)
{
	return climb->node & 1 || climb->node == climb->last;
}

/* A last node without a right neighbour rises to where it has a left one. */
static void climb_up(struct climb *climb)
{
	while (is_right(climb) && !(climb->node & 1) && climb->node != 0) {
		climb->node >>= 1;
		climb->last >>= 1;
	}
	climb->node >>= 1;
	climb->last >>= 1;
}

int tree_inclusion_check(const struct ent_hash *leaf, uint64_t index,
			 uint64_t size, const struct ent_hash *root,
			 const struct ent_hash hashes[], size_t count,
			 struct ent_error *err)
{
	struct climb climb = { index, size - 1 };
	struct ent_hash node = *leaf;
	int rc = index < size ? ENT_OK : ENT_EPROOF;

	for (size_t i = 0; i < count && rc == ENT_OK; i++) {
		if (climb.last == 0)
			return ENT_EPROOF;
		rc = is_right(&climb) ?
			     tree_node(&hashes[i], &node, &node, err) :
			     tree_node(&node, &hashes[i], &node, err);
		climb_up(&climb);
	}
	if (rc == ENT_OK && (climb.last != 0 || !hash_equal(&node, root)))
		rc = ENT_EPROOF;
	return rc;
}

/* Both roots from the part that ends where the first tree does, which seed is. */
static int climb_both(struct climb climb, const struct ent_hash *seed,
		      const struct ent_hash *from_root,
		      const struct ent_hash *to_root,
		      const struct ent_hash hashes[], size_t count,
		      struct ent_error *err)
{
	struct ent_hash first = *seed, second = *seed;
	int rc = ENT_OK;

	for (size_t i = 0; i < count && rc == ENT_OK; i++) {
		if (climb.last == 0)
			return ENT_EPROOF;
		if (is_right(&climb)) {
			rc = tree_node(&hashes[i], &first, &first, err);
			if (rc == ENT_OK)
				rc = tree_node(&hashes[i], &second, &second,
					       err);
		} else {
			rc = tree_node(&second, &hashes[i], &second, err);
		}
		climb_up(&climb);
	}
	if (rc == ENT_OK && (climb.last != 0 || !hash_equal(&first, from_root) ||
			     !hash_equal(&second, to_root)))
		rc = ENT_EPROOF;
	return rc;
}

/* An empty tree is the beginning of every tree. */
static int empty_check(const struct ent_hash *root, size_t count,
		       struct ent_error *err)
{
	struct ent_hash empty;
	int rc = hash_parts(NULL, 0, &empty, err);

	if (rc == ENT_OK && (count != 0 || !hash_equal(&empty, root)))
		rc = ENT_EPROOF;
	return rc;
}

int tree_consistency_check(uint64_t from, const struct ent_hash *from_root,
			   uint64_t to, const struct ent_hash *to_root,
			   const struct ent_hash hashes[], size_t count,
			   struct ent_error *err)
{
	struct climb climb = { from - 1, to - 1 };
	const struct ent_hash *seed = from_root;

	if (from > to)
		return ENT_EPROOF;
	if (from == to && (count != 0 || !hash_equal(from_root, to_root)))
		return ENT_EPROOF;
	if (from == 0)
		return empty_check(from_root, count, err);
	if (from == to)
		return ENT_OK;
	for (; climb.node & 1; climb.node >>= 1)
		climb.last >>= 1;
	if (from & (from - 1)) { /* no power of two: the part is not all of it */
		if (count == 0)
			return ENT_EPROOF;
		seed = hashes++;
		count--;
	}
	return climb_both(climb, seed, from_root, to_root, hashes, count, err);
}
