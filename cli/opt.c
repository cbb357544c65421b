/*
 * opt.c - options.  Knows no option but --log, --color, --trust and --help.
 */
#include "opt.h"
#include "out.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { COMMON = 4, HELP_COLUMN = 28 };

struct parser {
	const char *command;
	const struct usage *usage; /* NULL: in front of the command */
	const struct opt *tables[2];
	size_t counts[2];
	char **argv;
	int argc;
	int at;
};

static const struct opt *by_letter(const struct parser *parser, char letter)
{
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < parser->counts[t]; i++)
			if (parser->tables[t][i].letter == letter)
				return &parser->tables[t][i];
	return NULL;
}

static const struct opt *by_name(const struct parser *parser, const char *name,
				 size_t len)
{
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < parser->counts[t]; i++) {
			const struct opt *opt = &parser->tables[t][i];

			if (strncmp(opt->name, name, len) == 0 &&
			    opt->name[len] == '\0')
				return opt;
		}
	return NULL;
}

/* ---- messages ---------------------------------------------------------- */

static void hint_help(const struct parser *parser)
{
	if (parser->command)
		hint("entente %s --help lists the options", parser->command);
	else
		hint("entente --help lists the commands");
}

static int wrong(const struct parser *parser, const char *what, const char *name)
{
	if (parser->command)
		fail(CLI_USAGE, "%s: %s: %s", parser->command, what, name);
	else
		fail(CLI_USAGE, "%s: %s", what, name);
	return CLI_USAGE;
}

static int unknown(const struct parser *parser, const char *shown,
		   const char *name)
{
	const char *near = NULL;
	size_t best = SIZE_MAX;

	wrong(parser, "unknown option", shown);
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < parser->counts[t]; i++) {
			const char *other = parser->tables[t][i].name;
			size_t distance = suggest_distance(name, other);

			if (distance < best) {
				best = distance;
				near = other;
			}
		}
	if (near && suggest_is_near(name, best))
		hint("did you mean --%s?", near);
	else
		hint_help(parser);
	return CLI_USAGE;
}

/* ---- help -------------------------------------------------------------- */

static void help_option(const struct opt *opt)
{
	struct text line = { 0 };

	if (!opt->help)
		return;
	if (opt->letter)
		text_fmt(&line, "  -%c, --%s", opt->letter, opt->name);
	else
		text_fmt(&line, "      --%s", opt->name);
	if (opt->value)
		text_fmt(&line, "=%s", opt->value);
	if (line.len + 2 > HELP_COLUMN) {
		text_str(&line, "\n");
		text_repeat(&line, ' ', HELP_COLUMN);
	} else {
		text_repeat(&line, ' ', HELP_COLUMN - line.len);
	}
	text_fmt(&line, "%s\n", opt->help);
	out_text(&line);
	text_release(&line);
}

static int help(const struct parser *parser)
{
	const struct usage *usage = parser->usage;

	assert(usage); /* --help of the program itself is a flag */
	out_fmt("usage: entente [--log DIR] %s [OPTION...]%s%s\n",
		usage->command, usage->operands ? " " : "",
		usage->operands ? usage->operands : "");
	out_str(usage->about);
	out_str("\n\n");
	for (size_t t = 0; t < 2; t++)
		for (size_t i = 0; i < parser->counts[t]; i++)
			help_option(&parser->tables[t][i]);
	if (usage->more) {
		out_str("\n");
		out_str(usage->more);
	}
	return CLI_DONE;
}

/* ---- values ------------------------------------------------------------ */

static int set_number(const struct parser *parser, const struct opt *opt,
		      const char *value)
{
	struct opt_number *number = opt->to;
	uint64_t n = 0;

	assert(value);
	if (*value == '\0' || value[strspn(value, "0123456789")] != '\0')
		return fail(CLI_USAGE, "%s: --%s: \"%s\" is no whole number",
			    parser->command, opt->name, value);
	for (const char *c = value; *c; c++) {
		if (n > (UINT64_MAX - (uint64_t)(*c - '0')) / 10)
			return fail(CLI_USAGE, "%s: --%s: \"%s\" is too large",
				    parser->command, opt->name, value);
		n = n * 10 + (uint64_t)(*c - '0');
	}
	*number = (struct opt_number){ .given = true, .value = n };
	return OPT_GO;
}

static void add_to_list(struct opt_list *list, const char *value)
{
	list->items = grow(list->items, list->count + 1, sizeof(*list->items));
	list->items[list->count++] = value;
}

static int set_trust(const struct parser *parser, unsigned *trust,
		     const char *value)
{
	assert(value);
	if (strcmp(value, "owner") == 0)
		*trust |= ENT_TRUST_OWNER;
	else if (strcmp(value, "fs") == 0)
		*trust |= ENT_TRUST_FS;
	else
		return wrong(parser, "--trust is owner or fs, not", value);
	return OPT_GO;
}

