/*
 * analyze.h - what analysers cannot know, since they look at one file at a time.
 *
 * tests/analyze.mk puts it ahead of each file; it is never compiled into anything.
 * Without it whatever failed "might have gone well", with outputs that were never
 * set.
 */
#ifndef TESTS_ANALYZE_H
#define TESTS_ANALYZE_H

#include "entente/error.h"

static inline int analyze_code(int returned, int code)
{
	(void)returned;
	return code;
}

/* They return the code that they are given, which is never 0. */
#define ent_error_set(err, code, ...) \
	analyze_code(ent_error_set((err), (code), __VA_ARGS__), (code))

#if __has_include("ground/mem.h")
#include "ground/mem.h"
#define mem_error(err) analyze_code(mem_error(err), ENT_ENOMEM)
#endif

/* Likewise, of the program. */
#if __has_include("cli.h")
#include "cli.h"
#define fail(code, ...) analyze_code(fail((code), __VA_ARGS__), (code))
#endif

#endif
