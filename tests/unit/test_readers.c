/*
 * test_readers.c - who reads a log, and how old what they read is.
 */
#include "logs.h"

#include <signal.h>
#include <sys/wait.h>

#include "log/log.h"

static void read_for_ever(int ready)
{
	struct ent_log *log = NULL;
	struct store_txn *txn = NULL;

	if (ent_log_open(logs_dir, NULL, &log, NULL) < 0 ||
	    store_begin_read(log->store, &txn, NULL) < 0 ||
	    write(ready, "r", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

/* Another process, within a transaction on what the log has now. */
static pid_t start_reader(void)
{
	int ready[2];
	pid_t reader;
	char c;

	assert_int_equal(pipe(ready), 0);
	reader = fork();
	assert_true(reader >= 0);
	if (reader == 0)
		read_for_ever(ready[1]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	return reader;
}

static void kill_reader(pid_t reader)
{
	assert_int_equal(kill(reader, SIGKILL), 0);
	assert_int_equal(waitpid(reader, NULL, 0), reader);
}

static void check_oldest(unsigned readers, long oldest, uint64_t behind)
{
	struct ent_stat stat = { 0 };

	assert_int_equal(ent_log_stat(logs_log, &stat, NULL), ENT_OK);
	assert_int_equal(stat.readers, readers);
	assert_int_equal(stat.oldest_reader, oldest);
	assert_int_equal(stat.behind, behind);
}

static void append_one(void)
{
	APPEND("'type':'statement.made','actor':'KAZ','date':'2006'");
}

/* They end without a word, so that their slots are taken for as long as nobody
 * looks. */
static void the_oldest_reader_is_named(void **state)
{
	pid_t first, second;

	(void)state;
	check_oldest(1, 0, 0);
	append_one();
	first = start_reader();
	check_oldest(2, 0, 0);
	append_one();
	append_one();
	second = start_reader();
	append_one();
	check_oldest(3, first, 3);
	kill_reader(first);
	check_oldest(2, second, 1);
	kill_reader(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LOG_TEST(the_oldest_reader_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
