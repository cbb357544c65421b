/*
 * workers.c - see workers.h.
 */
#include "workers.h"

#include <ftw.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

char workers_folder[64];

unsigned workers_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (processors < 1)
		return 1;
	return processors > WORKERS_MAX ? WORKERS_MAX : (unsigned)processors;
}

void *workers_share(size_t size)
{
	void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED) {
		perror("mmap");
		exit(EXIT_FAILURE);
	}
	return shared;
}

static void run_one(worker_fn *fn, unsigned number, void *arg)
{
	char dir[80];

	snprintf(dir, sizeof(dir), "%s/%u", workers_folder, number);
	mkdir(dir, 0700);
	fn(number, dir, arg);
	workers_remove(dir);
	fflush(NULL);
	_exit(EXIT_SUCCESS);
}

bool workers_run(worker_fn *fn, void *arg)
{
	unsigned count = workers_count();
	pid_t pids[WORKERS_MAX];
	bool good = true;
	int status;

	fflush(NULL);
	for (unsigned i = 0; i < count; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			run_one(fn, i, arg);
	}
	for (unsigned i = 0; i < count; i++)
		if (pids[i] < 0 || waitpid(pids[i], &status, 0) < 0 ||
		    status != 0)
			good = false;
	return good;
}

/* LMDB asks for 2 MiB of zeros each time that it opens: from the system they
 * are there already. */
void workers_start(void)
{
	mallopt(M_MMAP_THRESHOLD, 1 << 20);
	strcpy(workers_folder, access("/dev/shm", W_OK) == 0 ?
				       "/dev/shm/entente-fault-XXXXXX" :
				       "/tmp/entente-fault-XXXXXX");
	if (!mkdtemp(workers_folder)) {
		perror(workers_folder);
		exit(EXIT_FAILURE);
	}
}

void workers_end(void)
{
	workers_remove(workers_folder);
}

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path) != 0 && flag == FTW_NS;
}

void workers_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
