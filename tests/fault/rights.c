/*
 * rights.c - whose a log is, who may read it, and limits of the process.
 */
#include "small.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534 };

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* ---- whose it is ------------------------------------------------------------------- */

static void become(void *arg)
{
	unsigned id = *(unsigned *)arg;

	if (setgid(id) != 0 || setuid(id) != 0)
		_exit(126);
}

static void check_exit(const char *what, int code, int wanted,
		       const char *message)
{
	check(code == wanted && (!message || strstr(small_run.err, message)),
	      "%s: exit %d, status %x, not %d: %s", what, code,
	      (unsigned)small_run.status, wanted, small_run.err);
}

static void give(unsigned id, mode_t folder, mode_t file)
{
	if (chown(small_log, id, id) != 0 || chmod(small_log, folder) != 0)
		die("chown");
	for (unsigned n = 0; n < 3; n++)
		if (chown(small_inside(small_files[n]), id, id) != 0 ||
		    chmod(small_inside(small_files[n]), file) != 0)
			die("chown");
}

static void rights_of_others(void)
{
	static const char *const trusting[] = { "--trust=owner", "verify",
						NULL };
	unsigned nobody = NOBODY, other = NOBODY - 1;

	if (geteuid() != 0) {
		skip("rights of other users: needs root");
		return;
	}
	chmod(fault.dir, 0755);
	small_make();
	small_run.status = 0;
	if (small_entente(small_verify, become, &nobody) == 126 ||
	    WEXITSTATUS(small_run.status) == 127) {
		skip("rights of other users: they cannot run the program");
		return;
	}
	give(0, 0755, 0644);
	check_exit("root's, read only: verify",
		   small_entente(small_verify, become, &nobody), 4,
		   "readers too need to write lock.mdb");
	check_exit("root's, read only: append",
		   small_entente(small_append, become, &nobody), 4, "Permission denied");
	give(0, 0755, 0600);
	check_exit("root's, for root", small_entente(small_verify, become, &nobody), 4,
		   "Permission denied");
	give(0, 0755, 0666);
	check_exit("for everybody to write", small_entente(small_verify, become, &nobody),
		   4, "written by everybody");
	give(other, 0777, 0660);
	if (chmod(small_inside("data.mdb"), 0666) == 0)
		check_exit("another's", small_entente(small_verify, become, &nobody), 4,
			   "belongs to user 65533");
	give(other, 0777, 0666);
	check_exit("another's, trusted", small_entente(trusting, become, &nobody), 0,
		   NULL);
	give(other, 0700, 0600);
	check_exit("another's, for root", small_entente(small_verify, NULL, NULL), 0, NULL);
	give(nobody, 0700, 0600);
	check_exit("one's own", small_entente(small_append, become, &nobody), 0, NULL);
	check_exit("one's own", small_entente(small_verify, become, &nobody), 0, NULL);
	small_make();
	small_check("rights", SMALL_EVENTS);
}

static void names_and_modes(void)
{
	struct stat st;

	small_make();
	for (unsigned n = 0; n < 3; n++)
		check(stat(small_inside(small_files[n]), &st) == 0 &&
		      (st.st_mode & 0777) == 0600, "mode of %s: %o",
		      small_files[n], (unsigned)st.st_mode);
	check(stat(small_log, &st) == 0 && (st.st_mode & 0777) == 0700,
	      "mode of the folder: %o", (unsigned)st.st_mode);
	if (link(small_inside("data.mdb"), in_scratch("link")) != 0)
		die("link");
	check_exit("hard link: append", small_entente(small_append, NULL, NULL), 4,
		   "2 names");
	check_exit("hard link: verify", small_entente(small_verify, NULL, NULL), 0, NULL);
	unlink(in_scratch("link"));
	check_exit("no hard link", small_entente(small_append, NULL, NULL), 0, NULL);
}

/* A copy without lock.mdb, whose first reader may not write: it sees the newest
 * event, whichever of the two pages names the roots. */
