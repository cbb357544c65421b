/*
 * test_import_map.c - column maps: what their lines mean, and which they may not
 * have.
 */
#include "imports.h"

#define EVENT "event x.e\n\tdate 2024\n\tsource.title T\n"
#define OUT(data) "{'data':{'v':'" data "'},'date':'2024','source':{'title':'T'}," \
		  "'type':'x.e'}\n"

/* What the template makes of the row a=1, b=, c=x y, "d e"=z, m=99. */
static void templates(void **state)
{
	static const struct {
		const char *text, *value;
	} rows[] = {
		{ "{a}", "1" },
		{ "plain text", "plain text" },
		{ "[{a}|{b}|{c}]", "[1||x y]" },
		{ "{{a}} {a}", "{a} 1" },
		{ "{\"d e\"}", "z" },
		{ "{ a }", "1" },
		{ "{'text'}{'{'}", "text{" },
		{ "{upper(c)}", "X Y" },
		{ "{upper('stra\xC3\x9F""e')}", "STRA\xC3\x9F""E" },
		{ "{list(a, b, c, 'q')}", "1, x y, q" },
		{ "{date(2024, 2, 9)}", "2024-02-09" },
		{ "{date(2024, 2, m)}", "2024-02" },
		{ "{date(2024, m, 9)}", "2024" },
		{ "{date(2024)}", "2024" },
		{ "x{date(m, 2, 9)}", "x" },
		{ "{date(815, 2)}", "0815-02" },
		{ "{year(date(2024, 2))}", "2024" },
		{ "x{year(b)}", "x" },
		{ "{day_before('2024-03-01')}", "2024-02-29" },
		{ "{day_before('2024-03')}", "2024-03" },
		{ "{cow(365, 1950)} {cow(365, 2000)} {cow(365)}",
		  "SUN RUS RUS" },
		{ "{cow(2, b)}", "USA" },
		{ "{cow(998)}", "COW-998" },
		{ "{iso2('DE')}{iso2('ROM')}", "DEUROU" },
		{ "{side(a)}/{side(c)}", "one/?" },
		{ "{side('it''s 2')}{'d''I'''}", "twod'I'" },
		{ "{name}-{name}", "1x y-1x y" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char map[500], out[200];

		snprintf(map, sizeof(map), "missing 0 99\nlet name = {a}{c}\n"
			 "table side\n\t1 one\n\t'it''s 2' two\n\telse ?\n" EVENT
			 "\tdata.v %s\n", rows[i].text);
		snprintf(out, sizeof(out), OUT("%s"), rows[i].value);
		check_csv(map, "a,b,c,d e,m\n1,,x y,z,99\n", out);
	}
}

static void empty_values_are_left_out(void **state)
{
	(void)state;
	check_csv(EVENT "\tdata.v {b}\n\ttarget {b}\n", "a,b\n1,\n",
		  "{'date':'2024','source':{'title':'T'},'type':'x.e'}\n");
}

static void bad_values(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "{date(2024, a)}", "t:2:1! 'x' is not a month" },
		{ "{date(a)}", "t:2:1! 'x' is not a year" },
		{ "{date(2024, 2, b)}", "t:2:2! '30' is a day" },
		{ "{date(2024, 1, 32)}", "t:2:0! '32' is not a day" },
		{ "{date(20244)}", "t:2:0! '20244' is not a year" },
		{ "{date(63)}", "t:2:0! year 63: four digits" },
		{ "{date(b)}", "t:2:2! year 30: four digits" },
		{ "{cow(a)}", "t:2:1! 'x' is not a number of the Correlates of "
			      "War project" },
		{ "{cow(2, a)}", "t:2:1! 'x' is not a year" },
		{ "{iso2(b)}", "t:2:2! '30' is not a code of a state" },
		{ "{year(b)}", "t:2:2! '30' is not a date; write 2024-02-23, "
			       "2024-02 or 2024 (EDTF)" },
		{ "{side(b)}", "t:2:2! '30' is not in the map's table side" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char map[500], out[200];

		if (i == 2) /* said by the calendar */
			snprintf(out, sizeof(out), "t:2:2! 2024-02 has 29 days, "
				 "not 30\n");
		else
			snprintf(out, sizeof(out), "%s\n", rows[i].why);
		snprintf(map, sizeof(map), "table side\n\tq one\n" EVENT
			 "\tdata.v %s\n", rows[i].text);
		check_csv(map, "a,b\nx,30\n", out);
		assert_int_equal(imports_done.bad, 1);
	}
}

