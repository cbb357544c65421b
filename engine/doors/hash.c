/*
 * hash.c - SHA-256, SHA-1 for names and BLAKE2b for minisign, through OpenSSL.
 *
 * Looking an algorithm up and making a context cost more than hashing an event:
 * the first is done once, the second once a thread.
 */
#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

#include "doors/hash.h"
#include "doors/hash_private.h"
#include "ground/mem.h"

/* A context that changes its algorithm makes its state anew: each has its own. */
struct digest {
	const char *name;
	EVP_MD *algorithm;
	pthread_key_t contexts;
	bool ready;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static OSSL_LIB_CTX *library;
static struct digest sha256 = { .name = "SHA2-256" };
static struct digest sha1 = { .name = "SHA1" };

static void free_context(void *context)
{
	EVP_MD_CTX_free(context);
}

static void start_digest(struct digest *digest)
{
	digest->algorithm = EVP_MD_fetch(library, digest->name, NULL);
	digest->ready = digest->algorithm &&
			pthread_key_create(&digest->contexts,
					   free_context) == 0;
}

static void start(void)
{
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
		return;
	library = OSSL_LIB_CTX_new();
	if (!library)
		return;
	start_digest(&sha256);
	start_digest(&sha1);
}

OSSL_LIB_CTX *hash_library(struct ent_error *err)
{
	if (pthread_once(&once, start) == 0 && library)
		return library;
	ent_error_set(err, ENT_ENOMEM, "OpenSSL has no memory to start");
	return NULL;
}

static EVP_MD_CTX *thread_context(const struct digest *digest)
{
	EVP_MD_CTX *context = pthread_getspecific(digest->contexts);

	if (context)
		return context;
	context = EVP_MD_CTX_new();
	if (context && pthread_setspecific(digest->contexts, context) != 0) {
		EVP_MD_CTX_free(context);
		context = NULL;
	}
	return context;
}

static int hash_by(const struct digest *digest, const struct ent_bytes parts[],
		   size_t count, uint8_t *out, struct ent_error *err)
{
	EVP_MD_CTX *context;
	bool done;

	if (pthread_once(&once, start) != 0 || !digest->ready)
		return ent_error_set(err, ENT_ENOMEM,
				     "OpenSSL has no memory, or no %s",
				     digest->name);
	context = thread_context(digest);
	if (!context)
		return mem_error(err);

	done = EVP_DigestInit_ex2(context, digest->algorithm, NULL) == 1;
	for (size_t i = 0; i < count && done; i++)
		done = parts[i].len == 0 ||
		       EVP_DigestUpdate(context, parts[i].data,
					parts[i].len) == 1;
	if (!done || EVP_DigestFinal_ex(context, out, NULL) != 1)
		return mem_error(err); /* the hash itself cannot fail */
	return ENT_OK;
}

int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err)
{
	struct ent_hash hash;
	int rc;

	assert((parts || count == 0) && out);

	rc = hash_by(&sha256, parts, count, hash.bytes, err);
	if (rc == ENT_OK)
		*out = hash;
	return rc;
}

int hash_sha1(const struct ent_bytes parts[], size_t count,
	      uint8_t out[HASH_SHA1_BYTES], struct ent_error *err)
{
	return hash_by(&sha1, parts, count, out, err);
}

int hash_blake2b(struct ent_bytes bytes, uint8_t out[HASH_BLAKE2B_BYTES],
		 struct ent_error *err)
{
	OSSL_LIB_CTX *with = hash_library(err);

	if (!with)
		return ENT_ENOMEM;
	if (EVP_Q_digest(with, "BLAKE2B-512", NULL, bytes.data, bytes.len, out,
			 NULL) != 1)
		return ent_error_set(err, ENT_ENOMEM,
				     "OpenSSL has no memory, or no BLAKE2B-512");
	return ENT_OK;
}

bool hash_equal(const struct ent_hash *a, const struct ent_hash *b)
{
	return CRYPTO_memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}
