/*
 * text.h - text that grows, and the pieces of JSON that the program writes.
 *
 * All-zero is an empty text.  Where memory runs out the program ends with a
 * message: there is nothing sensible to do for a command that cannot answer.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <entente/entente.h>

struct text {
	char *data; /* ends with a NUL, which len does not count; or NULL */
	size_t len;
	size_t cap;
};

void text_bytes(struct text *text, const void *data, size_t len);
void text_str(struct text *text, const char *str);
void text_fmt(struct text *text, const char *fmt, ...) ENT_PRINTF(2, 3);
void text_repeat(struct text *text, char c, size_t n);
void text_number(struct text *text, uint64_t n); /* 1,234,567 */

void text_trim(struct text *text); /* blanks at the end; data is not NULL then */

const char *text_get(const struct text *text); /* never NULL; borrowed */
void text_clear(struct text *text);            /* empty, reusable */
void text_release(struct text *text);

/* realloc() for count items of size bytes that ends the program on failure. */
void *grow(void *memory, size_t count, size_t size);

/* A copy of str, to be given to free(). */
char *copy(const char *str);

/* JSON: a quoted string with everything escaped that a terminal or a page could
 * act on; bytes that are no UTF-8 become U+FFFD.  NULL gives null. */
void text_json_str(struct text *text, const char *str);
void text_json_hash(struct text *text, const struct ent_hash *hash);
void text_json_day(struct text *text, int32_t day);
void text_json_basis(struct text *text, const struct ent_basis *basis,
		     const struct ent_hash *head);

/* 0, or the code of the library's failure.  NULL gives null. */
int text_json_value(struct text *text, const struct ent_value *value,
		    struct ent_error *err);
int text_json_event(struct text *text, const struct ent_event *event,
		    struct ent_error *err);

#endif
