/*
 * test_wipe.c - where a secret key was in memory, it is no more: all memory that can be
 * written is looked through for its bytes, and for its text.
 *
 * What is sought is kept with its bits changed, or it would be found here.
 */
#include "logs.h"

#include <fcntl.h>

#include "ground/text_bytes.h"
#include "trust/key.h"

enum {
	PIECE = 1 << 16, REGION_MAX = 64 << 20,
	DEEP = 1 << 16, /* of stack, above what the search itself uses */
	TEXT = 32 /* letters of the key's text are enough */
};

static const uint8_t MASK = 0x5a;

/* What is sought, masked. */
static uint8_t seed[SIGN_SEED_BYTES], text[TEXT];

static void mask(uint8_t *out, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		out[i] = ((const uint8_t *)bytes)[i] ^ MASK;
}

static bool is_at(const uint8_t *at, const uint8_t *masked, size_t len)
{
	size_t i = 0;

	while (i < len && (at[i] ^ MASK) == masked[i])
		i++;
	return i == len;
}

/* How often the first byte's neighbours are what is sought. */
static unsigned count_in(const uint8_t *bytes, size_t len)
{
	unsigned found = 0;

	for (size_t i = 0; i + sizeof(seed) <= len; i++)
		found += is_at(bytes + i, seed, sizeof(seed)) ||
			 is_at(bytes + i, text, sizeof(text));
	return found;
}

/* What the door wipes with, and libcrypto: how often a secret was in what has the
 * size of ours, a key, its text or what that is made of. */
static unsigned wiped;

static bool is_ours(size_t len)
{
	return len == sizeof(struct ent_key) || len == KEY_TEXT_MAX ||
	       len == 1 + SIGN_SEED_BYTES;
}

__attribute__((visibility("default"))) void OPENSSL_cleanse(void *bytes,
							    size_t len);

void OPENSSL_cleanse(void *bytes, size_t len)
{
	volatile uint8_t *at = bytes;

	wiped += is_ours(len) && count_in(bytes, len) > 0;
	while (len-- > 0)
		at[len] = 0;
}

static uint8_t piece[PIECE + SIGN_SEED_BYTES];

static unsigned count_region(int memory, unsigned long from, unsigned long to)
{
	unsigned found = 0;

	for (; from < to; from += PIECE) {
		size_t len = to - from < sizeof(piece) ? to - from :
							 sizeof(piece);
		ssize_t n = pread(memory, piece, len, (off_t)from);

		if (n > 0)
			found += count_in(piece, (size_t)n);
		memset(piece, 0, sizeof(piece));
	}
	return found;
}

/* Not the buffer that it is read into, which shows what is around it. */
static unsigned count_in_memory(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	int memory = open("/proc/self/mem", O_RDONLY);
	unsigned long from, to;
	unsigned found = 0;
	char line[512], rights[8];

	assert_true(maps && memory >= 0);
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) == 3 &&
		    rights[0] == 'r' && rights[1] == 'w' &&
		    to - from <= REGION_MAX)
			found += count_region(memory, from, to);
	close(memory);
	fclose(maps);
	return found;
}

/* ---- what is done with a key ---------------------------------------------------- */

static char path[128];

static void remember(const struct ent_key *key)
{
	char whole[KEY_TEXT_MAX];
	size_t len = key_secret_text(key, whole);

	mask(seed, key->seed, sizeof(seed));
	/* The data is at the end: kind and seed in base64, and a newline. */
	mask(text, whole + len - 1 - TEXT, TEXT);
	sign_wipe(whole, sizeof(whole));
}

static struct ent_key *kept;

static void make_and_save(void)
{
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	assert_int_equal(ent_key_new("n", &kept, NULL), ENT_OK);
	remember(kept);
	wiped = 0;
	assert_int_equal(ent_key_save(kept, path, NULL), ENT_OK);
}

static void drop(void)
{
	ent_key_free(kept);
	kept = NULL;
}

static void load_and_sign(void)
{
	struct ent_key *key = NULL;
	uint8_t signature[SIGN_BYTES];

	assert_int_equal(ent_key_load(path, &key, NULL), ENT_OK);
	assert_int_equal(sign_make(key->seed, TEXT_BYTES("text"), signature,
				   NULL), ENT_OK);
	ent_key_free(key);
}

/* Its file holds no key, behind the bytes of one. */
static void fail_to_load(void)
{
	struct ent_key *key = NULL;
	FILE *file = fopen(path, "r+");

	assert_non_null(file);
	fputc('Q', file);
	fclose(file);
	assert_int_equal(ent_key_load(path, &key, NULL), ENT_EINPUT);
}

/* Far down, so that the search writes over nothing of it. */
static __attribute__((noinline)) void deep(void (*work)(void))
{
	volatile char room[DEEP];

	room[0] = 0;
	work();
	room[DEEP - 1] = room[0];
}

/* ---- tests ----------------------------------------------------------------------- */

static void a_key_is_found_while_it_is_there(void **state)
{
	(void)state;
	deep(make_and_save);
	assert_int_equal(count_in_memory(), 1); /* the key itself */
	deep(drop);
	assert_int_equal(count_in_memory(), 0);
}

static void nothing_of_a_key_is_left(void **state)
{
	(void)state;
	deep(make_and_save);
	deep(drop);
	deep(load_and_sign);
	assert_int_equal(count_in_memory(), 0);
	deep(fail_to_load);
	assert_int_equal(count_in_memory(), 0);
}

/* Also those on the stack that the next call may write over, or not. */
static void each_copy_is_wiped(void **state)
{
	(void)state;
	deep(make_and_save);
	assert_int_equal(wiped, 2); /* the file's text, and what it is made of */
	wiped = 0;
	drop();
	assert_int_equal(wiped, 1);
	wiped = 0;
	deep(load_and_sign);
	assert_int_equal(wiped, 3);
	wiped = 0;
	deep(fail_to_load);
	assert_int_equal(wiped, 1); /* the text alone was read */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(a_key_is_found_while_it_is_there),
		FOLDER_TEST(nothing_of_a_key_is_left),
		FOLDER_TEST(each_copy_is_wiped),
	};

	if (access("/proc/self/mem", R_OK) != 0) {
		print_message("skipped: no /proc/self/mem\n");
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
