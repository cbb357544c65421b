/*
 * sign.c - Ed25519 through OpenSSL, which keeps no key of ours behind a call.
 */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "doors/hash_private.h"
#include "doors/sign.h"
#include "ground/mem.h"

int sign_new_seed(uint8_t out[SIGN_SEED_BYTES], struct ent_error *err)
{
	OSSL_LIB_CTX *with = hash_library(err);

	if (!with)
		return ENT_ENOMEM;
	if (RAND_priv_bytes_ex(with, out, SIGN_SEED_BYTES, 0) != 1)
		return ent_error_set(err, ENT_EIO,
				     "the system gives no random bytes");
	return ENT_OK;
}

/* NULL: ENT_ENOMEM, as every OpenSSL 3 has Ed25519. */
static EVP_PKEY *secret_key(const uint8_t seed[SIGN_SEED_BYTES],
			    struct ent_error *err)
{
	OSSL_LIB_CTX *with = hash_library(err);
	EVP_PKEY *key = NULL;

	if (!with)
		return NULL;
	key = EVP_PKEY_new_raw_private_key_ex(with, "ED25519", NULL, seed,
					      SIGN_SEED_BYTES);
	if (!key)
		ent_error_set(err, ENT_ENOMEM,
			      "OpenSSL has no memory, or no Ed25519");
	return key;
}

int sign_public(const uint8_t seed[SIGN_SEED_BYTES],
		uint8_t out[SIGN_PUBLIC_BYTES], struct ent_error *err)
{
	EVP_PKEY *key = secret_key(seed, err);
	size_t len = SIGN_PUBLIC_BYTES;
	int rc = ENT_OK;

	if (!key)
		return ENT_ENOMEM;
	if (EVP_PKEY_get_raw_public_key(key, out, &len) != 1 ||
	    len != SIGN_PUBLIC_BYTES)
		rc = mem_error(err);
	EVP_PKEY_free(key);
	return rc;
}

int sign_make(const uint8_t seed[SIGN_SEED_BYTES], struct ent_bytes bytes,
	      uint8_t out[SIGN_BYTES], struct ent_error *err)
{
	EVP_PKEY *key = secret_key(seed, err);
	EVP_MD_CTX *context = key ? EVP_MD_CTX_new() : NULL;
	size_t len = SIGN_BYTES;
	int rc = ENT_OK;

	if (!key)
		return ENT_ENOMEM;
	if (!context ||
	    EVP_DigestSignInit_ex(context, NULL, NULL, hash_library(err), NULL,
				  key, NULL) != 1 ||
	    EVP_DigestSign(context, out, &len, bytes.data, bytes.len) != 1 ||
	    len != SIGN_BYTES)
		rc = mem_error(err); /* signing itself cannot fail */
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return rc;
}

static int check_once(const uint8_t key[SIGN_PUBLIC_BYTES],
		      struct ent_bytes bytes,
		      const uint8_t signature[SIGN_BYTES], struct ent_error *err)
{
	EVP_PKEY *public_key = NULL;
	EVP_MD_CTX *context = NULL;
	OSSL_LIB_CTX *with = hash_library(err);
	int rc = ENT_OK;

	if (!with)
		return ENT_ENOMEM;
	public_key = EVP_PKEY_new_raw_public_key_ex(with, "ED25519", NULL, key,
						    SIGN_PUBLIC_BYTES);
	context = EVP_MD_CTX_new();
	if (!public_key || !context ||
	    EVP_DigestVerifyInit_ex(context, NULL, NULL, with, NULL, public_key,
				    NULL) != 1)
		rc = mem_error(err);
	else if (EVP_DigestVerify(context, signature, SIGN_BYTES, bytes.data,
				  bytes.len) != 1)
		rc = ENT_EPROOF;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(public_key);
	return rc;
}

/* Where OpenSSL has no memory in the midst of it, it says that the signature does not
 * hold.  So it is asked twice: if there is still none, then it cannot begin. */
int sign_check(const uint8_t key[SIGN_PUBLIC_BYTES], struct ent_bytes bytes,
	       const uint8_t signature[SIGN_BYTES], struct ent_error *err)
{
	int rc = check_once(key, bytes, signature, err);

	return rc == ENT_EPROOF ? check_once(key, bytes, signature, err) : rc;
}

void sign_wipe(void *secret, size_t len)
{
	OPENSSL_cleanse(secret, len);
}
