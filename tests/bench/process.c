/*
 * process.c - whole processes, timed; and once more, stopped right before their
 * end, to read what their memory is.
 *
 * ru_maxrss would not do: it has what the parent held when it forked.
 */
#include "process.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/ptrace.h>
#include <sys/resource.h>
#endif

#include "clock.h"

/* posix_spawn(): a fork() would copy the tables of our own memory. */
double process_time(const char *const *argv)
{
	posix_spawn_file_actions_t actions;
	double start;
	int status = 0;
	pid_t child;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
					 O_WRONLY, 0);
	start = now();
	if (posix_spawnp(&child, argv[0], &actions, NULL,
			 (char *const *)(uintptr_t)argv, environ) != 0 ||
	    waitpid(child, &status, 0) != child)
		die("%s cannot be run", argv[0]);
	start = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("%s failed", argv[0]);
	return start;
}

#ifdef __linux__

__attribute__((noreturn)) static void be_traced(const char *const *argv)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0 ||
	    ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		_exit(126);
	raise(SIGSTOP);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* The sum of the lines of /proc/PID/file that begin with key, in bytes. */
static uint64_t sum_lines(pid_t child, const char *file, const char *key)
{
	char path[64], line[256];
	unsigned long long sum = 0, kib;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%ld/%s", (long)child, file);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof(line), in))
		if (strncmp(line, key, strlen(key)) == 0 &&
		    sscanf(strchr(line, ':') + 1, "%llu", &kib) == 1)
			sum += kib;
	if (in)
		fclose(in);
	return sum * 1024;
}

static bool is_exit_stop(int status)
{
	return status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8);
}

/* Up to its end; signals that are not ours to take are passed on. */
static bool follow(pid_t child, struct process_memory *out)
{
	struct rusage usage;
	int status, signal;
	bool seen = false;

	while (wait4(child, &status, 0, &usage) == child) {
		if (!WIFSTOPPED(status)) {
			out->faults = (uint64_t)usage.ru_minflt;
			return seen && WIFEXITED(status) &&
			       WEXITSTATUS(status) == 0;
		}
		signal = WSTOPSIG(status);
		if (is_exit_stop(status)) {
			out->private_bytes =
				sum_lines(child, "smaps_rollup", "Private_");
			out->peak_bytes = sum_lines(child, "status", "VmHWM");
			seen = out->peak_bytes != 0;
		}
		if (signal == SIGTRAP || signal == SIGSTOP)
			signal = 0;
		ptrace(PTRACE_CONT, child, NULL, (void *)(intptr_t)signal);
	}
	return false;
}

bool process_memory(const char *const *argv, struct process_memory *out)
{
	struct process_memory found = { 0 };
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0)
		be_traced(argv);
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    !WIFSTOPPED(status) ||
	    ptrace(PTRACE_SETOPTIONS, child, NULL,
		   (void *)(uintptr_t)(PTRACE_O_TRACEEXIT |
				       PTRACE_O_EXITKILL)) != 0)
		return false;
	ptrace(PTRACE_CONT, child, NULL, NULL);
	if (!follow(child, &found))
		return false;
	*out = found;
	return true;
}

#else

bool process_memory(const char *const *argv, struct process_memory *out)
{
	(void)argv;
	(void)out;
	return false;
}

#endif
