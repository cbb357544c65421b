/*
 * test_store_pages.c - what pages claim that were damaged, where LMDB believes it.
 */
#include "stores.h"

#include <fcntl.h>

enum { IMAGE_MAX = 1 << 20 };

/* How LMDB keeps a table: behind its name, in the table of tables. */
struct table {
	uint32_t pad;
	uint16_t flags, depth;
	uint64_t branches, leaves, overflows, entries, root;
};

/* In all pages that name it. */
static void claim_entries(const char *name, uint64_t entries)
{
	static char image[IMAGE_MAX];
	int fd = open(inside("data.mdb"), O_RDWR);
	ssize_t size = pread(fd, image, sizeof(image), 0);
	const size_t len = strlen(name);
	unsigned found = 0;

	assert_in_range(size, 1, sizeof(image) - 1);
	for (char *at = image; at + len + sizeof(struct table) < image + size;
	     at++) {
		struct table table;

		if (memcmp(at, name, len) != 0)
			continue;
		memcpy(&table, at + len, sizeof(table));
		if (table.pad != 0 || table.depth != 1 || table.entries != 1)
			continue;
		table.entries = entries;
		memcpy(at + len, &table, sizeof(table));
		found++;
	}
	assert_int_equal(pwrite(fd, image, (size_t)size, 0), size);
	close(fd);
	assert_true(found > 0);
}

/* Whoever believed it would ask for memory for all of them. */
static void a_table_has_no_more_entries_than_bytes(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_error err;
	uint64_t count = 7;

	(void)state;
	assert_int_equal(put(txn, 1, 10), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
	claim_entries("events", (uint64_t)1 << 50);
	store = open_store(&creating);
	txn = begin_read(store);
	check_failure(store_count(txn, STORE_EVENTS, &count, &err), ENT_ECORRUPT,
		      &err, "events: MDB_CORRUPTED: Located page was wrong type");
	assert_int_equal(count, 7);
	store_abort(txn);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_table_has_no_more_entries_than_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