static void only_the_data_is_there(void)
{
	const struct ent_log_options options = { .read_only = true };

	small_make();
	for (uint64_t i = 0; i < 4; i++) {
		struct ent_log *log = open_log(small_log, NULL), *copy;
		struct ent_appended done = { 0 };
		uint64_t last = 0;

		if (append_events(log, 30, i, 1, 10, &done, NULL) < 0)
			die("append");
		ent_log_close(log);
		mkdir(in_scratch("copy"), 0700);
		copy_file(small_inside("data.mdb"), in_scratch("copy/data.mdb"));
		copy = open_log(in_scratch("copy"), &options);
		check(ent_log_head(copy, &last, NULL, NULL) == ENT_OK &&
		      last == done.last_seq, "a copy has %" PRIu64
		      " events of %" PRIu64, last, done.last_seq);
		ent_log_close(copy);
		remove_tree(in_scratch("copy"));
	}
}

/* ---- lent rights ----------------------------------------------------------------- */

/* Somewhere that lets programs have them. */
static bool lend_program(char *path, size_t size)
{
	const char *slash = strrchr(fault.program, '/');
	struct statvfs vfs;

	snprintf(path, size, "%.*s/suid", (int)(slash - fault.program),
		 fault.program);
	copy_file(fault.program, path);
	return chown(path, 0, 0) == 0 && chmod(path, 04755) == 0 &&
	       statvfs(path, &vfs) == 0 && !(vfs.f_flag & ST_NOSUID);
}

/* Names of logs and files are the caller's, and so is the environment. */
static void no_rights_are_lent(void)
{
	const char *own = fault.program;
	unsigned nobody = NOBODY;
	char path[4200];

	if (geteuid() != 0) {
		skip("set-user-ID: needs root");
		return;
	}
	small_make();
	if (!lend_program(path, sizeof(path)) || SANITIZED) {
		skip("set-user-ID: the file system or a sanitizer does not take it");
	} else {
		int code;

		fault.program = path;
		code = small_entente(small_verify, become, &nobody);
		fault.program = own;
		if (code == 126 || code == 127)
			skip("set-user-ID: others cannot run the program");
		else
			check_exit("set-user-ID: verify", code, 4,
				   "not set-user-ID");
	}
	unlink(path);
}

/* ---- limits --------------------------------------------------------------------------- */

struct limit {
	int resource;
	rlim_t value;
};

static void set_limit(void *arg)
{
	const struct limit *limit = arg;
	const struct rlimit now = { limit->value, limit->value };

	setrlimit((__rlimit_resource_t)limit->resource, &now);
}

/* Each time: done, or exit 4 with a reason, and then the log is as it was. */
static void try_limit(const char *what, int resource, rlim_t from, rlim_t to,
		      rlim_t step, const char *reason)
{
	unsigned done = 0, failed = 0;

	for (rlim_t value = from; value <= to; value += step) {
		struct limit limit = { resource, value };
		int code;

		small_make();
		code = small_entente(small_append, set_limit, &limit);
		done += code == 0;
		failed += code == 4;
		check(code == 0 || code == 127 ||
		      (code == 4 && (!reason || strstr(small_run.err, reason))),
		      "%s %lu: append: exit %d, status %x: %s", what,
		      (unsigned long)value, code, (unsigned)small_run.status,
		      small_run.err);
		small_check(what, code == 0 ? SMALL_EVENTS + 60 : SMALL_EVENTS);
		code = small_entente(small_verify, set_limit, &limit);
		check(code == 0 || code == 4 || code == 127,
		      "%s %lu: verify: exit %d, status %x: %s", what,
		      (unsigned long)value, code, (unsigned)small_run.status,
		      small_run.err);
	}
	tell("%s: %u done, %u refused", what, done, failed);
	check(failed > 0, "%s: never reached", what);
}

static void limits(void)
{
	unsigned fine = fault.full ? 1 : 8;

	try_limit("ulimit -f", RLIMIT_FSIZE, 0, 512 << 10,
		  (rlim_t)fine * 4096, NULL);
	try_limit("ulimit -n", RLIMIT_NOFILE, 3, 12, 1, NULL);
	if (SANITIZED) {
		skip("ulimit -v: a sanitizer takes more than there is");
		return;
	}
	/* Below, the loader itself finds no memory. */
	try_limit("ulimit -v", RLIMIT_AS, 40 << 20, 160 << 20,
		  (rlim_t)fine << 20, NULL);
}

int main(int argc, char **argv)
{
	fault_begin("rights", argc, argv);
	small_prepare();
	names_and_modes();
	rights_of_others();
	only_the_data_is_there();
	no_rights_are_lent();
	limits();
	return fault_end();
}
