/*
 * opt.h - options: one table is both what is parsed and what --help prints.
 */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include "cli.h"

enum opt_kind {
	OPT_FLAG,   /* bool */
	OPT_TEXT,   /* const char * */
	OPT_LIST,   /* struct opt_list: may be given several times */
	OPT_NUMBER, /* struct opt_number */
	OPT_TRUST,  /* unsigned: enum ent_trust; may be given twice */
	OPT_COLOR,  /* sets the colour at once; to is NULL */
	OPT_HELP    /* prints the help at once; to is NULL */
};

struct opt_list {
	const char **items; /* each borrowed from argv */
	size_t count;
};

struct opt_number {
	bool given;
	uint64_t value;
};

struct opt {
	char letter; /* 0 where there is no short form */
	const char *name;
	enum opt_kind kind;
	const char *value; /* what help calls the value; NULL for a flag */
	const char *help;  /* NULL: not listed; the manual page has it */
	void *to; /* of the type that kind says */
};

struct usage {
	const char *command; /* NULL: the program itself */
	const char *operands; /* as help shows them, or NULL */
	const char *about;
	size_t min;
	size_t max; /* SIZE_MAX: any number */
	const char *more; /* text below the options, or NULL */
};

enum { OPT_GO = -1 }; /* parsed: do the work */

/*
 * Parse what stands behind the command's name.  Options may stand before and
 * after the operands; `--` ends them.  The operands are moved to the front of
 * argv and counted in *out_count.  --log, --color, --trust and --help are known to every
 * command.  Returns OPT_GO, or the exit code after the help or a message.
 */
int opt_parse(struct cli *cli, const struct usage *usage, const struct opt *opts,
	      size_t count, int argc, char **argv, size_t *out_count);

/* Options of the program, in front of the command: stops at the first operand,
 * whose index goes to *out_at.  version: set by --version. */
int opt_parse_global(struct cli *cli, int argc, char **argv, int *out_at,
		     bool *out_help, bool *out_version);

void opt_list_release(struct opt_list *list);

#define OPT_COUNT(opts) (sizeof(opts) / sizeof(*(opts)))

#endif