static void conditions(void **state)
{
	static const struct {
		const char *when;
		bool holds;
	} rows[] = {
		{ "a", true }, { "b", false }, { "b = ''", true },
		{ "a = 1", true }, { "a=2", false }, { "a != 2", true },
		{ "c = 'x y'", true }, { "a = 1 and c != ''", true },
		{ "a = 1 and b", false }, { "a != c", true },
		{ "a = same", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char map[300];

		snprintf(map, sizeof(map), "let same = {a}\nevent x.e when %s\n"
			 "\tdate 2024\n\tsource.title T\n", rows[i].when);
		check_csv(map, "a,b,c\n1,,x y\n", rows[i].holds ?
			  "{'date':'2024','source':{'title':'T'},'type':'x.e'}\n" :
			  "");
		snprintf(map, sizeof(map), "let same = {a}\nleave out when %s\n"
			 EVENT, rows[i].when);
		check_csv(map, "a,b,c\n1,,x y\n", rows[i].holds ? "" :
			  "{'date':'2024','source':{'title':'T'},'type':'x.e'}\n");
		assert_int_equal(imports_done.left_out, rows[i].holds);
	}
}

static void faults(void **state)
{
	static const struct {
		const char *map, *msg;
	} rows[] = {
		{ "", "map: it makes no event" },
		{ "# only a comment\n", "map: it makes no event" },
		{ "\xFF", "map: not a text in UTF-8" },
		{ "\n\nevnet x\n", "map: line 3: there is no \"evnet\"; did you "
				   "mean \"event\"?" },
		{ "zzzzzz\n", "map: line 1: there is no \"zzzzzz\"" },
		{ "event member.jioned\n", "map: line 1: there is no type "
		  "\"member.jioned\"; did you mean \"member.joined\"?" },
		{ "event\n", "map: line 1: a name is missing" },
		{ "event x.e what\n", "map: line 1: \"what\" is too much" },
		{ "\tdate 2024\n", "map: line 1: an indented line stands below a "
				   "table or an event" },
		{ "skip 1\n\tdate 2024\n", "map: line 2: an indented line stands "
					   "below a table or an event" },
		{ "skip x\n", "map: line 1: \"x\" is too much" },
		{ "delimiter pipe\n", "map: line 1: a delimiter is comma, "
				      "semicolon or tab" },
		{ "event x.e\n\tdat 2024\n", "map: line 2: an event has no field "
		  "\"dat\"; did you mean \"date\"?" },
		{ "event x.e\n\tdate\n", "map: line 2: \"date\" has no value" },
		{ "event x.e\n\tdate 1\n\tdate 2\n", "map: line 3: there is a "
						     "\"date\" above" },
		{ "event x.e\n\tdate {a\n", "map: line 2: a \"}\" is missing at "
					    "\"\"" },
		{ "event x.e\n\tdate a}\n", "map: line 2: a \"}\" without \"{\" at "
					    "\"}\"" },
		{ "event x.e\n\tdate {}\n", "map: line 2: a name is missing at "
					    "\"}\"" },
		{ "event x.e\n\tdate {'a}\n", "map: line 2: a quote is never "
					      "closed at \"'a}\"" },
		{ "event x.e\n\tdate {dte(a)}\n", "map: line 2: there is no "
		  "function or table \"dte\"; did you mean \"date\"?" },
		{ "event x.e\n\tdate {date(a,b,c,d)}\n", "map: line 2: date() "
		  "takes 1 to 3 values, not 4" },
		{ "event x.e\n\tdate {date(a}\n", "map: line 2: a \")\" is missing "
						  "at \"}\"" },
		{ "let x {a}\n", "map: line 1: a \"=\" is missing" },
		{ "let x = {x}\nlet y = {x}\nlet x = 1\n",
		  "map: line 1: \"x\" is used as a column in line 1" },
		{ "let x = date(a, b)\n", "map: line 1: a call stands in braces: "
					  "{date(a, b)}" },
		{ "table t\n\t1 2\nlet x = t(a)\n", "map: line 3: a call stands in "
						     "braces: {t(a)}" },
		{ "table t\n\t'a'' b\n", "map: line 2: a quote is never closed" },
		{ "let x = 1\nlet x = 2\n", "map: line 2: there is a \"x\" above" },
		{ "leave out if a\n", "map: line 1: write \"leave out when\" and a "
				      "condition" },
		{ "merge a\n", "map: line 1: \"spell\" must stand above" },
		{ "spell a b\n", "map: line 1: there is no let \"a\" above" },
		{ "event x.e once per g\n", "map: line 1: there is no group \"g\" "
					    "above" },
		{ "table t\n\t'a b\n", "map: line 2: a quote is never closed" },
		{ "event x.e\n\tdate {upper(upper(upper(upper(upper(upper(upper("
		  "upper(upper(a)))))))))}\n", "map: line 2: too many calls "
		  "within each other at \"a)))))))))}\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_no_csv(rows[i].map, "a\n1\n", rows[i].msg);
}

static void nul_in_a_map(void **state)
{
	int fd = file_of("a\n", 2);
	unsigned taken;
	struct ent_import to = imports_to(&taken);
	struct ent_error err = { 0 };

	(void)state;
	check_failure(ent_import_csv(fd, "t", "event x.e\0", 10, &to,
				     &imports_done, &err),
		      ENT_EINPUT, &err, "map: not a text in UTF-8");
	close(fd);
}

static void built_in(void **state)
{
	size_t len = 0;
	const char *map = ent_import_map("atop", &len);

	(void)state;
	assert_non_null(map);
	assert_int_equal(strlen(map), len);
	assert_null(ent_import_map("atop.map", &len));
	assert_null(ent_import_map("ato", &len));
	assert_null(ent_import_map("", &len));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates),
		cmocka_unit_test(empty_values_are_left_out),
		cmocka_unit_test(bad_values),
		cmocka_unit_test(conditions),
		cmocka_unit_test(faults),
		cmocka_unit_test(nul_in_a_map),
		cmocka_unit_test(built_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
