/*
 * test_tree.c - roots of RFC 6962, against published values and the definition.
 */
#include "logs.h"

#include "doors/hash.h"
#include "log/tree.h"

enum { SIZE_MAX_TESTED = 200 };

static void leaf_of(struct ent_bytes data, struct ent_hash *out)
{
	static const uint8_t prefix = 0;
	struct ent_bytes parts[] = { { &prefix, 1 }, data };

	assert_int_equal(hash_parts(parts, 2, out, NULL), ENT_OK);
}

/* The definition, word for word: section 2.1 of the RFC. */
static void mth(const struct ent_hash *leaves, size_t n, struct ent_hash *out)
{
	static const uint8_t prefix = 1;
	struct ent_hash left, right;
	struct ent_bytes parts[] = { { &prefix, 1 }, { left.bytes, 32 },
				     { right.bytes, 32 } };
	size_t k = 1;

	if (n == 0) {
		assert_int_equal(hash_parts(NULL, 0, out, NULL), ENT_OK);
		return;
	}
	if (n == 1) {
		*out = leaves[0];
		return;
	}
	while (k * 2 < n)
		k *= 2;
	mth(leaves, k, &left);
	mth(leaves + k, n - k, &right);
	assert_int_equal(hash_parts(parts, 3, out, NULL), ENT_OK);
}

static const struct ent_hash *numbered_leaves(void)
{
	static struct ent_hash leaves[SIZE_MAX_TESTED];

	for (uint8_t i = 0; i < SIZE_MAX_TESTED; i++)
		leaf_of((struct ent_bytes){ &i, 1 }, &leaves[i]);
	return leaves;
}

/* Those of numbered_leaves(), as the events of a log would give them. */
static int numbered_leaf(struct store_txn *txn, uint64_t seq,
			 struct ent_hash *out, struct ent_error *err)
{
	(void)txn;
	(void)err;
	assert_in_range(seq, 1, SIZE_MAX_TESTED);
	*out = numbered_leaves()[seq - 1];
	return ENT_OK;
}

static void check_hash(const struct ent_hash *hash, const char *hex)
{
	char text[ENT_HASH_TEXT_SIZE];

	ent_hash_text(hash, text);
	assert_string_equal(text, hex);
}

