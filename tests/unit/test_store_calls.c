/*
 * test_store_calls.c - what the store asks of the system, and what it does where the
 * system says no: functions of the C library stand here, in front of LMDB too.
 */
#undef _FORTIFY_SOURCE
#include "stores.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>

#define INTERPOSE __attribute__((visibility("default")))

enum { SMALL_MAP = 256 << 10, MAP_BYTES = 100 << 10, META_BYTES = 4096,
       NFS = 0x6969, PROBE_BYTES = 65536 };

static const struct store_options opening = { .format = 1 };

/* ---- the system -------------------------------------------------------------- */

static struct {
	bool no_room;     /* for another map */
	bool no_map;      /* of a file that is large */
	long fs_type;     /* 0: what it is */
	bool full;        /* pages are written, and it is said that they are not */
	bool no_meta;     /* a page that names the roots is not written */
	unsigned syncs;   /* of files that are named data.mdb */
	unsigned metas;   /* failed */
} os;

INTERPOSE void *mmap(void *where, size_t len, int rights, int flags, int fd,
		     off_t at)
{
	if (len >= MAP_BYTES && (fd >= 0 ? os.no_map : os.no_room)) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return (void *)syscall(SYS_mmap, where, len, rights, flags, fd, at);
}

INTERPOSE int statfs(const char *path, struct statfs *out)
{
	int rc = (int)syscall(SYS_statfs, path, out);

	if (os.fs_type != 0)
		memcpy(&out->f_type, &os.fs_type, sizeof(out->f_type));
	return rc;
}

INTERPOSE ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
	if (os.no_meta && at < 2 * META_BYTES && len < META_BYTES) {
		os.metas++;
		errno = EIO;
		return -1;
	}
	return syscall(SYS_pwrite64, fd, data, len, at);
}

INTERPOSE ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
	ssize_t n = syscall(SYS_pwritev, fd, parts, count, at, 0);

	errno = ENOSPC;
	return os.full ? -1 : n;
}

INTERPOSE ssize_t writev(int fd, const struct iovec *parts, int count)
{
	ssize_t n = syscall(SYS_writev, fd, parts, count);

	errno = ENOSPC;
	return os.full ? -1 : n;
}

static int sync_file(int fd, long number)
{
	char link[64], path[4096];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, path, sizeof(path) - 1);
	path[len > 0 ? len : 0] = '\0';
	os.syncs += strstr(path, "/data.mdb") != NULL;
	return (int)syscall(number, fd);
}

INTERPOSE int fdatasync(int fd)
{
	return sync_file(fd, SYS_fdatasync);
}

INTERPOSE int fsync(int fd)
{
	return sync_file(fd, SYS_fsync);
}

/* ---- stores -------------------------------------------------------------------- */

static int make_folder(void **state)
{
	memset(&os, 0, sizeof(os));
	return logs_make_folder(state);
}

#define CALLS_TEST(f) \
	cmocka_unit_test_setup_teardown(f, make_folder, logs_remove_folder)

static uint64_t count_events(struct store *store)
{
	struct store_txn *txn = begin_read(store);
	uint64_t count = 0;

	assert_int_equal(store_count(txn, STORE_EVENTS, &count, NULL), ENT_OK);
	store_abort(txn);
	return count;
}

/* ---- where it lies --------------------------------------------------------------- */

static void check_refused(const struct store_options *options)
{
	struct store *store = NULL;
	struct ent_error err = { 0 };
	char msg[256];

	snprintf(msg, sizeof(msg), "open log %s: it lies on NFS: what locks and protects a log does not reach across a network",
		 logs_dir);
	check_failure(store_open(logs_dir, options, &store, &err), ENT_EREFUSED,
		      &err, msg);
	assert_null(store);
}

