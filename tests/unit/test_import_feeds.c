/*
 * test_import_feeds.c - GDELT and PLOVER records as candidates.
 */
#include "imports.h"

#include "doors/json.h"
#include "entente/event.h"
#include "import/cameo.h"
#include "values/value.h"

/* The columns of a GDELT row that matter here; the other ones are empty.  NULL is
 * what is usual. */
struct gdelt_row {
	const char *day, *state_1, *group_1, *role_1, *state_2, *group_2, *role_2,
		*root, *code, *sources, *added, *url;
};

static int tab(char *out, size_t at, const char *text, const char *usual)
{
	return sprintf(out + at, "%s	", text ? text : usual);
}

static void write_row(const struct gdelt_row *row, char *out)
{
	size_t at = (size_t)sprintf(out, "881\t%s\t\t\t\t",
				    row->day ? row->day : "20191023");

	for (int actor = 0; actor < 2; actor++) {
		at += (size_t)sprintf(out + at, "C\tN\t");
		at += (size_t)tab(out, at, actor ? row->state_2 : row->state_1,
				  actor ? "RUS" : "TUR");
		at += (size_t)tab(out, at, actor ? row->group_2 : row->group_1,
				  "");
		at += (size_t)sprintf(out + at, "\t\t\t");
		at += (size_t)tab(out, at, actor ? row->role_2 : row->role_1, "");
		at += (size_t)sprintf(out + at, "\t\t");
	}
	at += (size_t)tab(out, at, row->root, "1");
	at += (size_t)tab(out, at, row->code, "042");
	at += (size_t)sprintf(out + at, "\t\t\t1.0\t5\t");
	at += (size_t)tab(out, at, row->sources, "1");
	at += (size_t)sprintf(out + at, "5\t0.5\t");
	for (int column = 35; column < 59; column++)
		at += (size_t)sprintf(out + at, "\t");
	at += (size_t)tab(out, at, row->added, "20191024143000");
	sprintf(out + at, "%s\n", row->url ? row->url :
					  "https://www.Example.org/a");
}

/* What is beside `candidate` must be an event. */
static void check_events(void)
{
	struct arena arena = { 0 };

	for (const char *line = imports_out; *line;) {
		const char *end = strchr(line, '\n');
		size_t len = (size_t)(end - line);
		struct ent_value root, event = value_map();
		struct ent_event *parsed = NULL;
		struct ent_error err = { 0 };
		char *json, *text = arena_text(&arena, line, len);

		for (size_t i = 0; i < len; i++)
			if (text[i] == '\'')
				text[i] = '"';
		line = end + 1;
		if (*text != '{')
			continue;
		assert_int_equal(json_read(text, len, &arena, &root, NULL), ENT_OK);
		assert_non_null(ent_value_get(&root, "candidate"));
		for (size_t i = 0; i < root.len; i++)
			if (strcmp(root.as.members[i].key, "candidate") != 0)
				value_put(&arena, &event, root.as.members[i].key,
					  root.as.members[i].value, NULL);
		assert_int_equal(ent_value_json(&event, ENT_JSON_CANONICAL, &json,
						NULL, NULL), ENT_OK);
		if (ent_event_parse(json, strlen(json), &parsed, &err) < 0)
			fail_msg("%s: %s", json, err.msg);
		assert_string_equal(parsed->modality, "claim");
		ent_event_free(parsed);
		ent_free(json);
	}
	arena_release(&arena);
}

static void import_text(const char *text, bool gdelt)
{
	int fd = file_of(text, strlen(text));
	unsigned taken;
	struct ent_import to = imports_to(&taken);
	struct ent_error err = { 0 };
	int rc = gdelt ? ent_import_gdelt(fd, "g", &to, &imports_done, &err) :
			 ent_import_plover(fd, "p", &to, &imports_done, &err);

	if (rc < 0)
		fail_msg("%s", err.msg);
	check_events();
	close(fd);
}

static void import_row(const struct gdelt_row *row)
{
	char text[2000];

	write_row(row, text);
	import_text(text, true);
}

/* ---- GDELT ------------------------------------------------------------- */

