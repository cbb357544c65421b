/*
 * test_tree_proof.c - proofs of all trees of up to 64 leaves against the definitions
 * of RFC 6962, word for word, and what they become when anything in them is another.
 */
#include "logs.h"

#include "doors/hash.h"
#include "log/tree_proof.h"

enum { LEAVES = 64 };

static struct ent_hash leaves[LEAVES + 1]; /* one that is in no tree */
static size_t accepted, rejected; /* accepted: as they were made */

static void leaf_of(struct ent_bytes data, struct ent_hash *out)
{
	static const uint8_t prefix = 0;
	struct ent_bytes parts[] = { { &prefix, 1 }, data };

	assert_int_equal(hash_parts(parts, 2, out, NULL), ENT_OK);
}

static void make_leaves(void)
{
	for (uint8_t i = 0; i <= LEAVES; i++)
		leaf_of((struct ent_bytes){ &i, 1 }, &leaves[i]);
}

/* ---- the definitions ---------------------------------------------------- */

static size_t split(size_t n)
{
	size_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

/* MTH(D[from:from + n]) */
static struct ent_hash mth(size_t from, size_t n)
{
	static const uint8_t prefix = 1;
	struct ent_hash left, right, out;
	struct ent_bytes parts[] = { { &prefix, 1 }, { left.bytes, 32 },
				     { right.bytes, 32 } };

	if (n == 1)
		return leaves[from];
	if (n > 0) {
		left = mth(from, split(n));
		right = mth(from + split(n), n - split(n));
	}
	assert_int_equal(hash_parts(parts, n > 0 ? 3 : 0, &out, NULL), ENT_OK);
	return out;
}

/* PATH(m, D[n]), the n leaves beginning at from; turns: L or R for each hash. */
static void path(size_t m, size_t from, size_t n, struct tree_proof *out,
		 char *turns)
{
	size_t k = n > 1 ? split(n) : 0;

	if (n <= 1)
		return;
	if (m < k)
		path(m, from, k, out, turns);
	else
		path(m - k, from + k, n - k, out, turns);
	turns[out->count] = m < k ? 'L' : 'R';
	out->hashes[out->count++] = m < k ? mth(from + k, n - k) :
					    mth(from, k);
}

/* SUBPROOF(m, D[n], whole) */
static void subproof(size_t m, size_t from, size_t n, bool whole,
		     struct tree_proof *out, char *turns)
{
	size_t k = n > 1 ? split(n) : 0;

	if (m == n) {
		if (!whole) {
			turns[out->count] = '=';
			out->hashes[out->count++] = mth(from, n);
		}
		return;
	}
	if (m <= k)
		subproof(m, from, k, whole, out, turns);
	else
		subproof(m - k, from + k, n - k, false, out, turns);
	turns[out->count] = m <= k ? 'L' : 'R';
	out->hashes[out->count++] = m <= k ? mth(from + k, n - k) :
					     mth(from, k);
}

/* ---- a store of so many leaves -------------------------------------------- */

static int leaf_at(struct store_txn *txn, uint64_t seq, struct ent_hash *out,
		   struct ent_error *err)
{
	(void)txn;
	(void)err;
	assert_in_range(seq, 1, LEAVES);
	*out = leaves[seq - 1];
	return ENT_OK;
}

/* ---- mutations ---------------------------------------------------------- */

/* A proof of either kind, with all that whoever checks is given. */
struct claim {
	bool inclusion;
	size_t from, to; /* index and size, or both sizes */
	struct ent_hash first, second; /* leaf and root, or both roots */
	struct tree_proof proof;
};

static int check_claim(const struct claim *c)
{
	return c->inclusion ?
		       tree_inclusion_check(&c->first, c->from, c->to,
					    &c->second, c->proof.hashes,
					    c->proof.count, NULL) :
		       tree_consistency_check(c->from, &c->first, c->to,
					      &c->second, c->proof.hashes,
					      c->proof.count, NULL);
}

static void must_fail(const struct claim *c)
{
	int rc = check_claim(c);

	if (rc != ENT_EPROOF)
		fail_msg("%s %zu of %zu: a mutated proof gave %d",
			 c->inclusion ? "inclusion" : "consistency", c->from,
			 c->to, rc);
	rejected++;
}

/* Each other byte of a hash another, in turn. */
static void flip_hash(struct claim *c, struct ent_hash *hash)
{
	for (size_t i = c->from % 2; i < sizeof(hash->bytes); i += 2) {
		uint8_t bit = (uint8_t)(1u << (i + c->from) % 8);

		hash->bytes[i] ^= bit;
		must_fail(c);
		hash->bytes[i] ^= bit;
	}
}

static void drop_hash(struct claim c, size_t at)
{
	c.proof.count--;
	for (size_t i = at; i < c.proof.count; i++)
		c.proof.hashes[i] = c.proof.hashes[i + 1];
	must_fail(&c);
}

static void add_hash(struct claim c, size_t at, struct ent_hash hash)
{
	for (size_t i = c.proof.count; i > at; i--)
		c.proof.hashes[i] = c.proof.hashes[i - 1];
	c.proof.hashes[at] = hash;
	c.proof.count++;
	must_fail(&c);
}

static void swap_hashes(struct claim c, size_t a, size_t b)
{
	struct ent_hash hash = c.proof.hashes[a];

	c.proof.hashes[a] = c.proof.hashes[b];
	c.proof.hashes[b] = hash;
	must_fail(&c);
}

static void other_hashes(const struct claim *good)
{
	struct claim c = *good;

	flip_hash(&c, &c.first);
	flip_hash(&c, &c.second);
	for (size_t i = 0; i < c.proof.count; i++) {
		flip_hash(&c, &c.proof.hashes[i]);
		drop_hash(c, i);
		for (size_t k = i + 1; k < c.proof.count; k++)
			swap_hashes(c, i, k);
	}
	for (size_t i = 0; i <= c.proof.count; i++) {
		add_hash(c, i, c.first);
		add_hash(c, i, c.second);
		add_hash(c, i, leaves[LEAVES]);
		add_hash(c, i, c.proof.hashes[i > 0 ? i - 1 : 0]);
	}
	for (size_t i = 0; i < c.proof.count; i++) {
		c.proof.count = i;
		must_fail(&c);
		c.proof.count = good->proof.count;
	}
}

/* The turns of the way up, which are all that sizes tell. */
static void turns_of(const struct claim *c, char turns[16])
{
	struct tree_proof unused = { 0 };

	memset(turns, 0, 16);
	if (c->inclusion ? c->from >= c->to : c->from > c->to || c->from == 0)
		turns[15] = '0'; /* no proof has them */
	else if (c->inclusion)
		path(c->from, 0, c->to, &unused, turns);
	else if (c->from == c->to)
		turns[15] = '=';
	else
		subproof(c->from, 0, c->to, true, &unused, turns);
	if (!c->inclusion && turns[15] == 0 && (c->from & (c->from - 1)) == 0)
		turns[15] = '2'; /* the older root is the first hash */
}

static void other_size(const struct claim *c, const char turns[16])
{
	char other[16];

	turns_of(c, other);
	if (memcmp(turns, other, sizeof(other)) != 0)
		must_fail(c);
	else
		assert_int_equal(check_claim(c), ENT_OK);
}

/*
 * A root does not say how many leaves are below it, so other sizes with the same
 * turns hold as well, and no others; the note of a head binds the size.
 */
static void other_sizes(const struct claim *good)
{
	struct claim c = *good;
	char turns[16];

	turns_of(good, turns);
	for (c.to = 0; c.to <= LEAVES + 1; c.to++)
		other_size(&c, turns);
	c.to = good->to;
	for (c.from = 0; c.from <= LEAVES + 1; c.from++)
		other_size(&c, turns);
}

static void hold_and_mutate(const struct claim *c, const struct tree_proof *made)
{
	assert_int_equal(made->count, c->proof.count);
	assert_memory_equal(made->hashes, c->proof.hashes,
			    made->count * sizeof(made->hashes[0]));
	assert_int_equal(check_claim(c), ENT_OK);
	accepted++;
	other_hashes(c);
	other_sizes(c);
}

/* ---- the tests ---------------------------------------------------------- */

static struct store *store;

static int make_store(void **state)
{
	struct store_options options = { .create = true, .format = 1 };
	struct store_txn *txn = NULL;
	struct tree_edge edge = { 0 };

	make_leaves();
	if (logs_make_folder(state) != 0 ||
	    store_open(logs_dir, &options, &store, NULL) < 0 ||
	    store_begin_write(store, true, &txn, NULL) < 0)
		return -1;
	for (size_t i = 0; i < LEAVES; i++)
		tree_edge_add(&edge, txn, &leaves[i], NULL);
	return store_commit(txn, NULL);
}

static int close_store(void **state)
{
	store_close(store);
	return logs_remove_folder(state);
}

static void every_inclusion(void **state)
{
	struct store_txn *txn = NULL;
	char turns[16];

	(void)state;
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	for (size_t n = 1; n <= LEAVES; n++)
		for (size_t i = 0; i < n; i++) {
			struct claim c = { true, i, n, leaves[i], mth(0, n),
					   { 0 } };
			struct tree_proof made;

			path(i, 0, n, &c.proof, turns);
			assert_int_equal(tree_inclusion(txn, i, n, leaf_at,
							&made, NULL), ENT_OK);
			hold_and_mutate(&c, &made);
		}
	store_abort(txn);
	assert_int_equal(accepted, LEAVES * (LEAVES + 1) / 2);
}

static void every_consistency(void **state)
{
	struct store_txn *txn = NULL;
	char turns[16];

	(void)state;
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	for (size_t n = 1; n <= LEAVES; n++)
		for (size_t m = 1; m <= n; m++) {
			struct claim c = { false, m, n, mth(0, m), mth(0, n),
					   { 0 } };
			struct tree_proof made;

			subproof(m, 0, n, true, &c.proof, turns);
			assert_int_equal(tree_consistency(txn, m, n, leaf_at,
							  &made, NULL), ENT_OK);
			hold_and_mutate(&c, &made);
		}
	store_abort(txn);
	print_message("%zu proofs accepted, %zu mutated ones rejected\n",
		      accepted, rejected);
	assert_int_equal(accepted, LEAVES * (LEAVES + 1));
	assert_true(rejected >= 809311);
}

/* An empty tree is the beginning of all, and has one root. */
static void nothing_at_the_beginning(void **state)
{
	struct ent_hash empty = mth(0, 0), root = mth(0, 5);

	(void)state;
	assert_int_equal(tree_consistency_check(0, &empty, 5, &root, NULL, 0,
						NULL), ENT_OK);
	assert_int_equal(tree_consistency_check(0, &empty, 0, &empty, NULL, 0,
						NULL), ENT_OK);
	assert_int_equal(tree_consistency_check(0, &root, 5, &root, NULL, 0,
						NULL), ENT_EPROOF);
	assert_int_equal(tree_consistency_check(0, &empty, 5, &root, leaves, 1,
						NULL), ENT_EPROOF);
	assert_int_equal(tree_consistency_check(0, &root, 0, &root, NULL, 0,
						NULL), ENT_EPROOF);
	assert_int_equal(tree_consistency_check(6, &root, 5, &root, NULL, 0,
						NULL), ENT_EPROOF);
	assert_int_equal(tree_inclusion_check(&root, 0, 0, &root, NULL, 0,
					      NULL), ENT_EPROOF);
	assert_int_equal(tree_inclusion_check(&root, 5, 5, &root, NULL, 0,
					      NULL), ENT_EPROOF);
}

static void a_missing_node_is_damage(void **state)
{
	struct store_txn *txn = NULL;
	struct tree_proof proof = { .count = 7 };
	struct ent_error err;

	(void)state;
	assert_int_equal(store_begin_read(store, &txn, NULL), ENT_OK);
	check_failure(tree_inclusion(txn, 3, 128, leaf_at, &proof, &err),
		      ENT_ECORRUPT, &err, "tree node 6/1 is missing");
	check_failure(tree_consistency(txn, 96, 128, leaf_at, &proof, &err),
		      ENT_ECORRUPT, &err, "tree node 5/3 is missing");
	assert_int_equal(proof.count, 7);
	store_abort(txn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_inclusion),
		cmocka_unit_test(every_consistency),
		cmocka_unit_test(nothing_at_the_beginning),
		cmocka_unit_test(a_missing_node_is_damage),
	};

	return cmocka_run_group_tests(tests, make_store, close_store);
}