static void a_network_is_refused(void **state)
{
	struct store_options trusting = { .format = 1, .trust = ENT_TRUST_FS };

	(void)state;
	os.fs_type = NFS;
	check_refused(&creating);
	assert_int_equal(access(logs_dir, F_OK), -1);
	os.fs_type = 0;
	store_close(open_store(&creating));
	os.fs_type = NFS;
	check_refused(&opening);
	trusting.read_only = true;
	store_close(open_store(&trusting));
	trusting.read_only = false;
	store_close(open_store(&trusting));
}

/* Some compress what nobody has written yet. */
static bool keeps_blocks(void)
{
	char path[128];
	struct stat file = { 0 };
	int fd;

	snprintf(path, sizeof(path), "%s/probe", logs_folder);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	assert_true(fd >= 0 && posix_fallocate(fd, 0, PROBE_BYTES) == 0 &&
		    fstat(fd, &file) == 0);
	close(fd);
	return file.st_blocks * 512 >= file.st_size;
}

/* What LMDB writes through the map must be there: on a full disk it is a SIGBUS. */
static void lock_mdb_has_all_its_blocks(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };
	const struct store_options *const all[] = { &creating, &opening,
						    &reading };
	struct stat file;

	(void)state;
	if (!keeps_blocks())
		skip();
	for (size_t i = 0; i < COUNT(all); i++) {
		struct store *store = open_store(all[i]);

		assert_int_equal(stat(inside("lock.mdb"), &file), 0);
		assert_true(file.st_blocks * 512 >= file.st_size);
		store_close(store);
		unlink(inside("lock.mdb"));
	}
}

/* ---- a map that cannot grow -------------------------------------------------------- */

static struct store *open_small(void)
{
	struct store_options small = creating;
	struct store *store;
	struct store_txn *txn;

