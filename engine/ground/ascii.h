/*
 * ascii.h - letters as markup and mail see them, in every locale.
 */
#ifndef ENGINE_ASCII_H
#define ENGINE_ASCII_H

#include <stdbool.h>
#include <stddef.h>

static inline char ascii_lower(char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static inline bool ascii_is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static inline bool ascii_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool ascii_is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static inline bool ascii_is_letter(char byte)
{
	byte = ascii_lower(byte);
	return byte >= 'a' && byte <= 'z';
}

/* What a hexadecimal digit stands for, whatever its case; -1: it is none. */
static inline int ascii_hex_digit(char byte)
{
	if (ascii_is_digit(byte))
		return byte - '0';
	byte = ascii_lower(byte);
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Leave out the white space at both ends of *text (of *len bytes). */
static inline void ascii_trim(const char **text, size_t *len)
{
	while (*len > 0 && ascii_is_space(**text))
		++*text, --*len;
	while (*len > 0 && ascii_is_space((*text)[*len - 1]))
		--*len;
}

/* Does text (of len bytes) start with lower, whatever its case? */
static inline bool ascii_starts(const char *text, size_t len, const char *lower)
{
	size_t i = 0;

	while (i < len && lower[i] && ascii_lower(text[i]) == lower[i])
		i++;
	return lower[i] == '\0';
}

/* Is it lower, whatever its case? */
static inline bool ascii_same(const char *text, size_t len, const char *lower)
{
	size_t i = 0;

	while (i < len && lower[i] && ascii_lower(text[i]) == lower[i])
		i++;
	return i == len && lower[i] == '\0';
}

/* Where lower is in text, whatever its case, or NULL. */
static inline const char *ascii_find(const char *text, size_t len,
				     const char *lower)
{
	for (size_t i = 0; i < len; i++)
		if (ascii_lower(text[i]) == lower[0] &&
		    ascii_starts(text + i, len - i, lower))
			return text + i;
	return NULL;
}

#endif
