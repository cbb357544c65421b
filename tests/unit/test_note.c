/*
 * test_note.c - notes of heads: what is written, what is read back, what is refused,
 * and which logs extend them.
 */
#include "logs.h"

#include "trust/key.h"

static const char secret[] =
	"PRIVATE+KEY+PeterNeumann+c74f20a3+"
	"AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz\n";
static struct ent_key *key;
static const struct ent_public *public_key;
static struct ent_head head;
static char *note;
static size_t note_len;

static int make_note(void **state)
{
	(void)state;
	head.size = 54;
	for (size_t i = 0; i < sizeof(head.root.bytes); i++)
		head.root.bytes[i] = (uint8_t)(7 * i);
	if (key_secret_parse(secret, strlen(secret), &key, NULL) < 0)
		return -1;
	public_key = ent_key_public(key);
	return ent_note_write(&head, "example.org/a", key, &note, &note_len, NULL);
}

static int free_note(void **state)
{
	(void)state;
	ent_free(note);
	ent_key_free(key);
	return 0;
}

static void written(void **state)
{
	static const char text[] =
		"example.org/a\n54\nAAcOFRwjKjE4P0ZNVFtiaXB3foWMk5qhqK+2vcTL0tk=\n";
	static const char line[] = "\n\xe2\x80\x94 PeterNeumann x08go";
	struct ent_note read;
	char *plain = NULL;
	size_t len = 0;

	(void)state;
	assert_int_equal(ent_note_write(&head, "example.org/a", NULL, &plain,
					&len, NULL), ENT_OK);
	assert_string_equal(plain, text);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(note, text, len);
	assert_memory_equal(note + len, line, strlen(line));
	assert_int_equal(strlen(note), note_len);

	assert_int_equal(ent_note_read(plain, len, NULL, &read, NULL), ENT_OK);
	assert_int_equal(read.head.size, 54);
	assert_memory_equal(&read.head, &head, sizeof(head));
	assert_int_equal(read.signatures, 0);
	assert_false(read.is_signed);
	ent_free(plain);
}

static void origins(void **state)
{
	static const char *const bad[] = { "", "a\nb", "\xff", "a\tb" };
	struct ent_note read;
	char *text = NULL;
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(ent_note_write(&head, bad[i], NULL, &text, &len,
						NULL), ENT_EINPUT);
	assert_null(text);
	assert_int_equal(ent_note_write(&head, NULL, key, &text, &len, NULL),
			 ENT_OK);
	assert_int_equal(ent_note_read(text, len, NULL, &read, NULL), ENT_OK);
	assert_string_equal(read.origin, "PeterNeumann");
	ent_free(text);
	assert_int_equal(ent_note_write(&head, NULL, NULL, &text, &len, NULL),
			 ENT_OK);
	assert_memory_equal(text, "entente\n", 8);
	ent_free(text);
}

static void signatures(void **state)
{
	struct ent_public other = *public_key;
	struct ent_note read;
	struct ent_error err;

	(void)state;
	assert_int_equal(ent_note_read(note, note_len, public_key, &read, &err),
			 ENT_OK);
	assert_true(read.is_signed);
	assert_int_equal(read.signatures, 1);
	assert_string_equal(read.origin, "example.org/a");
	assert_int_equal(ent_note_read(note, note_len, NULL, &read, &err), ENT_OK);
	assert_false(read.is_signed);
	assert_int_equal(read.signatures, 1);

	/* A key of that name and id that is another: it must hold, and does not. */
	other.bytes[0] ^= 1;
	check_failure(ent_note_read(note, note_len, &other, &read, &err),
		      ENT_EPROOF, &err, "the signature of PeterNeumann does not hold");
	other.id[0] ^= 1;
	check_failure(ent_note_read(note, note_len, &other, &read, &err),
		      ENT_EPROOF, &err,
		      "the note has no signature of PeterNeumann (c64f20a3)");
	check_failure(ent_note_read("o\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
				    49, public_key, &read, &err), ENT_EPROOF, &err,
		      "the note has no signature of PeterNeumann (c74f20a3)");
}