/* The leaves that implementations of Certificate Transparency share. */
static void published_roots(void **state)
{
	static const struct ent_bytes leaves[] = {
		{ "", 0 },
		{ "\x00", 1 },
		{ "\x10", 1 },
		{ "\x20\x21", 2 },
		{ "\x30\x31", 2 },
		{ "\x40\x41\x42\x43", 4 },
		{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8 },
		{ "\x60\x61\x62\x63\x64\x65\x66\x67"
		  "\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16 },
	};
	static const char *const roots[] = {
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	};
	struct tree_edge edge = { 0 };
	struct ent_hash leaf, root;

	(void)state;
	for (size_t n = 0; n < COUNT(roots); n++) {
		assert_int_equal(tree_edge_root(&edge, &root, NULL), ENT_OK);
		check_hash(&root, roots[n]);
		if (n == COUNT(leaves))
			break;
		leaf_of(leaves[n], &leaf);
		assert_int_equal(tree_edge_add(&edge, NULL, &leaf, NULL),
				 ENT_OK);
		assert_int_equal(edge.size, n + 1);
	}
}

static struct store *open_store(void)
{
	struct store_options options = { .create = true, .format = 1 };
	struct store *store = NULL;

	assert_int_equal(store_open(logs_dir, &options, &store, NULL), ENT_OK);
	return store;
}

/* Adds leaves up to size, each in a transaction of its own. */
static void store_leaves(struct store *store, size_t size)
{
	const struct ent_hash *leaves = numbered_leaves();

	for (size_t i = 0; i < size; i++) {
		struct store_txn *txn = NULL;
		struct tree_edge edge;

		assert_int_equal(store_begin_write(store, true, &txn, NULL),
				 ENT_OK);
		assert_int_equal(tree_edge_read(txn, i, numbered_leaf, &edge,
						NULL), ENT_OK);
		assert_int_equal(edge.size, i);
		assert_int_equal(tree_edge_add(&edge, txn, &leaves[i], NULL),
				 ENT_OK);
		assert_int_equal(store_commit(txn, NULL), ENT_OK);
	}
}

static void every_root_follows_the_definition(void **state)
{
	const struct ent_hash *leaves = numbered_leaves();
	struct store *store = open_store();
	struct store_txn *txn = NULL;
	struct ent_hash root, wanted;

	(void)state;
	store_leaves(store, SIZE_MAX_TESTED);
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	for (size_t n = 0; n <= SIZE_MAX_TESTED; n++) {
		mth(leaves, n, &wanted);
		assert_int_equal(tree_root(txn, n, numbered_leaf, &root,
					   NULL), ENT_OK);
		assert_memory_equal(&root, &wanted, sizeof(root));
	}
	store_abort(txn);
	store_close(store);
}

/* Node (level, i) is there when its last leaf is, and is the root over its own. */
static void full_nodes_are_stored_and_no_others(void **state)
{
	const struct ent_hash *leaves = numbered_leaves();
	struct store *store = open_store();
	struct store_txn *txn = NULL;
	struct ent_hash node, wanted;
	uint64_t count = 0, expected = 0;

	(void)state;
	store_leaves(store, SIZE_MAX_TESTED);
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	for (unsigned level = TREE_STORED_LEVEL; level < 9; level++) {
		size_t width = (size_t)1 << level;
		size_t full = SIZE_MAX_TESTED / width;

		for (size_t i = 0; i < full; i++, expected++) {
			mth(leaves + i * width, width, &wanted);
			assert_int_equal(tree_get(txn, level, i, &node, NULL),
					 ENT_OK);
			assert_memory_equal(&node, &wanted, sizeof(node));
		}
		assert_int_equal(tree_get(txn, level, full, &node, NULL),
				 ENT_END);
	}
	assert_int_equal(store_count(txn, STORE_TREE, &count, NULL), ENT_OK);
	assert_int_equal(count, expected);
	store_abort(txn);
	store_close(store);
}

static void a_missing_node_is_damage(void **state)
{
	struct store *store = open_store();
	struct store_txn *txn = NULL;
	struct tree_edge edge = { .size = 42 };
	struct ent_hash root = { { 7 } };
	struct ent_error err;

	(void)state;
	store_leaves(store, 90);
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	check_failure(tree_edge_read(txn, 96, numbered_leaf, &edge, &err),
		      ENT_ECORRUPT, &err, "tree node 5/2 is missing");
	check_failure(tree_edge_read(txn, 128, numbered_leaf, &edge, &err),
		      ENT_ECORRUPT, &err, "tree node 7/0 is missing");
	check_failure(tree_root(txn, 130, numbered_leaf, &root, &err),
		      ENT_ECORRUPT, &err, "tree node 7/0 is missing");
	assert_int_equal(edge.size, 42);
	assert_int_equal(root.bytes[0], 7);
	store_abort(txn);
	store_close(store);
}

static void a_node_has_the_length_of_a_hash(void **state)
{
	static const uint8_t key[8] = { 0 };
	struct store *store = open_store();
	struct store_txn *txn = NULL;
	struct ent_hash node = { { 7 } };
	struct ent_error err;

	(void)state;
	assert_int_equal(store_begin_write(store, true, &txn, NULL), ENT_OK);
	store_put(txn, STORE_TREE, (struct ent_bytes){ key, 8 },
		  TEXT_BYTES("short"), NULL);
	check_failure(tree_get(txn, 5, 0, &node, &err), ENT_ECORRUPT, &err,
		      "tree node 5/0 has 5 bytes instead of 32");
	assert_int_equal(node.bytes[0], 7);
	store_abort(txn);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_roots),
		FOLDER_TEST(every_root_follows_the_definition),
		FOLDER_TEST(full_nodes_are_stored_and_no_others),
		FOLDER_TEST(a_missing_node_is_damage),
		FOLDER_TEST(a_node_has_the_length_of_a_hash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
