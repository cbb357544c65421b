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

/* Does it know a signature that holds?  The first one of RFC 8032, of nothing. */
static int check_known(struct ent_error *err)
{
	static const uint8_t key[SIGN_PUBLIC_BYTES] = {
		0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b,
		0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3,
		0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07,
		0x51, 0x1a
	};
	static const uint8_t signature[SIGN_BYTES] = {
		0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72, 0x90, 0x86,
		0xe2, 0xcc, 0x80, 0x6e, 0x82, 0x8a, 0x84, 0x87, 0x7f, 0x1e,
		0xb8, 0xe5, 0xd9, 0x74, 0xd8, 0x73, 0xe0, 0x65, 0x22, 0x49,
		0x01, 0x55, 0x5f, 0xb8, 0x82, 0x15, 0x90, 0xa3, 0x3b, 0xac,
		0xc6, 0x1e, 0x39, 0x70, 0x1c, 0xf9, 0xb4, 0x6b, 0xd2, 0x5b,
		0xf5, 0xf0, 0x59, 0x5b, 0xbe, 0x24, 0x65, 0x51, 0x41, 0x43,
		0x8e, 0x7a, 0x10, 0x0b
	};
	int rc = check_once(key, (struct ent_bytes){ "", 0 }, signature, err);

	return rc == ENT_EPROOF ? mem_error(err) : rc;
}

/* Where there was no memory in the midst of it, and ever after where that was while
 * OpenSSL loaded something, it says that the signature does not hold.  So what does
 * not hold is looked at again, behind one that does. */
int sign_check(const uint8_t key[SIGN_PUBLIC_BYTES], struct ent_bytes bytes,
	       const uint8_t signature[SIGN_BYTES], struct ent_error *err)
{
	int rc = check_once(key, bytes, signature, err);

	if (rc != ENT_EPROOF)
		return rc;
	rc = check_known(err);
	return rc == ENT_OK ? check_once(key, bytes, signature, err) : rc;
}

void sign_wipe(void *secret, size_t len)
{
	OPENSSL_cleanse(secret, len);
}