	small.map_bytes = SMALL_MAP;
	store = open_store(&small);
	txn = begin_write(store);
	assert_int_equal(put(txn, 1, 2000), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	return store;
}

static void where_there_is_no_room_the_map_stays(void **state)
{
	struct store *store = open_small();
	struct store_txn *txn;
	struct ent_error err;

	(void)state;
	os.no_room = true;
	check_failure(store_grow(store, &err), ENT_ENOMEM, &err,
		      "grow the memory map: Cannot allocate memory");
	os.no_room = false;
	assert_int_equal(count_events(store), 1);
	txn = begin_write(store);
	assert_int_equal(put(txn, 2, 2000), ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
	assert_int_equal(store_grow(store, NULL), ENT_OK);
	assert_int_equal(count_events(store), 2);
	store_close(store);
}

static void without_a_map_nothing_is_read(void **state)
{
	static const char lost[] = "its memory map was lost; close the log and open it again";
	struct store *store = open_small();
	struct store_txn *txn = NULL;
	struct ent_error err;

	(void)state;
	os.no_map = true;
	assert_int_equal(store_grow(store, &err), ENT_ENOMEM);
	check_failure(store_begin_read(store, &txn, &err), ENT_EIO, &err, lost);
	check_failure(store_begin_write(store, true, &txn, &err), ENT_EIO,
		      &err, lost);
	assert_null(txn);
	store_close(store);
	os.no_map = false;
	store = open_store(&opening);
	assert_int_equal(count_events(store), 1);
	store_close(store);
}

/* ---- the end of the file ----------------------------------------------------------- */

/* A value of several pages is put at the end and taken away again: LMDB leaves its
 * pages unwritten. */
static void come_and_go(struct store *store, uint64_t n)
{
	struct store_txn *txn = begin_write(store);
	uint8_t key[8];

	be64_put(key, n);
	assert_int_equal(put(txn, n, (size_t)n * 4096), ENT_OK);
	assert_int_equal(store_delete(txn, STORE_EVENTS,
				      (struct ent_bytes){ key, 8 }, NULL),
			 ENT_OK);
	assert_int_equal(store_commit(txn, NULL), ENT_OK);
}

static void each_commit_makes_the_file_long_enough(void **state)
{
	struct store *store = open_store(&creating);
	uint64_t needed = 0;
	struct stat file;

	(void)state;
	for (uint64_t n = 1; n <= 9; n++) {
		come_and_go(store, n);
		assert_int_equal(store_file_bytes(store, &needed, NULL), ENT_OK);
		assert_int_equal(stat(inside("data.mdb"), &file), 0);
		assert_true((uint64_t)file.st_size >= needed);
	}
	store_close(store);
}

/* What came to nothing gives back what it took of the disk: there is little of it. */
static void a_commit_that_fails_leaves_the_file_as_it_was(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct stat before, after;
	struct ent_error err;

	(void)state;
	assert_int_equal(stat(inside("data.mdb"), &before), 0);
	for (uint64_t n = 1; n <= 200; n++)
		assert_int_equal(put(txn, n, 1000), ENT_OK);
	os.full = true;
	check_failure(store_commit(txn, &err), ENT_EFULL, &err,
		      "the disk is full: nothing was appended: No space left on device");
	os.full = false;
	assert_int_equal(stat(inside("data.mdb"), &after), 0);
	assert_int_equal(after.st_size, before.st_size);
	assert_int_equal(count_events(store), 0);
	store_close(store);
}

/* ---- in doubt ------------------------------------------------------------------------ */

/* Others may have been shown what LMDB took back, or not: the disk gets that. */
static void what_is_in_doubt_is_synced(void **state)
{
	struct store *store = open_store(&creating);
	struct store_txn *txn = begin_write(store);
	struct ent_error err;
	unsigned before;

	(void)state;
	assert_int_equal(put(txn, 1, 10), ENT_OK);
	os.no_meta = true;
	before = os.syncs;
	assert_int_equal(store_commit(txn, &err), ENT_EDOUBT);
	assert_true(os.metas > 0);
	assert_int_equal(os.syncs, before + 1); /* itself it was without */
	os.no_meta = false;
	assert_int_equal(store_begin_read(store, &txn, &err), ENT_EDOUBT);
	store_close(store);
	store = open_store(&opening);
	assert_int_equal(count_events(store), 0);
	store_close(store);
}

static void whoever_opens_for_writing_syncs_first(void **state)
{
	struct store_options reading = { .read_only = true, .format = 1 };

	(void)state;
	store_close(open_store(&creating));
	os.syncs = 0;
	store_close(open_store(&reading));
	assert_int_equal(os.syncs, 0);
	store_close(open_store(&opening));
	assert_int_equal(os.syncs, 1);
}

static void append_one(bool no_sync)
{
	const struct ent_append_options options = { .now_us = 1,
						    .no_sync = no_sync };
	struct ent_batch *batch = NULL;
	struct ent_appended done = { 0 };

	assert_int_equal(ent_batch_new(&batch, NULL), ENT_OK);
	logs_draft(batch, "'id':'#1','type':'x.note','date':'2024'", NULL);
	assert_int_equal(ent_log_append(logs_log, batch, &options, &done, NULL),
			 ENT_OK);
	assert_int_equal(done.head_seq, 1);
	ent_batch_free(batch);
}

/* Whoever appends what is there already is promised that it is on the disk. */
static void what_is_there_already_is_synced(void **state)
{
	const struct ent_log_options options = { .create = true };

	(void)state;
	assert_int_equal(ent_log_open(logs_dir, &options, &logs_log, NULL),
			 ENT_OK);
	os.syncs = 0;
	append_one(true);
	append_one(true);
	assert_int_equal(os.syncs, 0);
	append_one(false);
	assert_int_equal(os.syncs, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CALLS_TEST(a_network_is_refused),
		CALLS_TEST(lock_mdb_has_all_its_blocks),
		CALLS_TEST(where_there_is_no_room_the_map_stays),
		CALLS_TEST(without_a_map_nothing_is_read),
		CALLS_TEST(each_commit_makes_the_file_long_enough),
		CALLS_TEST(a_commit_that_fails_leaves_the_file_as_it_was),
		CALLS_TEST(what_is_in_doubt_is_synced),
		CALLS_TEST(whoever_opens_for_writing_syncs_first),
		CALLS_TEST(what_is_there_already_is_synced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
