/*
 * test_key.c - Ed25519 against RFC 8032, keys against those that others published,
 * and files of secret keys that are not what they should be.
 */
#include "logs.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "doors/hash.h"
#include "ground/text_bytes.h"
#include "ground/utf8.h"
#include "trust/key.h"

static void from_hex(const char *hex, uint8_t *out, size_t len)
{
	size_t got = 0;

	assert_true(hex_read(hex, 2 * len, out, len, &got));
	assert_int_equal(got, len);
}

/* RFC 8032, 7.1, tests 1 to 3. */
static void vectors(void **state)
{
	static const struct {
		const char *seed, *key, *message, *signature;
		size_t len;
	} rows[] = {
		{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
		  "",
		  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
		  0 },
		{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
		  "72",
		  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
		  1 },
		{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		  "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
		  "af82",
		  "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
		  2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t seed[32], key[32], message[2], signature[64];
		uint8_t wanted_key[32], wanted[64];
		struct ent_bytes bytes = { message, rows[i].len };

		from_hex(rows[i].seed, seed, 32);
		from_hex(rows[i].key, wanted_key, 32);
		from_hex(rows[i].message, message, rows[i].len);
		from_hex(rows[i].signature, wanted, 64);
		assert_int_equal(sign_public(seed, key, NULL), ENT_OK);
		assert_memory_equal(key, wanted_key, 32);
		assert_int_equal(sign_make(seed, bytes, signature, NULL), ENT_OK);
		assert_memory_equal(signature, wanted, 64);
		assert_int_equal(sign_check(key, bytes, signature, NULL), ENT_OK);
		for (size_t at = 0; at < 64; at++) {
			signature[at] ^= 0x10;
			assert_int_equal(sign_check(key, bytes, signature, NULL),
					 ENT_EPROOF);
			signature[at] ^= 0x10;
		}
	}
}

/* RFC 7693, appendix A. */
static void blake2b(void **state)
{
	uint8_t hash[HASH_BLAKE2B_BYTES], wanted[HASH_BLAKE2B_BYTES];

	(void)state;
	from_hex("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
		 "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
		 wanted, sizeof(wanted));
	assert_int_equal(hash_blake2b(TEXT_BYTES("abc"), hash, NULL), ENT_OK);
	assert_memory_equal(hash, wanted, sizeof(hash));
}

/* From the documentation of golang.org/x/mod/sumdb/note, and of sum.golang.org. */
static const char peter_secret[] =
	"PRIVATE+KEY+PeterNeumann+c74f20a3+"
	"AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n";
static const char peter_public[] =
	"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

static void keys_of_others(void **state)
{
	static const char text[] =
		"If you think cryptography is the answer to your problem,\n"
		"then you don't know what your problem is.\n";
	static const char signature[] =
		"x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
		"KvqfqdngotpRZb6KE6RyyBwJnAM=";
	static const char golang[] =
		"sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
	char public_text[ENT_PUBLIC_TEXT_SIZE], secret_text[KEY_TEXT_MAX];
	struct ent_key *key = NULL;
	struct ent_public go;
	uint8_t made[64], packed[68];
	size_t len = 0;

	(void)state;
	assert_int_equal(ent_public_parse(golang, strlen(golang), &go, NULL),
			 ENT_OK);
	assert_string_equal(go.name, "sum.golang.org");
	assert_int_equal(key_secret_parse(peter_secret, strlen(peter_secret),
					  &key, NULL), ENT_OK);
	ent_public_text(ent_key_public(key), public_text);
	assert_string_equal(public_text, peter_public);
	assert_int_equal(key_secret_text(key, secret_text),
			 strlen(peter_secret));
	assert_string_equal(secret_text, peter_secret);

	assert_true(base64_read(signature, strlen(signature), packed, 68, &len));
	assert_int_equal(sign_make(key->seed, TEXT_BYTES(text), made, NULL),
			 ENT_OK);
	assert_memory_equal(packed, key->public_key.id, KEY_ID_BYTES);
	assert_memory_equal(packed + KEY_ID_BYTES, made, sizeof(made));
	ent_key_free(key);
}

/* Each letter of a key by others: the id holds name and key together. */
static void a_slip_in_a_key_shows(void **state)
{
	struct ent_public out = { .name = "as it was" };
	size_t len = strlen(peter_public), refused = 0;
	char text[sizeof(peter_public)];

	(void)state;
	for (size_t at = 0; at < len; at++)
		for (int bit = 0; bit < 8; bit++, refused++) {
			memcpy(text, peter_public, sizeof(text));
			text[at] = (char)(text[at] ^ 1 << bit);
			assert_int_equal(ent_public_parse(text, len, &out, NULL),
					 ENT_EINPUT);
		}
	for (size_t cut = 0; cut < len; cut++)
		assert_int_equal(ent_public_parse(peter_public, cut, &out, NULL),
				 ENT_EINPUT);
	assert_int_equal(ent_public_parse("a+b\n\n", 5, &out, NULL), ENT_EINPUT);
	assert_string_equal(out.name, "as it was");
	assert_int_equal(refused, 8 * len);
}

static void names(void **state)
{
	static const char *const bad[] = { "", "a b", "a+b", "a\tb", "a\n", "\xff",
					   "a\xc2\xa0", "\xe2\x80\x89", "\xe3\x80\x80",
					   "a\x7f", "a\xc2\x85" };
	char longest[ENT_KEY_NAME_SIZE + 1];
	struct ent_key *key = NULL;
	struct ent_error err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(ent_key_new(bad[i], &key, NULL), ENT_EINPUT);
	assert_int_equal(ent_key_name_check("example.org/\xc3\xa4", &err), ENT_OK);
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	check_failure(ent_key_name_check(longest, &err), ENT_EINPUT, &err,
		      "the name of the key has 256 bytes, not 1 to 255");
	longest[sizeof(longest) - 2] = '\0';
	assert_int_equal(ent_key_new(longest, &key, &err), ENT_OK);
	ent_key_free(key);
}

static char path[128];

/* Every code up to the last of them: it is refused where Unicode calls it a space. */
static void names_have_no_space(void **state)
{
	static const int32_t spaces[] = {
		' ',	0xa0,	0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
		0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f,
		0x3000,
	};
	size_t at = 0;

	(void)state;
	for (int32_t code = ' '; code <= 0x3001; code++) {
		char name[6] = "a";
		bool is_space = at < COUNT(spaces) && spaces[at] == code;

		at += is_space;
		name[1 + utf8_put(code, name + 1)] = '\0';
		if (utf8_is_unsafe(code))
			continue;
		assert_int_equal(ent_key_name_check(name, NULL),
				 is_space || code == '+' ? ENT_EINPUT : ENT_OK);
	}
	assert_int_equal(at, COUNT(spaces));
}

static void keys_of_another_form(void **state)
{
	static const char *const texts[] = {
		"", "\n", "a", "a+", "a+0011aabb", "a+0011aabb+", "a+0011aabb+!!!!",
		"a+0011aab+AAAA", "a+0011aabbcc+AAAA", "a+0011aabx+AAAA",
		"a+0011aabb+AAAA", /* too short */
		"a+0011aabb+AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", /* kind 2 */
		"a+0011aabb+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	struct ent_public key;
	struct ent_error err;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_int_equal(ent_public_parse(texts[i], strlen(texts[i]), &key, &err),
				 ENT_EINPUT);
	/* a NUL within the name */
	assert_int_equal(ent_public_parse("a\0b+0011aabb+AAAA", 17, &key, &err),
			 ENT_EINPUT);
}

static void file_of(const char *text, mode_t mode)
{
	FILE *file;

	snprintf(path, sizeof(path), "%s/key", logs_folder);
	unlink(path);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(chmod(path, mode), 0);
}

static void files(void **state)
{
	struct ent_key *key = NULL, *back = NULL;
	struct ent_error err;
	struct stat st;

	(void)state;
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	assert_int_equal(ent_key_new("n", &key, NULL), ENT_OK);
	assert_int_equal(ent_key_save(key, path, &err), ENT_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(ent_key_save(key, path, &err), ENT_ECONFLICT);
	assert_int_equal(ent_key_load(path, &back, &err), ENT_OK);
	assert_memory_equal(back, key, sizeof(*key));
	ent_key_free(back);
	ent_key_free(key);
	ent_key_free(NULL);
}

static unsigned folders_synced;

__attribute__((visibility("default"))) int fsync(int fd)
{
	struct stat st;

	folders_synced += fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
	return fdatasync(fd);
}

/* Nobody should sign with a key whose name goes with the power. */
static void the_name_is_synced(void **state)
{
	struct ent_key *key = NULL;

	(void)state;
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	assert_int_equal(ent_key_new("n", &key, NULL), ENT_OK);
	folders_synced = 0;
	assert_int_equal(ent_key_save(key, path, NULL), ENT_OK);
	assert_int_equal(folders_synced, 1);
	ent_key_free(key);
}

static void check_refused(const char *end)
{
	struct ent_key *key = NULL;
	struct ent_error err = { .msg = "" };
	int rc = ent_key_load(path, &key, &err);

	if (rc != ENT_EINPUT || !strstr(err.msg, end))
		fail_msg("rc %d: %s", rc, err.msg);
	assert_null(key);
}

static void files_that_are_refused(void **state)
{
	char link[140];
	struct ent_key *key = NULL;
	struct ent_error err;

	(void)state;
	file_of(peter_secret, 0600);
	assert_int_equal(ent_key_load(path, &key, NULL), ENT_OK);
	ent_key_free(key);
	key = NULL;
	for (mode_t bit = 1; bit <= 040; bit <<= 1) {
		file_of(peter_secret, 0600 | bit);
		check_refused("others than its owner can get at the secret key");
	}
	file_of("", 0600);
	check_refused("it is no secret key");
	file_of(peter_public, 0600);
	check_refused("it is no secret key");
	file_of("PRIVATE+KEY+PeterNeumann+c74f20a4+"
		"AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", 0600);
	check_refused("the key's id is not that of its name and key");

	file_of(peter_secret, 0600);
	snprintf(link, sizeof(link), "%s.link", path);
	assert_int_equal(symlink(path, link), 0);
	strcpy(path, link);
	check_refused("is a symbolic link");
	unlink(link);
	assert_int_equal(mkfifo(path, 0600), 0);
	check_refused("is no ordinary file");
	strcpy(path, logs_folder);
	check_refused("is no ordinary file");
	strcpy(path, "/no/such/key");
	assert_int_equal(ent_key_load(path, &key, &err), ENT_EIO);
	assert_null(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(blake2b),
		cmocka_unit_test(keys_of_others),
		cmocka_unit_test(a_slip_in_a_key_shows),
		cmocka_unit_test(names),
		cmocka_unit_test(names_have_no_space),
		cmocka_unit_test(keys_of_another_form),
		FOLDER_TEST(files),
		FOLDER_TEST(the_name_is_synced),
		FOLDER_TEST(files_that_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
