/*
 * serve.c - see serve.h.  In the preloaded library only.
 */
#include "serve.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int main_fn(int argc, char **argv, char **env);
typedef int start_fn(main_fn *main, int argc, char **argv, void (*init)(void),
		     void (*fini)(void), void (*end)(void), void *stack);

static main_fn *program;

/* What a run counts is read when it is over, however it ends. */
static bool share_counts(void)
{
	struct failing copy = failing;

	if (syscall(SYS_mmap, &failing, FAULT_PAGE, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == -1)
		return false;
	failing = copy;
	return true;
}

static void to_file(const char *path, int as)
{
	long fd = syscall(SYS_openat, AT_FDCWD, path,
			  O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd >= 0 && fd != as) {
		dup2((int)fd, as);
		syscall(SYS_close, fd);
	}
}

static int run(int argc, char **argv, char **env, int socket,
	       const struct fault_plan *plan)
{
	struct itimerval limit = { .it_value.tv_sec = SERVE_SECONDS };

	syscall(SYS_close, socket);
	to_file(SERVE_OUT, STDOUT_FILENO);
	to_file(SERVE_ERR, STDERR_FILENO);
	setitimer(ITIMER_REAL, &limit, NULL);
	fault_arm(plan);
	return program(argc, argv, env);
}

/* Returns in the child, with what the program returned. */
static int serve(int argc, char **argv, char **env, int socket)
{
	struct fault_plan plan;
	struct serve_answer answer;

	while (syscall(SYS_read, socket, &plan, sizeof(plan)) ==
	       (long)sizeof(plan)) {
		pid_t pid = fork();

		if (pid == 0)
			return run(argc, argv, env, socket, &plan);
		memset(&answer, 0, sizeof(answer));
		waitpid(pid, &answer.status, 0);
		failing.armed = false;
		answer.calls = failing.calls;
		answer.allocations = failing.allocations;
		answer.hits = failing.hits;
		memcpy(answer.first, failing.first, sizeof(answer.first));
		syscall(SYS_write, socket, &answer, sizeof(answer));
	}
	_exit(EXIT_SUCCESS);
}

/* One run by hand, as under a debugger: kind, errno, which, and 1 for persistent,
 * as numbers. */
static void arm_by_hand(const char *text)
{
	struct fault_plan plan = { 0 };
	char *at;

	plan.kind = (enum fault_kind)strtol(text, &at, 10);
	plan.code = (int)strtol(at, &at, 10);
	plan.at = strtoull(at, &at, 10);
	plan.persistent = strtol(at, NULL, 10) != 0;
	fault_arm(&plan);
}

static int program_or_serve(int argc, char **argv, char **env)
{
	const char *number = getenv(SERVE_VARIABLE);
	const char *plan = getenv(SERVE_PLAN);

	if (plan)
		arm_by_hand(plan);
	if (!number || !share_counts())
		return program(argc, argv, env);
	return serve(argc, argv, env, atoi(number));
}

__attribute__((visibility("default")))
int __libc_start_main(main_fn *main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*end)(void), void *stack);

int __libc_start_main(main_fn *main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*end)(void), void *stack)
{
	void *found = dlsym(RTLD_NEXT, "__libc_start_main");
	start_fn *start;

	memcpy(&start, &found, sizeof(start));
	program = main;
	return start(program_or_serve, argc, argv, init, fini, end, stack);
}
