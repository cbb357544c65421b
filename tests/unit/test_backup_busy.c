/*
 * test_backup_busy.c - copies of a log while others write it.
 */
#include "backups.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>

/* Writers pause, so that the log stays short and nobody starves. */
enum { WRITERS = 4, BACKUPS = 50, ROUNDS = 12, PAUSE_MS = 3 };

/* In a process of its own: append until told to stop; a log that was put in place
 * anew is opened again.  Counts what was acknowledged in *acknowledged. */
static void append_on(int writer, volatile uint64_t *acknowledged,
		      volatile int *stopped)
{
	struct ent_append_options options = { .now_us = 1000, .no_sync = true };
	struct ent_log *log = NULL;
	struct ent_batch *batch = NULL;
	char json[256];
	int rc = ENT_OK;

	for (int i = 0; !*stopped && (rc == ENT_OK || rc == ENT_EREOPEN); i++) {
		snprintf(json, sizeof(json), "{\"type\":\"x.n\",\"date\":\"2024\",\"source\":{\"title\":\"%d %d\"}}",
			 writer, i);
		if (!log)
			rc = ent_log_open(logs_dir, NULL, &log, NULL);
		if (rc == ENT_OK)
			rc = ent_batch_new(&batch, NULL);
		if (rc == ENT_OK)
			rc = ent_batch_add(batch, json, strlen(json), NULL, NULL);
		if (rc == ENT_OK)
			rc = ent_log_append(log, batch, &options,
					    &(struct ent_appended){ 0 }, NULL);
		ent_batch_free(batch);
		batch = NULL;
		poll(NULL, 0, PAUSE_MS);
		if (rc == ENT_OK) {
			++*acknowledged;
		} else if (rc == ENT_EREOPEN) {
			ent_log_close(log);
			log = NULL;
			rc = ENT_OK;
		}
	}
	ent_log_close(log);
	_exit(rc == ENT_OK ? 0 : 1);
}

struct shared {
	volatile uint64_t acknowledged[WRITERS];
	volatile int stopped;
};

static void start_writers(struct shared *shared, pid_t *pids)
{
	for (int i = 0; i < WRITERS; i++) {
		pids[i] = fork();
		assert_true(pids[i] >= 0);
		if (pids[i] == 0)
			append_on(i, &shared->acknowledged[i], &shared->stopped);
	}
}

static uint64_t stop_writers(struct shared *shared, const pid_t *pids)
{
	uint64_t sum = 0;
	int status;

	shared->stopped = 1;
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
		assert_true(shared->acknowledged[i] > 0);
		sum += shared->acknowledged[i];
	}
	return sum;
}

static struct shared *share(void)
{
	struct shared *shared = mmap(NULL, sizeof(*shared),
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(shared != MAP_FAILED);
	return shared;
}

/* Each is a state that the log had: verified, and no shorter than the one before. */
static void backups_while_others_write(void **state)
{
	struct shared *shared = share();
	struct ent_copied done = { 0 };
	struct ent_error err;
	pid_t pids[WRITERS];
	uint64_t before = 0;
	char name[16];

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	start_writers(shared, pids);
	assert_int_equal(ent_log_open(logs_dir,
				      &(struct ent_log_options){
					      .read_only = true },
				      &logs_log, NULL), ENT_OK);
	for (int i = 0; i < BACKUPS; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		if (ent_log_backup(logs_log, beside(name), NULL, &done, &err) < 0)
			fail_msg("%s", err.msg);
		assert_true(done.events >= before);
		before = done.events;
	}
	assert_true(before > 0);
	stop_writers(shared, pids);
	munmap(shared, sizeof(*shared));
}

/* Nothing that was acknowledged is in a file that is gone. */
static void compactions_while_others_write(void **state)
{
	struct shared *shared = share();
	struct ent_error err;
	pid_t pids[WRITERS];
	uint64_t acknowledged;

	(void)state;
	ent_log_close(logs_log);
	logs_log = NULL;
	start_writers(shared, pids);
	for (int i = 0; i < ROUNDS; i++) {
		if (ent_log_open(logs_dir, NULL, &logs_log, &err) < 0 ||
		    ent_log_compact(logs_log, NULL, NULL, &err) < 0)
			fail_msg("%s", err.msg);
		ent_log_close(logs_log);
		logs_log = NULL;
		poll(NULL, 0, 10 * PAUSE_MS);
	}
	acknowledged = stop_writers(shared, pids);
	assert_int_equal(verify_at(logs_dir).events, acknowledged);
	munmap(shared, sizeof(*shared));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(backups_while_others_write),
		LOG_TEST(compactions_while_others_write),
	};

	return cmocka_run_group_tests_name("backup_busy", tests, NULL, NULL);
}