static void a_row(void **state)
{
	const struct gdelt_row row = { .day = NULL };

	(void)state;
	import_row(&row);
	assert_string_equal(imports_out,
		"{'actor':'TUR','attributed_to':'example.org','candidate':{'file':"
		"'g:1','note':'only a pointer: a machine read \\'TUR consults with "
		"RUS\\' (CAMEO 042) on this page; sources: 1, articles: 5. Read it "
		"first','rule':'gdelt-04','score':350},'coder':'GDELT 2.0','data':{"
		"'code':'042','record':'881'},'date':'2019-10-23','modality':"
		"'claim','source':{'published':'2019-10-24','publisher':"
		"'example.org','url':'https://www.Example.org/a'},'target':'RUS',"
		"'type':'meeting.held'}\n");
	assert_int_equal(imports_done.rows, 1);
	assert_int_equal(imports_done.events, 1);
}

static void kept_or_left_out(void **state)
{
	static const struct {
		struct gdelt_row row;
		const char *has; /* NULL: left out */
	} rows[] = {
		{ { .group_2 = "NAT", .state_2 = "EUR" },
		  "'actor':'TUR','alliance':'NATO'" },
		{ { .group_1 = "EEC", .state_1 = "EUR" },
		  "'actor':'EU','alliance':'EU'" },
		{ { .group_1 = "EEC", .state_1 = "EUR" }, "'target':'RUS'" },
		{ { .state_2 = "ROM" }, "'target':'ROU'" },
		{ { .role_1 = "GOV" }, "'actor':'TUR'" },
		{ { .role_1 = "MIL" }, "'actor':'TUR'" },
		{ { .role_1 = "BUS" }, NULL },
		{ { .state_2 = "TUR" }, NULL },
		{ { .state_2 = "" }, NULL },
		{ { .state_2 = "EUR" }, NULL },
		{ { .state_2 = "AFG", .group_2 = "TAL" }, NULL },
		{ { .group_1 = "EEC", .group_2 = "NAT" }, NULL },
		{ { .code = "173" }, NULL },
		{ { .code = "190" }, "'type':'conflict.attacked'" },
		{ { .code = "057" }, "'type':'treaty.signed'" },
		{ { .code = "051" }, "'type':'position.supported'" },
		{ { .code = "1252" }, "'type':'meeting.declined'" },
		{ { .code = "1246" }, "'type':'position.rejected'" },
		{ { .root = "0", .sources = "3" }, "'score':300" },
		{ { .root = "0", .sources = "12" }, "'score':350" },
		{ { .url = "BBC Monitoring" }, "'title':'BBC Monitoring'" },
		{ { .url = "BBC Monitoring" },
		  "'attributed_to':'GDELT 2.0'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		import_row(&rows[i].row);
		assert_int_equal(imports_done.bad, 0);
		assert_int_equal(imports_done.left_out, rows[i].has ? 0 : 1);
		assert_int_equal(imports_done.events, rows[i].has ? 1 : 0);
		if (rows[i].has && !strstr(imports_out, rows[i].has))
			fail_msg("no %s in %s", rows[i].has, imports_out);
	}
}

static void one_for_each_page(void **state)
{
	const struct gdelt_row rows[] = {
		{ .day = NULL }, { .code = "040" }, { .code = "190" },
		{ .state_1 = "RUS", .state_2 = "TUR" }, { .day = NULL },
	};
	char text[5000] = "";

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		write_row(&rows[i], text + strlen(text));
	import_text(text, true);
	assert_int_equal(imports_done.events, 3);
	assert_int_equal(imports_done.left_out, 2);
}

static void bad_rows(void **state)
{
	const struct gdelt_row day = { .day = "2019" };
	const struct gdelt_row no_day = { .day = "20190230" };
	const struct gdelt_row code = { .code = "x" };
	const struct gdelt_row control = { .url = "http://a/\x1b" };

	(void)state;
	import_row(&day);
	assert_string_equal(imports_out, "g:1:2! not a date (YYYYMMDD)\n");
	import_row(&no_day);
	assert_string_equal(imports_out, "g:1:2! 2019-02 has 28 days, not 30\n");
	import_row(&code);
	assert_string_equal(imports_out, "g:1:27! not a CAMEO code\n");
	import_row(&control);
	assert_int_equal(imports_done.bad, 1);
	import_text("1\t2\t3\n", true);
	assert_string_equal(imports_out, "g:1:0! 3 fields; an event of GDELT 2.0 "
			    "has 61, with tabs between\n");
	import_text("", true);
	assert_int_equal(imports_done.rows, 0);
}

static void actions(void **state)
{
	(void)state;
	for (int root = 1; root <= 20; root++) {
		char code[4];

		snprintf(code, sizeof(code), "%02d", root);
		assert_non_null(cameo_action(code));
		assert_string_equal(cameo_action(code)->code, code);
	}
	assert_null(cameo_action("21"));
	assert_null(cameo_action("0"));
	assert_null(cameo_action(""));
	assert_null(plover_action("SING", NULL));
	assert_string_equal(plover_action("aid", NULL)->type, "aid.sent");
	assert_string_equal(plover_action("REJECT", "meet")->type,
			    "meeting.declined");
	assert_string_equal(plover_action("REJECT", "assist")->type,
			    "position.rejected");
}

/* Every group that the lexicon knows as an alliance has a code that it knows. */
static void groups(void **state)
{
	struct lexicon *lexicon = NULL;
	unsigned known = 0;

	(void)state;
	assert_int_equal(lexicon_open(&lexicon, NULL), ENT_OK);
	for (int i = 0; i < 26 * 26 * 26; i++) {
		char group[4] = { (char)('A' + i / 676), (char)('A' + i / 26 % 26),
				  (char)('A' + i % 26), '\0' };
		struct party_code party = cameo_party(lexicon, "", group, "");

		if (!party.code)
			continue;
		assert_true(party.alliance);
		if (!lexicon_is_alliance(lexicon, party.code))
			fail_msg("%s is no alliance", party.code);
		known++;
	}
	assert_int_equal(known, 30);
	lexicon_close(lexicon);
}

/* ---- PLOVER ------------------------------------------------------------ */

/* ' for ". */
static void import_json(const char *text)
{
	char json[4000];

	assert_true(strlen(text) + 2 < sizeof(json));
	sprintf(json, "%s\n", text);
	for (char *c = json; *c; c++)
		if (*c == '\'')
			*c = '"';
	import_text(json, false);
}

static void a_record(void **state)
{
	(void)state;
	import_json("{'id':'20190801-2309_CONSULT','event_type':'CONSULT',"
		    "'event_mode':['visit'],'date_resolved':'2019-07-31','pub_date':"
		    "'2019-08-01','headline':'Talks\\n','url':'https://example.org/b'"
		    ",'event_text':'A  visits B.','version':'NGEC 1','attributes':{"
		    "'ACTOR':[{'text':'Ankara','wiki':'Turkey','country':'TUR',"
		    "'code_1':'GOV'}],'RECIP':[{'country':'RUS','code_1':''}]}}");
	assert_string_equal(imports_out,
		"{'actor':'TUR','attributed_to':'example.org','candidate':{'file':"
		"'p:1','note':'only a pointer: a machine read \\'TUR consults with "
		"RUS\\' (CONSULT) in this text. Read it first','rule':"
		"'plover-CONSULT','score':300},'coder':'NGEC 1','data':{'code':"
		"'CONSULT','record':'20190801-2309_CONSULT'},'date':'2019-07-31',"
		"'modality':'claim','source':{'published':'2019-08-01','publisher':"
		"'example.org','quote':'A visits B.','title':'Talks','url':"
		"'https://example.org/b'},'target':'RUS','type':'meeting.held'}\n");
}

#define RECORD(more) "{'event_type':'AID','headline':'H'," more "}"
#define PAIR "'actor':'USA','recip':'UKR'"

static void forms(void **state)
{
	static const struct {
		const char *json, *has; /* NULL: left out */
	} rows[] = {
		{ RECORD(PAIR ",'date':'2024-02-03'"), "'date':'2024-02-03'" },
		{ RECORD(PAIR ",'event_date':'20240203'"), "'date':'2024-02-03'" },
		{ RECORD(PAIR ",'date':'2024-02-03T10:00:00'"),
		  "'date':'2024-02-03'" },
		{ RECORD(PAIR ",'date':'2024-02'"), "'date':'2024-02'" },
		{ RECORD(PAIR ",'pub_date':'2024-02-03'"),
		  "'date':'../2024-02-03'" },
		{ RECORD(PAIR ",'pub_date':'2024-02-03','date_resolved':"
			 "'2024-02-03','date_raw':'<No date detected>'"),
		  "'date':'../2024-02-03'" },
		{ RECORD("'date':'2024','actor':'USAGOV','target':'IGOEUREEC'"),
		  "'alliance':'EU'" },
		{ RECORD("'date':'2024','actor':'Russia','target':'France'"),
		  "'actor':'RUS'" },
		{ RECORD("'date':'2024','actor':{'code':'USA'},'target':'NATO'"),
		  "'alliance':'NATO'" },
		{ RECORD("'date':'2024','actor':['USA','GBR'],'target':'UKR'"),
		  "'actor':'GBR'" },
		{ RECORD("'date':'2024','actor':'USA','recip':{'country':'IGO',"
			 "'wiki':'NATO'}"), "'alliance':'NATO'" },
		{ RECORD("'date':'2024','actor':'USABUS','target':'UKR'"), NULL },
		{ RECORD("'date':'2024','actor':'USA'"), NULL },
		{ RECORD("'date':'2024','actor':'USA','target':'Springfield'"),
		  NULL },
		{ RECORD("'date':'2024','actor':7,'target':[]"), NULL },
		{ "{'event_type':'COERCE','date':'2024'," PAIR "}", NULL },
		{ "{'event_type':'120','date':'2024'," PAIR "}",
		  "'type':'position.rejected'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		import_json(rows[i].json);
		if (imports_done.bad)
			fail_msg("%s", imports_out);
		assert_int_equal(imports_done.left_out, rows[i].has ? 0 : 1);
		if (rows[i].has && !strstr(imports_out, rows[i].has))
			fail_msg("no %s in %s", rows[i].has, imports_out);
	}
}

static void bad_records(void **state)
{
	static const struct {
		const char *json, *why;
	} rows[] = {
		{ "x", "p:1:1! not JSON: invalid token near 'x'\n" },
		{ "[1]", "p:1:0! a record is an object\n" },
		{ "{}", "p:1:0! it has no event_type\n" },
		{ "{'event_type':'SING'}", "p:1:0! 'SING' is neither a type of "
		  "PLOVER nor a code of CAMEO\n" },
		{ RECORD(PAIR), "p:1:0! it has no date\n" },
		{ RECORD(PAIR ",'date':'Tuesday'"), "p:1:0! 'Tuesday' is not a date; "
		  "write 2024-02-23, 2024-02 or 2024 (EDTF)\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		import_json(rows[i].json);
		assert_string_equal(imports_out, rows[i].why);
		assert_int_equal(imports_done.bad, 1);
	}
}

/* A story of any length is a quote of some. */
static void long_texts(void **state)
{
	char json[4000];
	int at = sprintf(json, RECORD(PAIR ",'date':'2024','event_text':'"));

	(void)state;
	at -= 1; /* the bracket of RECORD */
	for (int i = 0; i < 600; i++)
		at += sprintf(json + at, "\xC3\xA9 ");
	sprintf(json + at, "'}");
	import_json(json);
	assert_int_equal(imports_done.events, 1);
	assert_true(strlen(strstr(imports_out, "'quote':'")) < 1200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row),
		cmocka_unit_test(kept_or_left_out),
		cmocka_unit_test(one_for_each_page),
		cmocka_unit_test(bad_rows),
		cmocka_unit_test(actions),
		cmocka_unit_test(groups),
		cmocka_unit_test(a_record),
		cmocka_unit_test(forms),
		cmocka_unit_test(bad_records),
		cmocka_unit_test(long_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
