/*
 * test_store_cut.c - files that end before their last page, and no room to make one.
 */
#include "opening.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>

#include "ground/be.h"

static void fill_some(void)
{
	struct store_txn *txn = NULL;
	struct store *store = NULL;
	uint8_t key[8], value[2000] = { 1 };

	assert_int_equal(store_open(logs_dir, &creating, &store, NULL), ENT_OK);
	assert_int_equal(store_begin_write(store, false, &txn, NULL), ENT_OK);
	for (uint64_t i = 1; i <= 200; i++) {
		be64_put(key, i);
		assert_int_equal(store_append(txn, STORE_EVENTS,
					      (struct ent_bytes){ key, 8 },
					      (struct ent_bytes){ value, 2000 },
					      NULL), ENT_OK);
	}
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
}

/* Not a SIGBUS: LMDB reads through a map. */
static void a_cut_file_is_damage(void **state)
{
	struct stat whole;
	char msg[160];

	(void)state;
	fill_some();
	assert_int_equal(stat(inside("data.mdb"), &whole), 0);
	for (off_t len = whole.st_size - 1; len >= 2 * 4096;
	     len = len * 3 / 4) {
		assert_int_equal(truncate(inside("data.mdb"), len), 0);
		snprintf(msg, sizeof(msg),
			 "data.mdb has %lld bytes, and %lld are needed: it was cut",
			 (long long)len, (long long)whole.st_size);
		check_open(logs_dir, &opening, ENT_ECORRUPT, msg);
	}
}

static void a_new_log_can_be_cut_too(void **state)
{
	struct store *store = NULL;
	struct stat whole;

	(void)state;
	open_and_close(logs_dir, &creating);
	assert_int_equal(stat(inside("data.mdb"), &whole), 0);
	assert_int_equal(truncate(inside("data.mdb"), whole.st_size - 4096), 0);
	assert_int_equal(store_open(logs_dir, &opening, &store, NULL),
			 ENT_ECORRUPT);
}

/* Values of several pages come and go, so that the last page is now free, now not. */
static void come_and_go(unsigned turn)
{
	static uint8_t value[40000];
	struct store_txn *txn = NULL;
	struct store *store = NULL;
	uint8_t key[8];

	assert_int_equal(store_open(logs_dir, &creating, &store, NULL), ENT_OK);
	assert_int_equal(store_begin_write(store, true, &txn, NULL), ENT_OK);
	for (uint64_t i = 0; i < 8; i++) {
		size_t len = 100 + (turn * 7919 + i * 104729) % 39900;

		be64_put(key, (turn + i * 3) % 11);
		store_delete(txn, STORE_CHECKPOINTS,
			     (struct ent_bytes){ key, 8 }, NULL);
		assert_int_equal(store_put(txn, STORE_CHECKPOINTS,
					   (struct ent_bytes){ key, 8 },
					   (struct ent_bytes){ value, len },
					   NULL), ENT_OK);
	}
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	store_close(store);
}

static off_t data_size(void)
{
	struct stat file;

	assert_int_equal(stat(inside("data.mdb"), &file), 0);
	return file.st_size;
}

/* As a writer leaves it that was killed between its commit and the next line. */
static void where_only_free_pages_miss_it_is_made_whole(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	unsigned healed = 0, cut = 0;
	uint8_t page[4096];

	(void)state;
	for (unsigned turn = 0; turn < 60; turn++) {
		struct store *store = NULL;
		off_t whole, less;
		int fd, rc;

		come_and_go(turn);
		whole = data_size();
		less = whole - (off_t)sizeof(page);
		fd = open(inside("data.mdb"), O_RDWR);
		assert_int_equal(pread(fd, page, sizeof(page), less),
				 sizeof(page));
		assert_int_equal(ftruncate(fd, less), 0);
		rc = store_open(logs_dir, turn % 2 ? &reading : &opening,
				&store, NULL);
		assert_int_equal(data_size(), rc < 0 ? less : whole);
		if (rc < 0)
			assert_int_equal(rc, ENT_ECORRUPT);
		cut += rc < 0;
		healed += rc == ENT_OK;
		store_close(store);
		assert_int_equal(pwrite(fd, page, sizeof(page), less),
				 sizeof(page));
		close(fd);
	}
	assert_in_range(healed, 5, 55);
	assert_int_equal(healed + cut, 60);
}

static void a_short_file_waits_for_its_writer(void **state)
{
	int fd;

	(void)state;
	come_and_go(1);
	assert_int_equal(truncate(inside("data.mdb"), data_size() - 4096), 0);
	fd = open(inside("data.mdb"), O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	check_open(logs_dir, &opening, ENT_EBUSY,
		   "data.mdb is shorter than its last page, and somebody is writing it");
	close(fd);
}

static void no_room_leaves_no_folder_behind(void **state)
{
	struct rlimit old, none;
	char msg[128];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	none = (struct rlimit){ 0, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	snprintf(msg, sizeof(msg), "reserve lock.mdb: %s", strerror(EFBIG));
	check_open(logs_dir, &creating, ENT_EFULL, msg);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(count_names(logs_folder), 0);
	open_and_close(logs_dir, &creating);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_cut_file_is_damage),
		FOLDER_TEST(a_new_log_can_be_cut_too),
		FOLDER_TEST(where_only_free_pages_miss_it_is_made_whole),
		FOLDER_TEST(a_short_file_waits_for_its_writer),
		FOLDER_TEST(no_room_leaves_no_folder_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
