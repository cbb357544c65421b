/*
 * ask.h - what a question stands on: the log, the day, what was known and what
 * was published.
 */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli.h"
#include "opt.h"
#include "text.h"

enum ask_mode {
	ASK_READ,
	ASK_WRITE,
	ASK_CREATE
};

/* --log, else $ENTENTE_LOG, else ./entente.lmdb. */
const char *ask_log_name(const struct cli *cli);

/* The same, or CLI_USAGE where it cannot be the name of one. */
int ask_log_dir(const struct cli *cli, const char **out);

/* Open it; *out is given to ent_log_close(). */
int ask_log(const struct cli *cli, enum ask_mode mode, struct ent_log **out);

/* Where *rc is ENT_EREOPEN, open the log anew in *log: true when what was tried is
 * to be tried again. */
bool ask_again(const struct cli *cli, struct ent_log **log, int *rc,
	       struct ent_error *err);

/* ent_log_append(), and again. */
int ask_append(const struct cli *cli, struct ent_log **log,
	       const struct ent_batch *batch,
	       const struct ent_append_options *options,
	       struct ent_appended *out, struct ent_error *err);

int64_t ask_now_us(void);
int32_t ask_today(void); /* UTC */

/* The last day of text, today where text is NULL.  what names it in messages. */
int ask_day(const char *text, const char *what, int32_t *out);

/* SEQ (all digits), DATE (its last day) or TIME; ENT_KNOWN_ALL for NULL. */
int ask_known(struct ent_log *log, const char *text, uint64_t *out);

struct ask {
	const char *at;        /* NULL: today */
	const char *known;     /* NULL: all */
	const char *published; /* NULL: not asked */
};

int ask_basis(struct ent_log *log, const struct ask *ask,
	      struct ent_basis *out);

/* "at the end of 2024-02-29 (all 34 events known)" */
int ask_describe(struct ent_log *log, const struct ent_basis *basis,
		 struct text *out);

/* A code as --alliance takes it; returns 0 or CLI_USAGE. */
int ask_alliances(const struct opt_list *list);

bool ask_is_number(const char *text);

/* Text that is to be stored must be UTF-8: 0, or CLI_INPUT after a message.  str may
 * be NULL. */
int ask_text(const char *command, const char *option, const char *str);

/* The event that ID or SEQ names: *out is given to ent_event_free(), and is NULL
 * where there is no such event. */
int ask_event(struct ent_log *log, const char *name, struct ent_event **out);

#endif