static int set(const struct parser *parser, const struct opt *opt,
	       const char *value)
{
	switch (opt->kind) {
	case OPT_FLAG:
		*(bool *)opt->to = true;
		return OPT_GO;
	case OPT_TEXT:
		*(const char **)opt->to = value;
		return OPT_GO;
	case OPT_LIST:
		add_to_list(opt->to, value);
		return OPT_GO;
	case OPT_NUMBER:
		return set_number(parser, opt, value);
	case OPT_TRUST:
		return set_trust(parser, opt->to, value);
	case OPT_COLOR:
		if (out_set_color(value))
			return OPT_GO;
		return wrong(parser, "--color is auto, always or never, not",
			     value);
	case OPT_HELP:
		break;
	}
	return help(parser);
}

/* ---- parsing ----------------------------------------------------------- */

static int take_value(struct parser *parser, const struct opt *opt,
		      const char *shown, const char *attached)
{
	if (attached)
		return set(parser, opt, attached);
	if (parser->at + 1 >= parser->argc) {
		wrong(parser, "a value is missing behind", shown);
		hint_help(parser);
		return CLI_USAGE;
	}
	return set(parser, opt, parser->argv[++parser->at]);
}

static int take_long(struct parser *parser, const char *arg)
{
	const char *name = arg + 2;
	size_t len = strcspn(name, "=");
	const struct opt *opt = by_name(parser, name, len);
	const char *attached = name[len] == '=' ? name + len + 1 : NULL;

	if (!opt) {
		char *typed = copy(name);

		typed[len] = '\0';
		unknown(parser, arg, typed);
		free(typed);
		return CLI_USAGE;
	}
	if (opt->value)
		return take_value(parser, opt, arg, attached);
	if (attached)
		return wrong(parser, "this option takes no value", arg);
	return set(parser, opt, NULL);
}

/* -j, -ja CSTO, -aCSTO */
static int take_short(struct parser *parser, const char *arg)
{
	int rc = OPT_GO;

	for (const char *c = arg + 1; *c && rc == OPT_GO; c++) {
		const struct opt *opt = by_letter(parser, *c);

		if (!opt)
			return unknown(parser, arg, arg + 1);
		if (opt->value)
			return take_value(parser, opt, arg, c[1] ? c + 1 : NULL);
		rc = set(parser, opt, NULL);
	}
	return rc;
}

static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0';
}

static int check_operands(const struct parser *parser, size_t count)
{
	const struct usage *usage = parser->usage;

	if (count >= usage->min && count <= usage->max)
		return OPT_GO;
	if (count < usage->min)
		wrong(parser, "an operand is missing", usage->operands);
	else
		wrong(parser, "one operand too many", parser->argv[usage->max]);
	hint_help(parser);
	return CLI_USAGE;
}

int opt_parse(struct cli *cli, const struct usage *usage, const struct opt *opts,
	      size_t count, int argc, char **argv, size_t *out_count)
{
	const struct opt common[COMMON] = {
		{ 0, "log", OPT_TEXT, "DIR", "the log; else $ENTENTE_LOG, else "
		  "./entente.lmdb", &cli->log },
		{ 0, "color", OPT_COLOR, "WHEN", "auto, always or never", NULL },
		{ 0, "trust", OPT_TRUST, "WHAT", "owner: a log of another user; fs: on a "
		  "network", &cli->trust },
		{ 'h', "help", OPT_HELP, NULL, "show this", NULL }
	};
	struct parser parser = { usage->command, usage, { opts, common },
				 { count, COMMON }, argv, argc, 0 };
	bool options = true;
	size_t found = 0;
	int rc = OPT_GO;

	for (; parser.at < argc && rc == OPT_GO; parser.at++) {
		char *arg = argv[parser.at];

		if (!options || !is_option(arg))
			argv[found++] = arg;
		else if (strcmp(arg, "--") == 0)
			options = false;
		else if (arg[1] == '-')
			rc = take_long(&parser, arg);
		else
			rc = take_short(&parser, arg);
	}
	*out_count = found;
	return rc == OPT_GO ? check_operands(&parser, found) : rc;
}

int opt_parse_global(struct cli *cli, int argc, char **argv, int *out_at,
		     bool *out_help, bool *out_version)
{
	const struct opt global[] = {
		{ 0, "log", OPT_TEXT, "DIR", "", &cli->log },
		{ 0, "color", OPT_COLOR, "WHEN", "", NULL },
		{ 0, "trust", OPT_TRUST, "WHAT", "", &cli->trust },
		{ 'h', "help", OPT_FLAG, NULL, "", out_help },
		{ 'V', "version", OPT_FLAG, NULL, "", out_version }
	};
	struct parser parser = { NULL, NULL, { global, NULL },
				 { OPT_COUNT(global), 0 }, argv, argc, 0 };
	int rc = OPT_GO;

	for (; parser.at < argc && rc == OPT_GO; parser.at++) {
		char *arg = argv[parser.at];

		if (!is_option(arg))
			break;
		if (strcmp(arg, "--") == 0) {
			parser.at++;
			break;
		}
		rc = arg[1] == '-' ? take_long(&parser, arg) :
				     take_short(&parser, arg);
	}
	*out_at = parser.at;
	return rc;
}

void opt_list_release(struct opt_list *list)
{
	free(list->items);
	*list = (struct opt_list){ 0 };
}
