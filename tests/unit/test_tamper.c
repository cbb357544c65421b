/*
 * test_tamper.c - what somebody can do to a log who can write all of its files, each
 * at a hundred places: what `verify` finds by itself, what a noted head finds, and
 * what neither can find, so that nobody claims it.
 */
#include "logs.h"

#include <fcntl.h>
#include <lmdb.h>

#include "ground/be.h"
#include "log/log.h"
#include "log/record.h"

enum {
	GROUPS = 8,
	GROUP = 6,
	EVENTS = GROUPS * GROUP,
	UNDER_NODES = 32 / GROUP, /* groups whose leaves stored nodes are above */
	NOTED = 36,
	PLACES = 100
};

/* ---- a log, and what is known of it elsewhere ------------------------------- */

static struct ent_key *key;
static char base[64];        /* the folder with the log as it was */
static char *note;           /* of its first NOTED events */
static size_t note_len;
static struct ent_head whole; /* of all of them */

/* Numbers that are the same each time. */
static uint64_t dice_state;

static unsigned dice(unsigned below)
{
	dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice_state >> 33) % below;
}

/* Events 1 to count, as they were; but for event changed, which tells otherwise. */
static void build(unsigned count, unsigned changed)
{
	for (unsigned group = 0; group * GROUP < count; group++) {
		char fields[GROUP][96];
		const char *events[GROUP + 1] = { NULL };

		for (unsigned i = 0; i < GROUP; i++) {
			unsigned seq = group * GROUP + i + 1;

			snprintf(fields[i], sizeof(fields[i]),
				 "'type':'x.t','date':'2001','id':'#%u','object':'%s'",
				 seq, seq == changed ? "otherwise" : "as it was");
			events[i] = seq <= count ? fields[i] : NULL;
		}
		logs_append_at(1000 * (group + 1), events);
	}
}

static void open_log(bool create)
{
	struct ent_log_options options = { .create = create };

	assert_int_equal(ent_log_open(logs_dir, &options, &logs_log, NULL), ENT_OK);
}

static void close_log(void)
{
	ent_log_close(logs_log);
	logs_log = NULL;
}

static struct ent_head head_now(void)
{
	struct ent_head now;

	assert_int_equal(ent_log_head(logs_log, &now.size, &now.root, NULL), ENT_OK);
	return now;
}

static int make_base(void **state)
{
	struct ent_head noted;

	(void)state;
	strcpy(base, "/tmp/entente-test-XXXXXX");
	if (!mkdtemp(base) || ent_key_new("example.org/a", &key, NULL) < 0)
		return -1;
	snprintf(logs_dir, sizeof(logs_dir), "%s/log", base);
	open_log(true);
	build(EVENTS, 0);
	whole = head_now();
	noted.size = NOTED;
	assert_int_equal(ent_log_root(logs_log, NOTED, &noted.root, NULL), ENT_OK);
	close_log();
	return ent_note_write(&noted, NULL, key, &note, &note_len, NULL);
}

static int remove_base(void **state)
{
	(void)state;
	ent_free(note);
	ent_key_free(key);
	return nftw(base, logs_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- hands in the files ------------------------------------------------------ */

struct hands {
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi;
	uint8_t key[8], value[65536];
	size_t key_len, len;
};

static void reach_in(struct hands *h, const char *table)
{
	close_log();
	assert_int_equal(mdb_env_create(&h->env), 0);
	mdb_env_set_maxdbs(h->env, 16);
	assert_int_equal(mdb_env_open(h->env, logs_dir, MDB_NOSYNC, 0600), 0);
	assert_int_equal(mdb_txn_begin(h->env, NULL, 0, &h->txn), 0);
	assert_int_equal(mdb_dbi_open(h->txn, table, 0, &h->dbi), 0);
}

static unsigned entries(const struct hands *h)
{
	MDB_stat stat;

	assert_int_equal(mdb_stat(h->txn, h->dbi, &stat), 0);
	return (unsigned)stat.ms_entries;
}

/* A copy of entry number index of the table. */
static void take(struct hands *h, unsigned index)
{
	MDB_cursor *cursor;
	MDB_val k, v;

	assert_int_equal(mdb_cursor_open(h->txn, h->dbi, &cursor), 0);
	assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_FIRST), 0);
	while (index-- > 0)
		assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_NEXT), 0);
	assert_true(k.mv_size <= sizeof(h->key) || k.mv_size == 14);
	h->key_len = k.mv_size < sizeof(h->key) ? k.mv_size : sizeof(h->key);
	memcpy(h->key, k.mv_data, h->key_len);
	assert_true(v.mv_size <= sizeof(h->value));
	memcpy(h->value, v.mv_data, v.mv_size);
	h->len = v.mv_size;
	mdb_cursor_close(cursor);
}

static void put(struct hands *h)
{
	MDB_val k = { h->key_len, h->key }, v = { h->len, h->value };

	assert_int_equal(mdb_put(h->txn, h->dbi, &k, &v, 0), 0);
}

static void drop(struct hands *h)
{
	MDB_val k = { h->key_len, h->key };

	assert_int_equal(mdb_del(h->txn, h->dbi, &k, NULL), 0);
}

static void let_go(struct hands *h)
{
	assert_int_equal(mdb_txn_commit(h->txn), 0);
	mdb_env_close(h->env);
	open_log(false);
}

/* Put the marks of a block in hand right, as its events are now. */
static void fix_marks(struct hands *h)
{
	struct block block;
	struct record record;
	struct ent_hash leaf;

	assert_int_equal(block_read(be64_get(h->key),
				    (struct ent_bytes){ h->value, h->len }, &block,
				    NULL), ENT_OK);
	for (uint32_t i = 0; i < block.count; i++) {
		assert_int_equal(block_get(&block, block.first + i, &record, NULL),
				 ENT_OK);
		assert_int_equal(record_leaf(&record, &leaf, NULL), ENT_OK);
		memcpy(h->value + 12 + 12 * i + 4, leaf.bytes, MARK_BYTES);
	}
}

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

/* The log that is attacked is a copy, in a folder of its own. */
static void copy_base(void)
{
	char from[96], to[112];
	uint8_t piece[65536];
	ssize_t n;
	int in, out;

	assert_int_equal(logs_make_folder(NULL), 0);
	assert_int_equal(mkdir(logs_dir, 0700), 0);
	snprintf(from, sizeof(from), "%s/log/data.mdb", base);
	snprintf(to, sizeof(to), "%s/data.mdb", logs_dir);
	in = open(from, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, piece, sizeof(piece))) > 0)
		assert_int_equal(write(out, piece, (size_t)n), n);
	close(in);
	close(out);
	open_log(false);
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
