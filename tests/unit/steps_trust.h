/*
 * steps_trust.h - of the calls of steps_ask.h those with keys, notes and proofs.
 */
#ifndef TESTS_STEPS_TRUST_H
#define TESTS_STEPS_TRUST_H

#include "steps.h"

STEP_TEXT(prove, ent_prove(logs_log, 9, NULL, steps.key, &text, &len, err))
STEP_TEXT(prove_redacted, ent_prove(logs_log, 5, NULL, NULL, &text, &len, err))
STEP_TEXT(note, ent_note_write(&steps.old, NULL, steps.key, &text, &len, err))
STEP_TEXT(minisign, ent_minisign(steps.key, TEXT_BYTES("file"), "c", &text, &len, err))
STEP_TEXT(public_minisign,
	  ent_public_minisign(ent_key_public(steps.key), &text, &len, err))

static int step_proof_check(struct ent_error *err)
{
	struct ent_proven proven = { .event = UNTOUCHED };
	int rc = ent_proof_check(steps.proof, steps.proof_len,
				 ent_key_public(steps.key), &proven, err);

	if (rc != ENT_OK)
		assert_ptr_equal(proven.event, UNTOUCHED);
	else
		ent_event_free(proven.event);
	return rc;
}

static int step_note_read(struct ent_error *err)
{
	struct ent_note note = { .signatures = 77 };
	int rc = ent_note_read(steps.note, steps.note_len, ent_key_public(steps.key),
			       &note, err);

	assert_int_equal(note.signatures, rc != ENT_OK ? 77 : 1);
	return rc;
}

static int step_extends(struct ent_error *err)
{
	struct ent_head now = { 0 };
	int rc = ent_log_head(logs_log, &now.size, &now.root, err);

	return rc < 0 ? rc : ent_head_extends(logs_log, &steps.old, &now, err);
}

static int step_consistency(struct ent_error *err)
{
	struct ent_hash hashes[ENT_PROOF_HASHES_MAX];
	struct ent_head now = { 0 };
	size_t count = 77;
	int rc = ent_consistency(logs_log, 100, 200, hashes, &count, err);

	if (rc < 0) {
		assert_int_equal(count, 77);
		return rc;
	}
	now.size = 200;
	rc = ent_log_root(logs_log, 200, &now.root, err);
	return rc < 0 ? rc : ent_consistency_check(&steps.old, &now, hashes, count,
						    err);
}

static int step_key(struct ent_error *err)
{
	struct ent_key *key = UNTOUCHED, *loaded = UNTOUCHED;
	char path[128];
	int rc = ent_key_new("example.org/b", &key, err);

	if (rc != ENT_OK) {
		assert_ptr_equal(key, UNTOUCHED);
		return rc;
	}
	snprintf(path, sizeof(path), "%s/key", logs_folder);
	unlink(path);
	rc = ent_key_save(key, path, err);
	if (rc >= 0)
		rc = ent_key_load(path, &loaded, err);
	if (rc != ENT_OK)
		assert_ptr_equal(loaded, UNTOUCHED);
	else
		ent_key_free(loaded);
	ent_key_free(key);
	return rc;
}

static int step_public(struct ent_error *err)
{
	char text[ENT_PUBLIC_TEXT_SIZE];
	struct ent_public key = { .name = "untouched" };
	int rc;

	ent_public_text(ent_key_public(steps.key), text);
	rc = ent_public_parse(text, strlen(text), &key, err);
	assert_string_equal(key.name, rc < 0 ? "untouched" : "example.org/a");
	return rc;
}

#endif
