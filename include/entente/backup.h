/*
 * backup.h - copies of a log: to keep, to bring back, to make the log smaller.
 *
 *     struct ent_copied done;
 *     if (ent_log_backup(log, "backup-2025-07", NULL, &done, &err) < 0)
 *             errx(1, "%s", err.msg);
 *
 * Never copy the files of a log that may be in use: what is read is then of several
 * states at once.  A copy is made in a hidden folder beside its place, verified there,
 * and put in its place whole; what fails or is stopped leaves nothing.  A process
 * that is killed leaves the hidden folder, which the next copy to that place removes.
 *
 * A log is memory that the system maps.  One that nobody vouches for can raise a
 * signal in whoever reads it: open such a log in a process of its own, with limits,
 * as the program does (cli/isolate.c), and give that to check below.
 */
#ifndef ENTENTE_BACKUP_H
#define ENTENTE_BACKUP_H

#include "log.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Verify the log in the folder dir, as ent_log_verify() does.  Findings are no
 * failure: they are counted in *out.  The log must be closed again, and the folder
 * left as it is but for the lock files.
 */
typedef int ent_check_fn(const char *dir, struct ent_verified *out, void *arg,
			 struct ent_error *err);

/* All-zero means the defaults, so { 0 } and NULL are the same. */
struct ent_copy_options {
	ent_check_fn *check;       /* NULL = ent_log_verify(), in this process */
	ent_progress_fn *progress; /* of the copying, in bytes; may be NULL */
	void *arg;                 /* given to both */
};

struct ent_copied {
	uint64_t events;
	struct ent_hash head;  /* as the check derived it from the copy */
	uint64_t bytes_before; /* of the file that was copied, as far as it is
	                        * in use */
	uint64_t bytes;        /* of the copy */
};

/*
 * Write what the log has now to the new folder dest, while others read and write.
 * The copy is a log like any other, with its checkpoints; its files are the caller's
 * alone (0700, 0600).  It is on disk when this returns.
 *
 * ENT_ECONFLICT  there is something at dest
 * ENT_ECORRUPT   the log is damaged, and so is a copy of it: none was kept
 * ENT_ESTOPPED   progress, or the check, asked for it
 * ENT_EDOUBT     it is in place, and a power cut may take it away again
 * ENT_EFULL, ENT_EIO, ENT_ENOMEM
 */
ENT_API int ent_log_backup(struct ent_log *log, const char *dest,
			   const struct ent_copy_options *options,
			   struct ent_copied *out, struct ent_error *err);

/*
 * Make the log dir from the folder of a backup, which is read byte by byte and not
 * opened; what is verified is the copy.  dir must not exist, or be an empty folder.
 *
 * ENT_ENOLOG     backup is no folder with a log's file
 * ENT_EVERSION   a program of another format wrote it
 * ENT_ECONFLICT  there is something at dir; or somebody writes to backup
 * ENT_ECORRUPT   the backup is damaged
 * ENT_EDOUBT     as for ent_log_backup()
 * ENT_ESTOPPED, ENT_EFULL, ENT_EIO, ENT_ENOMEM
 */
ENT_API int ent_log_restore(const char *backup, const char *dir,
			    const struct ent_copy_options *options,
			    struct ent_copied *out, struct ent_error *err);

/*
 * Write the log anew, without the pages that are free or half empty, and put that in
 * its place.  Writers wait meanwhile.  The old file is gone with the last who has it
 * open: calls that are under way end on it; the next call on such a handle, and on
 * this one, is refused (ENT_EREOPEN): close it and open the log again.  So nothing is
 * ever appended to the old file.
 *
 * ENT_EUSAGE     the log was opened for reading, or a call on it is under way
 * ENT_EBUSY      another writer held the lock for too long
 * ENT_ECORRUPT   the log is damaged; it is as it was
 * ENT_EDOUBT     it is in place, and a power cut may bring the old one back: the events
 *                are the same in both
 * ENT_ESTOPPED, ENT_EFULL, ENT_EIO, ENT_ENOMEM
 */
ENT_API int ent_log_compact(struct ent_log *log,
			    const struct ent_copy_options *options,
			    struct ent_copied *out, struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
