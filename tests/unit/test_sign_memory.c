/*
 * test_sign_memory.c - signatures where an allocation of OpenSSL fails: never a
 * signature that holds and is said not to.
 */
#include "check.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "doors/sign.h"

enum { LAST = 100, STEP = 9, TOLD_NO = 1, TOLD_BAD = 2 };

static struct {
	unsigned long count, at; /* at 0: none fails */
	bool from;               /* and all behind it */
} plan;

static bool refused(void)
{
	plan.count++;
	return plan.at > 0 && (plan.count == plan.at ||
			       (plan.from && plan.count > plan.at));
}

static void *take(size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return refused() ? NULL : malloc(size);
}

static void *retake(void *old, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return refused() ? NULL : realloc(old, size);
}

static void give(void *memory, const char *file, int line)
{
	(void)file;
	(void)line;
	free(memory);
}

/* ---- a signature -------------------------------------------------------------- */

static const struct ent_bytes said = { "what was said", 13 };
static uint8_t public_key[SIGN_PUBLIC_BYTES], signature[SIGN_BYTES];

/* By a process of its own, so that this one never starts OpenSSL. */
static void make_signature(void)
{
	static const uint8_t seed[SIGN_SEED_BYTES] = { 7 };
	uint8_t both[SIGN_PUBLIC_BYTES + SIGN_BYTES];
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		bool made = sign_public(seed, both, NULL) == ENT_OK &&
			    sign_make(seed, said, both + SIGN_PUBLIC_BYTES,
				      NULL) == ENT_OK;

		_exit(!made || write(ends[1], both, sizeof(both)) < 0);
	}
	assert_int_equal(read(ends[0], both, sizeof(both)),
			 (ssize_t)sizeof(both));
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	close(ends[1]);
	memcpy(public_key, both, SIGN_PUBLIC_BYTES);
	memcpy(signature, both + SIGN_PUBLIC_BYTES, SIGN_BYTES);
}

/* With that allocation failing, in a process that starts OpenSSL: 0, or what was told
 * wrongly. */
static int told_wrongly(unsigned long at, bool from)
{
	int status = 0, rc;
	pid_t pid = fork();

	if (pid == 0) {
		plan.count = 0;
		plan.at = at;
		plan.from = from;
		rc = sign_check(public_key, said, signature, NULL);
		_exit(rc == ENT_OK || rc == ENT_ENOMEM ? 0 :
		      rc == ENT_EPROOF ? TOLD_NO : TOLD_BAD);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static unsigned long count_all(void)
{
	unsigned long count = 0;
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		plan.count = 0;
		if (sign_check(public_key, said, signature, NULL) != ENT_OK)
			_exit(1);
		_exit(write(ends[1], &plan.count, sizeof(plan.count)) < 0);
	}
	assert_int_equal(read(ends[0], &count, sizeof(count)),
			 (ssize_t)sizeof(count));
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	close(ends[1]);
	return count;
}

static void try(unsigned long n, unsigned long count)
{
	for (int from = 0; from < 2; from++)
		if (told_wrongly(n, from) != 0)
			fail_msg("allocation %s %lu of %lu", from ? "from" : "at",
				 n, count);
}

/* The last ones are those of the check itself, some of the others stay away for ever. */
static void memory_is_no_forgery(void **state)
{
	unsigned long count;

	(void)state;
	make_signature();
	count = count_all();
	assert_true(count > LAST);
	for (unsigned long n = 1; n < count - LAST; n += STEP)
		try(n, count);
	for (unsigned long n = count - LAST; n <= count; n++)
		try(n, count);
}

static void a_forgery_is_one(void **state)
{
	(void)state;
	make_signature();
	assert_int_equal(sign_check(public_key, said, signature, NULL), ENT_OK);
	signature[3] ^= 1;
	assert_int_equal(sign_check(public_key, said, signature, NULL),
			 ENT_EPROOF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_no_forgery),
		cmocka_unit_test(a_forgery_is_one),
	};

	if (CRYPTO_set_mem_functions(take, retake, give) != 1)
		return EXIT_FAILURE;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
