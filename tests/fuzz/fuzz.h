/*
 * fuzz.h - what fuzz targets share.
 *
 * A target has LLVMFuzzerTestOneInput(), which takes any bytes and must come back:
 * what is wrong ends in FUZZ_CHECK(), in a sanitizer or in libFuzzer's limits of
 * time and memory.  It must do the same for the same bytes.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "entente/error.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FUZZ_CHECK(holds)                                            \
	((holds) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #holds))

/* Tell what does not hold, and abort. */
_Noreturn void fuzz_fail(const char *file, int line, const char *what);

/* Under libFuzzer its -close_fd_mask does it: nothing said on 1 and 2 is seen. */
void fuzz_silence(void);
extern bool fuzz_replaying; /* not under libFuzzer */

/* The bytes with a NUL behind them, owned: free(). */
char *fuzz_text(const uint8_t *data, size_t size);

/* Have the bytes as a file, read from its start; borrowed until the next call. */
int fuzz_file(const uint8_t *data, size_t size);

/* Make a folder that is removed at exit; borrowed. */
const char *fuzz_folder(void);

/* Make a log in dir: the events of history.c, and that many meetings.  Returns the
 * number of its last event. */
uint64_t fuzz_history(const char *dir, unsigned meetings);

#endif
