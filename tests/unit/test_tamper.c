/*
 * test_tamper.c - what somebody can do to a log who can write all of its files, each
 * at a hundred places: what `verify` finds by itself, what a noted head finds, and
 * what neither can find, so that nobody claims it.
 */
#include "tamper.h"

/* ---- attacks ------------------------------------------------------------------ */

/* A letter of "as it was" in an event of that group. */
static void edit_text(struct hands *h, unsigned group)
{
	uint8_t *at;

	reach_in(h, "events");
	take(h, group);
	at = h->value;
	for (unsigned n = dice(GROUP) + 1; n > 0; n--)
		at = (uint8_t *)memmem(at + 1, h->len - (size_t)(at + 1 - h->value),
				       "as it was", 9);
	at[dice(9)] = 'X';
}

static void edited(struct hands *h)
{
	edit_text(h, dice(GROUPS));
	put(h);
	let_go(h);
}

static void edited_with_its_hash(struct hands *h)
{
	edit_text(h, dice(UNDER_NODES));
	fix_marks(h);
	put(h);
	let_go(h);
}

/* Nothing in the log but its own hash tells what one of the last events was. */
static void last_edited_with_its_hash(struct hands *h)
{
	edit_text(h, NOTED / GROUP + dice(GROUPS - NOTED / GROUP));
	fix_marks(h);
	put(h);
	let_go(h);
}

static void redated(struct hands *h)
{
	reach_in(h, "events");
	take(h, dice(UNDER_NODES));
	be64_put(h->value, be64_get(h->value) + 1 + dice(900));
	fix_marks(h);
	put(h);
	let_go(h);
}

static void deleted(struct hands *h)
{
	reach_in(h, "events");
	take(h, dice(GROUPS));
	drop(h);
	let_go(h);
}

/* Events once more, behind all or in the middle. */
static void inserted(struct hands *h)
{
	reach_in(h, "events");
	take(h, dice(GROUPS));
	be64_put(h->key, be64_get(h->key) + (dice(2) ? EVENTS : 1 + dice(5)));
	fix_marks(h);
	put(h);
	let_go(h);
}

static void reordered(struct hands *h)
{
	static struct hands other;
	unsigned a = dice(GROUPS), b = (a + 1 + dice(GROUPS - 1)) % GROUPS;
	uint8_t number[8];

	reach_in(h, "events");
	take(h, a);
	other = *h;
	take(&other, b);
	memcpy(number, h->key, 8);
	memcpy(h->key, other.key, 8);
	memcpy(other.key, number, 8);
	fix_marks(h);
	fix_marks(&other);
	put(h);
	put(&other);
	let_go(h);
}

static void flip_in(struct hands *h, const char *table)
{
	reach_in(h, table);
	take(h, dice(entries(h)));
	h->value[dice((unsigned)h->len)] ^= (uint8_t)(1u << dice(8));
	put(h);
	let_go(h);
}

static void tree_edited(struct hands *h)
{
	flip_in(h, "tree");
}

static void columns_edited(struct hands *h)
{
	flip_in(h, "columns");
}

/* An id leads nowhere: the index has no values, only keys. */
static void id_lost(struct hands *h)
{
	MDB_cursor *cursor;
	MDB_val k, v;

	reach_in(h, "ids");
	assert_int_equal(mdb_cursor_open(h->txn, h->dbi, &cursor), 0);
	assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_FIRST), 0);
	for (unsigned n = dice(entries(h)); n > 0; n--)
		assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_NEXT), 0);
	assert_int_equal(mdb_cursor_del(cursor, 0), 0);
	mdb_cursor_close(cursor);
	let_go(h);
}

/* All files anew, as the program itself makes them. */
static void rebuild(unsigned count, unsigned changed)
{
	close_log();
	nftw(logs_dir, logs_remove, 16, FTW_DEPTH | FTW_PHYS);
	open_log(true);
	build(count, changed);
}

static void cut_short(struct hands *h)
{
	(void)h;
	rebuild(dice(NOTED), 0);
}

static void all_made_anew(struct hands *h)
{
	(void)h;
	rebuild(EVENTS, 1 + dice(NOTED));
}

static void older_copy_behind_the_note(struct hands *h)
{
	(void)h;
	rebuild(NOTED + dice(EVENTS - NOTED), 0);
}

static void made_anew_behind_the_note(struct hands *h)
{
	(void)h;
	rebuild(EVENTS, NOTED + 1 + dice(EVENTS - NOTED));
}

/* ---- what is found ------------------------------------------------------------- */

/* Is reading every event by itself enough? */
static bool found_by_reading(void)
{
	bool found = false;

	for (uint64_t seq = 1; seq <= EVENTS; seq++) {
		struct ent_event *event = NULL;

		found |= ent_log_get(logs_log, seq, &event, NULL) == ENT_ECORRUPT;
		ent_event_free(event);
	}
	return found;
}

static bool found_by_verify(struct ent_head *now)
{
	struct ent_verified out = { 0 };
	int rc = ent_log_verify(logs_log, NULL, NULL, NULL, &out, NULL);

	assert_true(rc == ENT_OK || rc == ENT_ECORRUPT);
	*now = (struct ent_head){ out.events, out.head };
	return rc != ENT_OK || out.findings > 0;
}

/* As `verify --since` does: what the events give must extend the note. */
static bool found_by_note(const struct ent_head *now)
{
	struct ent_note read;

	assert_int_equal(ent_note_read(note, note_len, ent_key_public(key), &read,
				       NULL), ENT_OK);
	return ent_head_extends(logs_log, &read.head, now, NULL) < 0;
}

static bool found_by_all_of_it(const struct ent_head *now)
{
	return ent_head_extends(logs_log, &whole, now, NULL) < 0;
}