/* Lines of others stand beside ours, and lines of text that we do not know above. */
static void what_others_add(void **state)
{
	char text[4096];
	struct ent_note read;
	struct ent_error err;
	int len = snprintf(text, sizeof(text),
			   "%s\xe2\x80\x94 other AAAAAAAA\n"
			   "\xe2\x80\x94 PeterNeumann %s\n", note,
			   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
			   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

	(void)state;
	assert_int_equal(ent_note_read(text, (size_t)len, public_key, &read, &err),
			 ENT_OK);
	assert_int_equal(read.signatures, 3);
	assert_true(read.is_signed);

	len = snprintf(text, sizeof(text), "%.*s%s", (int)note_len, note,
		       strstr(note, "\xe2\x80\x94"));
	assert_int_equal(ent_note_read(text, (size_t)len, public_key, &read, &err),
			 ENT_OK);
	for (int i = 0; i < 64; i++)
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				"\xe2\x80\x94 o AAAA\n");
	check_failure(ent_note_read(text, (size_t)len, public_key, &read, &err),
		      ENT_EINPUT, &err,
		      "it is no note of a head: it has more than 64 signatures");

	len = snprintf(text, sizeof(text), "o\n7\n%.44s\nmore\n\n%s",
		       strchr(strchr(note, '\n') + 1, '\n') + 1,
		       strstr(note, "\xe2\x80\x94"));
	assert_int_equal(ent_note_read(text, (size_t)len, NULL, &read, &err),
			 ENT_OK);
	assert_int_equal(read.head.size, 7);
}

/* Every bit of it another, every end, every byte twice: none is taken. */
static void every_mutation_is_refused(void **state)
{
	char *text = malloc(note_len + 1);
	struct ent_note read = { .signatures = 77 };
	int rc;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < 8 * note_len; i++) {
		memcpy(text, note, note_len);
		text[i / 8] = (char)(text[i / 8] ^ 1 << i % 8);
		rc = ent_note_read(text, note_len, public_key, &read, NULL);
		assert_true(rc == ENT_EINPUT || rc == ENT_EPROOF);
	}
	for (size_t cut = 0; cut < note_len; cut++) {
		rc = ent_note_read(note, cut, public_key, &read, NULL);
		assert_true(rc == ENT_EINPUT || rc == ENT_EPROOF);
	}
	for (size_t at = 0; at < note_len; at++) {
		memcpy(text, note, at + 1);
		memcpy(text + at + 1, note + at, note_len - at);
		rc = ent_note_read(text, note_len + 1, public_key, &read, NULL);
		assert_true(rc == ENT_EINPUT || rc == ENT_EPROOF);
	}
	assert_int_equal(read.signatures, 77);
	free(text);
}

#define ROOT "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
#define SIGNED "\n\xe2\x80\x94 o AAAA\n"

static void other_forms(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "its last line has no end" },
		{ "o\n7\n" ROOT, "its last line has no end" },
		{ "o\n7\n", "it has fewer than three lines" },
		{ "\n7\n" ROOT "\n", "its first line has no or too much text" },
		{ "o\n\n" ROOT "\n", "it has fewer than three lines" },
		{ "o\n07\n" ROOT "\n", "its second line is no number of events" },
		{ "o\n-7\n" ROOT "\n", "its second line is no number of events" },
		{ "o\n 7\n" ROOT "\n", "its second line is no number of events" },
		{ "o\n1000000000000000000\n" ROOT "\n",
		  "its second line is no number of events" },
		{ "o\n7\nAAAA\n", "its third line is no root in base64" },
		{ "o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n",
		  "its third line is no root in base64" }, /* 31 bytes */
		{ "o\n7\n" ROOT "\r\n", "it has a control character" },
		{ "\xff\n7\n" ROOT "\n", "it is no UTF-8" },
		{ "o\n7\n" ROOT "\n\n", "nothing follows its empty line" },
		{ "o\n7\n" ROOT "\n\nx\n" SIGNED, "there is an empty line in its text" },
		{ "o\n7\n" ROOT "\n\n- o AAAA\n",
		  "a line of a signature has another form" },
		{ "o\n7\n" ROOT "\n\n\xe2\x80\x94 o\n",
		  "a line of a signature has another form" },
		{ "o\n7\n" ROOT "\n\n\xe2\x80\x94  AAAA\n",
		  "a line of a signature has another form" },
		{ "o\n7\n" ROOT "\n\n\xe2\x80\x94 o A A\n",
		  "a line of a signature has another form" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ent_error err = { .msg = "" };
		struct ent_note read;
		char msg[128];

		snprintf(msg, sizeof(msg), "it is no note of a head: %s",
			 rows[i].why);
		check_failure(ent_note_read(rows[i].text, strlen(rows[i].text),
					    NULL, &read, &err),
			      ENT_EINPUT, &err, msg);
	}
}

