/*
 * check.h - cmocka with what it wants included first, and our errors.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "entente/error.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT_BYTES(text) ((struct ent_bytes){ text, sizeof(text) - 1 })

/* The call must have failed with that code and exactly that message. */
static inline void check_failure(int rc, int code, const struct ent_error *err,
				 const char *msg)
{
	if (rc != code || strcmp(err->msg, msg) != 0)
		print_error("rc %d, message: %s\nwanted %d: %s\n", rc,
			    rc < 0 ? err->msg : "(none)", code, msg);
	assert_int_equal(rc, code);
	assert_int_equal(err->code, code);
	assert_string_equal(err->msg, msg);
}

#endif
