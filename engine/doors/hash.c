/*
 * hash.c - SHA-256 and SHA-1 through OpenSSL.
 *
 * Looking the algorithm up and making a context cost more than hashing an event:
 * the first is done once, the second once a thread.
 */
#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <pthread.h>

#include "doors/hash.h"
#include "ground/mem.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t contexts;
static EVP_MD *sha256, *sha1;
static bool ready;

static void free_context(void *context)
{
	EVP_MD_CTX_free(context);
}

/* The system's configuration of OpenSSL has no say in what a hash is. */
static void start(void)
{
	if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1)
		return;
	sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
	sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
	ready = sha256 && pthread_key_create(&contexts, free_context) == 0;
}

static EVP_MD_CTX *thread_context(void)
{
	EVP_MD_CTX *context = pthread_getspecific(contexts);

	if (context)
		return context;
	context = EVP_MD_CTX_new();
	if (context && pthread_setspecific(contexts, context) != 0) {
		EVP_MD_CTX_free(context);
		context = NULL;
	}
	return context;
}

static bool digest(EVP_MD_CTX *context, const EVP_MD *kind,
		   const struct ent_bytes parts[], size_t count, uint8_t *out)
{
	bool done = EVP_DigestInit_ex2(context, kind, NULL) == 1;

	for (size_t i = 0; i < count && done; i++)
		done = parts[i].len == 0 ||
		       EVP_DigestUpdate(context, parts[i].data,
					parts[i].len) == 1;
	return done && EVP_DigestFinal_ex(context, out, NULL) == 1;
}

int hash_parts(const struct ent_bytes parts[], size_t count,
	       struct ent_hash *out, struct ent_error *err)
{
	struct ent_hash hash;
	EVP_MD_CTX *context;

	assert((parts || count == 0) && out);

	if (pthread_once(&once, start) != 0 || !ready)
		return ent_error_set(err, ENT_EIO, "OpenSSL gives no SHA-256");
	context = thread_context();
	if (!context || !digest(context, sha256, parts, count, hash.bytes))
		return mem_error(err); /* SHA-256 itself cannot fail */
	*out = hash;
	return ENT_OK;
}

/* Systems may forbid SHA-1. */
bool hash_name(const struct ent_bytes parts[], size_t count,
	       uint8_t out[HASH_NAME_BYTES])
{
	EVP_MD_CTX *context;

	if (pthread_once(&once, start) != 0 || !ready || !sha1)
		return false;
	context = thread_context();
	return context && digest(context, sha1, parts, count, out);
}
