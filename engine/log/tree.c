/*
 * tree.c - RFC 6962, section 2.1.
 */
#include "log/tree.h"

#include "doors/hash.h"
#include "ground/be.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { KEY_BYTES = 8 };

static const uint8_t NODE_PREFIX = 0x01;

int tree_node(const struct ent_hash *left, const struct ent_hash *right,
	      struct ent_hash *out, struct ent_error *err)
{
	struct ent_bytes parts[] = {
		{ &NODE_PREFIX, 1 },
		{ left->bytes, sizeof(left->bytes) },
		{ right->bytes, sizeof(right->bytes) },
	};

	return hash_parts(parts, 3, out, err);
}

static unsigned count_ones(uint64_t number)
{
	unsigned count = 0;

	for (; number != 0; number &= number - 1)
		count++;
	return count;
}

/*
 * n nodes of the lowest stored level fill 2n - (ones in n) nodes: each of them, and
 * each above two full ones.  A node is filled by the last one below it, right
 * behind that and the lower nodes which that fills.
 */
static void put_key(uint8_t key[KEY_BYTES], unsigned level, uint64_t index)
{
	unsigned height = level - TREE_STORED_LEVEL;
	uint64_t lowest = ((index + 1) << height) - 1;

	be64_put(key, 2 * lowest - count_ones(lowest) + height);
}

int tree_get(struct store_txn *txn, unsigned level, uint64_t index,
	     struct ent_hash *out, struct ent_error *err)
{
	uint8_t key[KEY_BYTES];
	struct ent_bytes value;
	int rc;

	put_key(key, level, index);
	rc = store_get(txn, STORE_TREE, (struct ent_bytes){ key, KEY_BYTES },
		       &value, err);
	if (rc != ENT_OK)
		return rc;
	if (value.len != sizeof(out->bytes))
		return ent_error_set(err, ENT_ECORRUPT,
				     "tree node %u/%" PRIu64 " has %zu bytes instead of 32",
				     level, index, value.len);
	memcpy(out->bytes, value.data, sizeof(out->bytes));
	return ENT_OK;
}

static int put_node(struct store_txn *txn, unsigned level, uint64_t index,
		    const struct ent_hash *node, struct ent_error *err)
{
	uint8_t key[KEY_BYTES];

	if (!txn || level < TREE_STORED_LEVEL)
		return ENT_OK;
	put_key(key, level, index);
	return store_append(txn, STORE_TREE,
			    (struct ent_bytes){ key, KEY_BYTES },
			    (struct ent_bytes){ node->bytes,
						sizeof(node->bytes) }, err);
}

static int read_stored(struct store_txn *txn, uint64_t size,
		       struct tree_edge *edge, struct ent_error *err)
{
	int rc;

	for (unsigned level = TREE_LEVELS; level-- > TREE_STORED_LEVEL;) {
		if (!(size >> level & 1))
			continue;
		rc = tree_get(txn, level, edge->size >> level,
			      &edge->peaks[edge->count], err);
		if (rc == ENT_END)
			return ent_error_set(err, ENT_ECORRUPT,
					     "tree node %u/%" PRIu64 " is missing",
					     level, edge->size >> level);
		if (rc < 0)
			return rc;
		edge->count++;
		edge->size += (uint64_t)1 << level;
	}
	return ENT_OK;
}

int tree_edge_read(struct store_txn *txn, uint64_t size, tree_leaf_fn *leaf,
		   struct tree_edge *out, struct ent_error *err)
{
	struct tree_edge edge = { 0 };
	struct ent_hash hash;
	int rc = read_stored(txn, size, &edge, err);

	while (rc == ENT_OK && edge.size < size) {
		rc = leaf(txn, edge.size + 1, &hash, err);
		if (rc == ENT_OK)
			rc = tree_edge_add(&edge, NULL, &hash, err);
	}
	if (rc == ENT_OK)
		*out = edge;
	return rc;
}

int tree_edge_add(struct tree_edge *edge, struct store_txn *txn,
		  const struct ent_hash *leaf, struct ent_error *err)
{
	struct ent_hash node = *leaf;
	uint64_t index = edge->size;
	unsigned level = 0;
	int rc = put_node(txn, 0, index, &node, err);

	/* Like adding one to a binary number: each carry joins two subtrees. */
	for (; rc == ENT_OK && index & 1; index >>= 1) {
		assert(edge->count > 0);
		rc = tree_node(&edge->peaks[--edge->count], &node, &node, err);
		level++;
		if (rc == ENT_OK)
			rc = put_node(txn, level, index >> 1, &node, err);
	}
	if (rc != ENT_OK)
		return rc;
	edge->peaks[edge->count++] = node;
	edge->size++;
	return ENT_OK;
}

int tree_edge_root(const struct tree_edge *edge, struct ent_hash *out,
		   struct ent_error *err)
{
	struct ent_hash root;
	int rc = ENT_OK;

	if (edge->count == 0)
		return hash_parts(NULL, 0, out, err);
	root = edge->peaks[edge->count - 1];
	for (size_t i = edge->count - 1; rc == ENT_OK && i-- > 0;)
		rc = tree_node(&edge->peaks[i], &root, &root, err);
	if (rc == ENT_OK)
		*out = root;
	return rc;
}

int tree_root(struct store_txn *txn, uint64_t size, tree_leaf_fn *leaf,
	      struct ent_hash *out, struct ent_error *err)
{
	struct tree_edge edge;
	int rc = tree_edge_read(txn, size, leaf, &edge, err);

	return rc == ENT_OK ? tree_edge_root(&edge, out, err) : rc;
}