static void a_long_one_is_refused(void **state)
{
	char *text = malloc(ENT_NOTE_BYTES_MAX + 1);
	struct ent_note read;

	(void)state;
	assert_non_null(text);
	memset(text, 'a', ENT_NOTE_BYTES_MAX + 1);
	text[ENT_NOTE_BYTES_MAX] = '\n';
	assert_int_equal(ent_note_read(text, ENT_NOTE_BYTES_MAX + 1, NULL, &read,
				       NULL), ENT_EINPUT);
	free(text);
}

static void minisign_form(void **state)
{
	char *text = NULL;
	size_t len = 0;

	(void)state;
	assert_int_equal(ent_public_minisign(public_key, &text, &len, NULL),
			 ENT_OK);
	assert_int_equal(len, strlen(text));
	assert_non_null(strstr(text, "\nRWTHTyCj"));
	ent_free(text);
	assert_int_equal(ent_minisign(key, TEXT_BYTES("file"), "a comment", &text,
				      &len, NULL), ENT_OK);
	assert_non_null(strstr(text, "\nRUTHTyCj"));
	assert_non_null(strstr(text, "\ntrusted comment: a comment\n"));
	ent_free(text);
	assert_int_equal(ent_minisign(key, TEXT_BYTES("file"), "a\nb", &text, &len,
				      NULL), ENT_EINPUT);
}

/* ---- logs ---------------------------------------------------------------- */

static const char *const three[] = { "'type':'x.a','date':'2001'",
				     "'type':'x.b','date':'2002'",
				     "'type':'x.c','date':'2003'", NULL };

static struct ent_head head_now(void)
{
	struct ent_head now;

	assert_int_equal(ent_log_head(logs_log, &now.size, &now.root, NULL),
			 ENT_OK);
	return now;
}

static void a_log_extends_all_that_it_was(void **state)
{
	struct ent_head was[40];

	(void)state;
	for (size_t i = 0; i < COUNT(was); i++) {
		was[i] = head_now();
		logs_append_at(1000, three);
		for (size_t k = 0; k <= i; k++)
			assert_int_equal(ent_head_extends(logs_log, &was[k],
							  NULL, NULL), ENT_OK);
	}
	for (size_t i = 0; i < COUNT(was); i++)
		for (size_t k = 0; k < COUNT(was); k++)
			assert_int_equal(ent_head_extends(logs_log, &was[i],
							  &was[k], NULL),
					 i <= k ? ENT_OK : ENT_EPROOF);
}

static void what_does_not_extend(void **state)
{
	struct ent_head was, now, other;
	struct ent_error err;

	(void)state;
	logs_append_at(1000, three);
	was = head_now();
	logs_append_at(1000, three);
	now = head_now();

	other = was;
	other.root.bytes[31] ^= 1;
	check_failure(ent_head_extends(logs_log, &other, NULL, &err), ENT_EPROOF,
		      &err, "the first 3 of 6 events are not those of the older head");
	other = now;
	other.size = 7;
	check_failure(ent_head_extends(logs_log, &other, NULL, &err), ENT_EPROOF,
		      &err, "the log has 6 events, and had 7: events were taken "
			    "away, or it is an older copy");
	check_failure(ent_head_extends(logs_log, &was, &other, &err), ENT_EINPUT,
		      &err, "the log has 6 events, not 7");
	other = now;
	other.root.bytes[0] ^= 1;
	assert_int_equal(ent_head_extends(logs_log, &was, &other, NULL),
			 ENT_EPROOF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written),
		cmocka_unit_test(origins),
		cmocka_unit_test(signatures),
		cmocka_unit_test(what_others_add),
		cmocka_unit_test(every_mutation_is_refused),
		cmocka_unit_test(other_forms),
		cmocka_unit_test(a_long_one_is_refused),
		cmocka_unit_test(minisign_form),
		LOG_TEST(a_log_extends_all_that_it_was),
		LOG_TEST(what_does_not_extend),
	};

	return cmocka_run_group_tests(tests, make_note, free_note);
}
