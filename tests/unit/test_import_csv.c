/*
 * test_import_csv.c - tables as events: rows, headers, spells that are merged and
 * grouped, and rows that cannot be used.
 */
#include "imports.h"

#define SIMPLE "event member.joined\n\talliance {al}\n\tactor {who}\n\tdate {day}\n" \
	       "\tsource.publisher P\n"
#define JOINED(al, who, day)                                                  \
	"{'actor':'" who "','alliance':'" al "','date':'" day "','source':{"  \
	"'publisher':'P'},'type':'member.joined'}\n"

static void tables(void **state)
{
	(void)state;
	check_csv(SIMPLE, "al,who,day\nA,ARM,2024\nA,BLR,2024-02-01\n",
		  JOINED("A", "ARM", "2024") JOINED("A", "BLR", "2024-02-01"));
	assert_int_equal(imports_done.rows, 2);
	assert_int_equal(imports_done.events, 2);

	check_csv(SIMPLE, "x,day,who,al\n,2024,ARM,A\n", JOINED("A", "ARM", "2024"));
	check_csv(SIMPLE, "al,who,day\r\nA,ARM,2024\r\n",
		  JOINED("A", "ARM", "2024"));
	check_csv(SIMPLE, "\xEF\xBB\xBF" "al,who,day\nA,ARM,2024",
		  JOINED("A", "ARM", "2024"));
	check_csv("delimiter semicolon\n" SIMPLE, "al;who;day\nA;ARM;2024\n",
		  JOINED("A", "ARM", "2024"));
	check_csv("delimiter tab\n" SIMPLE, "al\twho\tday\nA\t ARM\t2024\n",
		  JOINED("A", "ARM", "2024"));
	check_csv("skip 2\n" SIMPLE, "made by \"us\n\nal,who,day\nA,ARM,2024\n",
		  JOINED("A", "ARM", "2024"));
	check_csv("columns al who day\n" SIMPLE, "A,ARM,2024\n",
		  JOINED("A", "ARM", "2024"));
}

static void nothing_to_import(void **state)
{
	(void)state;
	check_csv(SIMPLE, "al,who,day\n", "");
	check_csv(SIMPLE, "al,who,day\n,,\n\n", "");
	assert_int_equal(imports_done.rows, 0);
	check_csv("columns al who day\n" SIMPLE, "", "");
	check_no_csv(SIMPLE, "", "t: the table has no line that names its columns");
	check_no_csv("skip 3\n" SIMPLE, "a\n", "t: the table has no line that names "
					       "its columns");
}

static void headers(void **state)
{
	(void)state;
	check_no_csv(SIMPLE, "al,whom,day\n", "t:1: the table has no column \"who\", "
		     "which line 3 of the map names; is it \"whom\"?");
	check_no_csv(SIMPLE, "al,who,day,who\nA,ARM,2024,BLR\n",
		     "t:1: the table has 2 columns of the name \"who\"");
	check_no_csv("skip 1\n" SIMPLE, "x\n\"al,who,day\n", "t:2: a quote is never "
		     "closed");
	/* Two that the map does not name are no harm. */
	check_csv(SIMPLE, "al,who,day,x,x\nA,ARM,2024,,\n",
		  JOINED("A", "ARM", "2024"));
	check_no_csv(SIMPLE, "al,w\"ho,day\n", "t:1: a quote inside of a field: a "
		     "field with quotes is quoted, and they are doubled");
}