enum { BY_READING = 1, BY_VERIFY = 2, BY_NOTE = 4, BY_LATER_HEAD = 8 };

static unsigned attack_once(void (*attack)(struct hands *h))
{
	static struct hands hands;
	struct ent_head now;
	unsigned found = 0;

	copy_base();
	if (attack)
		attack(&hands);
	if (found_by_reading())
		found |= BY_READING;
	if (found_by_verify(&now))
		found |= BY_VERIFY;
	if (found_by_note(&now))
		found |= BY_NOTE;
	if (found_by_all_of_it(&now))
		found |= BY_LATER_HEAD;
	assert_int_equal(logs_remove_folder(NULL), 0);
	return found;
}

static void nothing_done(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(attack_once(NULL), 0);
}

/* must: what finds it wherever it is done; never: what finds it nowhere, and so must
 * not be said to. */
static const struct attack {
	const char *name;
	void (*fn)(struct hands *h);
	unsigned must, never;
} attacks[] = {
	{ "a byte of an event", edited, BY_READING | BY_VERIFY, 0 },
	{ "an event and its hash", edited_with_its_hash, BY_VERIFY, BY_READING },
	{ "one of the last 31 events and its hash", last_edited_with_its_hash,
	  BY_LATER_HEAD, BY_NOTE | BY_VERIFY | BY_READING },
	{ "a time of recording and the hashes", redated, BY_VERIFY, BY_READING },
	{ "events deleted", deleted, BY_VERIFY, 0 },
	{ "events inserted", inserted, BY_VERIFY, 0 },
	{ "events reordered, with their hashes", reordered, BY_VERIFY, BY_READING },
	{ "a node of the tree", tree_edited, BY_VERIFY, BY_READING },
	{ "an index", columns_edited, BY_VERIFY, BY_READING },
	{ "an id taken out of its index", id_lost, BY_VERIFY, BY_READING },
	{ "the log cut short to before the note", cut_short,
	  BY_NOTE | BY_LATER_HEAD, BY_VERIFY | BY_READING },
	{ "all made anew, with an event changed", all_made_anew,
	  BY_NOTE | BY_LATER_HEAD, BY_VERIFY | BY_READING },
	{ "an older copy, of after the note", older_copy_behind_the_note,
	  BY_LATER_HEAD, BY_NOTE | BY_VERIFY | BY_READING },
	{ "all made anew, with a change behind the note",
	  made_anew_behind_the_note, BY_LATER_HEAD,
	  BY_NOTE | BY_VERIFY | BY_READING },
};

static void what_each_attack_comes_to(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(attacks); i++) {
		dice_state = 1000 * i;
		for (unsigned place = 0; place < PLACES; place++) {
			unsigned found = attack_once(attacks[i].fn);

			if ((found & attacks[i].must) != attacks[i].must ||
			    (found & attacks[i].never) != 0)
				fail_msg("%s, place %u: found by %u",
					 attacks[i].name, place, found);
		}
	}
}

/* ---- what is done to keys, notes and readers --------------------------------------- */

/* Who has the key signs what he likes.  A note of before that tells against it. */
static void the_key_stolen(void **state)
{
	struct ent_note read;
	char *forged = NULL;
	size_t len = 0;

	for (unsigned place = 0; place < PLACES / 10; place++) {
		struct ent_head now;

		assert_int_equal(logs_make_folder(state), 0);
		open_log(true);
		build(EVENTS, 1 + place);
		now = head_now();
		assert_int_equal(ent_note_write(&now, NULL, key, &forged, &len,
						NULL), ENT_OK);
		assert_int_equal(ent_note_read(forged, len, ent_key_public(key),
					       &read, NULL), ENT_OK);
		assert_int_equal(ent_head_extends(logs_log, &read.head, NULL, NULL),
				 ENT_OK);
		assert_true(found_by_note(&now));
		ent_free(forged);
		logs_remove_folder(state);
	}
}

/* Two readers are shown different logs, both of which extend the note: only both
 * heads side by side show it. */
static void two_readers_two_logs(void **state)
{
	for (unsigned place = 0; place < PLACES / 10; place++) {
		struct ent_head now;

		assert_int_equal(logs_make_folder(state), 0);
		open_log(true);
		build(EVENTS, NOTED + 1 + place);
		now = head_now();
		assert_false(found_by_note(&now));
		assert_true(found_by_all_of_it(&now));
		logs_remove_folder(state);
	}
}

/* Another size, root or origin under the same signature; another's signature. */
static void notes_forged(void **state)
{
	struct ent_key *other = NULL;
	struct ent_note read;
	char *text = malloc(note_len), *theirs = NULL;
	size_t len = 0, refused = 0;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < note_len; i++)
		for (int letter = ' '; letter < 0x7f; letter++) {
			memcpy(text, note, note_len);
			if (note[i] == letter)
				continue;
			text[i] = (char)letter;
			assert_true(ent_note_read(text, note_len,
						  ent_key_public(key), &read,
						  NULL) < 0);
			refused++;
		}
	assert_true(refused >= note_len * 94);
	assert_int_equal(ent_key_new("example.org/a", &other, NULL), ENT_OK);
	assert_int_equal(ent_note_write(&whole, NULL, other, &theirs, &len, NULL),
			 ENT_OK);
	assert_int_equal(ent_note_read(theirs, len, ent_key_public(key), &read,
				       NULL), ENT_EPROOF);
	ent_key_free(other);
	ent_free(theirs);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_done),
		cmocka_unit_test(what_each_attack_comes_to),
		cmocka_unit_test(the_key_stolen),
		cmocka_unit_test(two_readers_two_logs),
		cmocka_unit_test(notes_forged),
	};

	return cmocka_run_group_tests(tests, make_base, remove_base);
}
