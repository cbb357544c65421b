/*
 * clock.c - time, samples, and the folder in which all stores are made.
 */
#include "clock.h"

#include <dirent.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *folder;

double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("bench: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	bench_folder_remove();
	exit(1);
}

void progress(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("bench: ", stderr);
	vfprintf(stderr, format, args);
	fputs(" ...\n", stderr);
	va_end(args);
}

void *need(size_t bytes)
{
	void *memory = calloc(1, bytes);

	if (!memory)
		die("out of memory");
	return memory;
}

/* ---- samples ---------------------------------------------------------- */

void samples_add(struct samples *samples, double time)
{
	if (samples->count == samples->room) {
		samples->room = samples->room ? 2 * samples->room : 16;
		samples->times = realloc(samples->times,
					 samples->room * sizeof(double));
		if (!samples->times)
			die("out of memory");
	}
	samples->times[samples->count++] = time;
	samples->sum += time;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

double samples_percentile(struct samples *samples, unsigned percent)
{
	size_t at;

	if (!samples->count)
		return 0;
	qsort(samples->times, samples->count, sizeof(double), compare);
	at = (samples->count * percent + 99) / 100;
	return samples->times[at ? at - 1 : 0];
}

double samples_median(struct samples *samples)
{
	return samples_percentile(samples, 50);
}

void samples_release(struct samples *samples)
{
	free(samples->times);
	*samples = (struct samples){ 0 };
}

/* ---- files ------------------------------------------------------------ */

uint64_t file_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

static uint64_t sum_of_blocks;

static int add_blocks(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)path;
	(void)ftw;
	if (type == FTW_F)
		sum_of_blocks += (uint64_t)st->st_blocks * 512;
	return 0;
}

uint64_t folder_bytes(const char *path)
{
	sum_of_blocks = 0;
	if (nftw(path, add_blocks, 16, FTW_PHYS) != 0)
		return 0;
	return sum_of_blocks;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void bench_folder_make(const char *base)
{
	size_t size = strlen(base) + sizeof("/stores.XXXXXX");
	char *made = need(size);

	mkdir(base, 0777);
	snprintf(made, size, "%s/stores.XXXXXX", base);
	if (!mkdtemp(made))
		die("no folder can be made in %s", base);
	folder = made;
}

void bench_folder_remove(void)
{
	if (folder)
		nftw(folder, remove_one, 16, FTW_PHYS | FTW_DEPTH);
	free(folder);
	folder = NULL;
}

char *bench_path(const char *name)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	char *path = need(size);

	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

void bench_remove(const char *name)
{
	char *path = bench_path(name);

	nftw(path, remove_one, 16, FTW_PHYS | FTW_DEPTH);
	free(path);
}
