/*
 * isolate.h - a log that nobody vouches for, read in a process of its own.
 *
 * LMDB trusts the pages of its file.  Bytes that were changed can lead it outside of
 * its map, into an assertion, or in a circle.  So a child opens the log, with limits
 * on memory, processor time and files and no way to write but a pipe, and what kills
 * the child is told as the damage that it is.
 */
#ifndef CLI_ISOLATE_H
#define CLI_ISOLATE_H

#include "cli.h"

/*
 * ent_log_open() for reading and ent_log_verify(), in a child.  finding and progress
 * are called in this process; either may be NULL.  progress is called now and then
 * while the child says nothing, too, so that a signal is noticed.
 *
 * Fails as those two do; the message then says what failed.  ENT_ECORRUPT also
 * where the child died by a signal, asked for more memory than any log needs, or
 * went in a circle, and where data.mdb is there but is no log.
 *
 * Under a sanitizer and under valgrind, which need memory and files of their own,
 * there are no limits.
 */
int isolate_verify(const char *dir, unsigned trust,
		   ent_finding_fn *finding, ent_progress_fn *progress, void *arg,
		   struct ent_verified *out, struct ent_error *err);

#endif