static void bad_rows(void **state)
{
	static const struct {
		const char *row, *why;
	} rows[] = {
		{ "A,ARM\n", "t:2:0! 2 fields, where the table has 3 columns\n" },
		{ "A,ARM,2024,\n", "t:2:0! 4 fields, where the table has 3 "
				   "columns\n" },
		{ "A,arm,2024\n", "t:2:2! actor 'arm' is no code; it is 2 to 32 of "
				  "A-Z, 0-9 and -, a letter first, as ARM\n" },
		{ "A,ARM,20x4\n", "t:2:3! date: '20x4' is not a date; write "
				  "2024-02-23, 2024-02 or 2024 (EDTF)\n" },
		{ ",ARM,2024\n", "t:2:0! member.joined needs alliance\n" },
		{ "A,\"ARM,2024\n", "t:2:2! a quote is never closed\n" },
		{ "A,A\xFFM,2024\n", "t:2:2! not UTF-8 (a table in another encoding "
				     "is to be converted first)\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char table[200];
		struct ent_error err = { 0 };

		snprintf(table, sizeof(table), "al,who,day\n%s", rows[i].row);
		assert_int_equal(imports_csv(SIMPLE, table, &err), ENT_OK);
		assert_int_equal(imports_done.bad, 1);
		assert_int_equal(imports_done.events, 0);
		assert_string_equal(imports_out, rows[i].why);
	}
}

/* Good rows before and behind are read; of a row with one bad event none is. */
static void others_go_on(void **state)
{
	(void)state;
	check_csv(SIMPLE "event member.withdrew when out\n\talliance {al}\n"
		  "\tactor {who}\n\tdate {out}\n\tsource.publisher P\n",
		  "al,who,day,out\nA,ARM,2024,\nA,BLR,2024,never\nA,KAZ,2024,\n",
		  JOINED("A", "ARM", "2024")
		  "t:3:4! date: 'never' is not a date; write 2024-02-23, 2024-02 or "
		  "2024 (EDTF)\n"
		  JOINED("A", "KAZ", "2024"));
	assert_int_equal(imports_done.rows, 3);
	assert_int_equal(imports_done.events, 2);
	assert_int_equal(imports_done.bad, 1);
}

static void who_leaves_joined_before(void **state)
{
	static const struct {
		const char *row, *why;
	} rows[] = {
		{ "A,ARM,1963-02,1960\n", "t:2:4! leaves 1960 before it joins "
					  "1963-02\n" },
		{ "A,ARM,1963-02-03,1963-02\n", NULL },
		{ "A,ARM,1963-02,1963\n", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char table[200];
		struct ent_error err = { 0 };

		snprintf(table, sizeof(table), "al,who,day,out\n%s", rows[i].row);
		assert_int_equal(imports_csv(SIMPLE "event member.expelled\n"
					     "\talliance {al}\n\tactor {who}\n"
					     "\tdate {out}\n\tsource.publisher P\n",
					     table, &err), ENT_OK);
		assert_int_equal(imports_done.events, rows[i].why ? 0 : 2);
		if (rows[i].why)
			assert_string_equal(imports_out, rows[i].why);
	}
}

static void text_is_only_text(void **state)
{
	(void)state;
	check_csv("event x.e\n\tdate 2024\n\tsource.title {a}\n",
		  "a\n=1+1\n\"=HYPERLINK(\"\"x\"\")\"\n",
		  "{'date':'2024','source':{'title':'=1+1'},'type':'x.e'}\n"
		  "{'date':'2024','source':{'title':'=HYPERLINK(\\'x\\')'},"
		  "'type':'x.e'}\n");
	/* What would move a cursor is refused, what turns text is escaped. */
	check_csv("event x.e\n\tdate 2024\n\tsource.title {a}\n",
		  "a\nx\x1B[2J\nx\xE2\x80\xAEy\n",
		  "t:2:1! source.title has the control character U+001B at "
		  "character 2\n"
		  "{'date':'2024','source':{'title':'x\\u202ey'},'type':'x.e'}\n");
}

static void too_large(void **state)
{
	char *table = malloc(80000);
	struct ent_error err = { 0 };

	(void)state;
	assert_non_null(table);
	memset(table, 'x', 79999);
	table[79999] = '\0';
	memcpy(table, "a\n", 2);
	assert_int_equal(imports_csv("event x.e\n\tdate 2024\n\tsource.title T\n"
				     "\tdata.v {a}\n", table, &err), ENT_OK);
	assert_int_equal(imports_done.bad, 1);
	assert_non_null(strstr(imports_out, "t:2:0! "));
	assert_non_null(strstr(imports_out, "at most 65536"));
	free(table);
}

static void fields_for_every_event(void **state)
{
	(void)state;
	check_csv("every event\n\tdate {a}\n\tsource.title T\n\tsource.author A\n"
		  "event x.one\nevent x.two\n\tdate 1999\n\tsource.author {b}\n",
		  "a,b\n2024,B\n",
		  "{'date':'2024','source':{'author':'A','title':'T'},"
		  "'type':'x.one'}\n"
		  "{'date':'1999','source':{'author':'B','title':'T'},"
		  "'type':'x.two'}\n");
}

/* ---- spells ------------------------------------------------------------ */

#define SPELLS                                                               \
	"let in = {from}\nlet out = {to}\nspell in out\nmerge al who\n"      \
	"group whole by al\n"                                                \
	"every event\n\talliance {al}\n\tsource.title T\n"                   \
	"event alliance.founded once per whole\n\tdate {whole.from}\n"       \
	"event member.joined\n\tactor {who}\n\tdate {in}\n"                  \
	"event member.withdrew when out and out != whole.to\n"               \
	"\tactor {who}\n\tdate {out}\n"                                      \
	"event alliance.dissolved once per whole when whole.to\n"            \
	"\tdate {whole.to}\n"

/* Shorter: "A founded 2001", "A joined ARM 2001". */
static void check_spells(const char *rows, const char *expected)
{
	char table[1000], out[2000] = "", al[33], who[33], date[33], type[33];
	struct ent_error err = { 0 };

	snprintf(table, sizeof(table), "al,who,from,to\n%s", rows);
	if (imports_csv(SPELLS, table, &err) < 0)
		fail_msg("%s", err.msg);
	for (char *line = strtok(imports_out, "\n"); line;
	     line = strtok(NULL, "\n")) {
		size_t at = strlen(out);

		if (sscanf(line, "{'actor':'%32[^']','alliance':'%32[^']','date':"
			   "'%32[^']','source':{'title':'T'},'type':'member.%32[^']",
			   who, al, date, type) == 4)
			snprintf(out + at, sizeof(out) - at, "%s %s %s %s\n", al,
				 type, who, date);
		else if (sscanf(line, "{'alliance':'%32[^']','date':'%32[^']',"
				"'source':{'title':'T'},'type':'alliance.%32[^']",
				al, date, type) == 3)
			snprintf(out + at, sizeof(out) - at, "%s %s %s\n", al, type,
				 date);
		else
			snprintf(out + at, sizeof(out) - at, "%s\n", line);
	}
	assert_string_equal(out, expected);
}

static void spells(void **state)
{
	(void)state;
	/* Phases that touch, overlap, lie within, or come in another order. */
	check_spells("A,ARM,2001-01-01,2002-05-05\nA,ARM,2002-05-05,\n",
		     "A founded 2001-01-01\nA joined ARM 2001-01-01\n");
	check_spells("A,ARM,2001,2003\nA,ARM,2002,2004\nA,ARM,2001-05,2001-06\n",
		     "A founded 2001\nA joined ARM 2001\nA dissolved 2004\n");
	check_spells("A,ARM,2002,\nA,ARM,2001,2002\n",
		     "A founded 2001\nA joined ARM 2001\n");
	/* A gap: a second joining.  Somebody else was in meanwhile. */
	check_spells("A,ARM,2001,2002\nA,BLR,2001,\nA,ARM,2005,\n",
		     "A founded 2001\nA joined ARM 2001\nA withdrew ARM 2002\n"
		     "A joined BLR 2001\nA joined ARM 2005\n");
	/* Nobody was: the alliance ends, and begins again. */
	check_spells("A,ARM,2001,2002\nA,ARM,2005,2006\n",
		     "A founded 2001\nA joined ARM 2001\nA dissolved 2002\n"
		     "A founded 2005\nA joined ARM 2005\nA dissolved 2006\n");
	/* Who is in to the end does not withdraw; alliances are apart. */
	check_spells("A,ARM,2001,2009\nA,BLR,2001,2009\nA,KAZ,2003,2008\n"
		     "B,ARM,2009,\n",
		     "A founded 2001\nA joined ARM 2001\nA dissolved 2009\n"
		     "A joined BLR 2001\nA joined KAZ 2003\nA withdrew KAZ 2008\n"
		     "B founded 2009\nB joined ARM 2009\n");
}

static void bad_spells(void **state)
{
	(void)state;
	check_spells("A,ARM,2001,2000\nA,BLR,,2000\nA,KAZ,x,\nA,KGZ,2001,y\n"
		     "A,TJK,2001,\n",
		     "t:2:4! it ends (2000) before it begins (2001)\n"
		     "t:3:3! no day on which it began\n"
		     "t:4:3! 'x' is not a date; write 2024-02-23, 2024-02 or 2024 "
		     "(EDTF)\n"
		     "t:5:4! 'y' is not a date; write 2024-02-23, 2024-02 or 2024 "
		     "(EDTF)\n"
		     "A founded 2001\nA joined TJK 2001\n");
}

/* A key that cannot be made leaves out its record alone. */
static void bad_keys(void **state)
{
	struct ent_error err = { 0 };

	(void)state;
	assert_int_equal(imports_csv("let in = {from}\nlet out = {to}\n"
				     "spell in out\nmerge cow(who)\n"
				     "event member.joined\n\talliance A\n"
				     "\tactor {cow(who)}\n\tdate {in}\n"
				     "\tsource.publisher P\n",
				     "who,from,to\n2,2001,2002\nx,2001,\n"
				     "2,2002,\n", &err), ENT_OK);
	assert_string_equal(imports_out,
			    "t:3:1! 'x' is not a number of the Correlates of War "
			    "project\n" JOINED("A", "USA", "2001"));
}

/* ---- the caller -------------------------------------------------------- */

static void take_may_stop(void **state)
{
	static const char table[] = "al,who,day\nA,ARM,2024\nA,BLR,2024\n";
	struct ent_error err = { 0 };

	(void)state;
	imports_limit = 1;
	assert_int_equal(imports_csv(SIMPLE, table, &err), ENT_OK);
	imports_limit = 0;
	assert_string_equal(imports_out, JOINED("A", "ARM", "2024"));
}

static int refuse(const char *json, size_t len, const char *label, void *arg,
		  struct ent_error *err)
{
	(void)json;
	(void)len;
	(void)arg;
	return ent_error_set(err, ENT_EINPUT, "not this: %s", label);
}

static void take_may_fail(void **state)
{
	const struct ent_import to = { .take = refuse };
	struct ent_imported done = { .rows = 77 };
	struct ent_error err = { 0 };
	int fd = file_of("al,who,day\nA,ARM,2024\n", 22);

	(void)state;
	check_failure(ent_import_csv(fd, "t", SIMPLE, strlen(SIMPLE), &to, &done,
				     &err),
		      ENT_EINPUT, &err, "not this: t:2");
	assert_int_equal(done.rows, 77);
	close(fd);
}

static void unreadable(void **state)
{
	unsigned taken;
	struct ent_import to = imports_to(&taken);
	struct ent_error err = { 0 };

	(void)state;
	check_failure(ent_import_csv(-1, "t", SIMPLE, strlen(SIMPLE), &to,
				     &imports_done, &err),
		      ENT_EIO, &err, "read: Bad file descriptor");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(nothing_to_import),
		cmocka_unit_test(headers),
		cmocka_unit_test(bad_rows),
		cmocka_unit_test(others_go_on),
		cmocka_unit_test(who_leaves_joined_before),
		cmocka_unit_test(text_is_only_text),
		cmocka_unit_test(too_large),
		cmocka_unit_test(fields_for_every_event),
		cmocka_unit_test(spells),
		cmocka_unit_test(bad_spells),
		cmocka_unit_test(bad_keys),
		cmocka_unit_test(take_may_stop),
		cmocka_unit_test(take_may_fail),
		cmocka_unit_test(unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
