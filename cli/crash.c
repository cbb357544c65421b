/*
 * crash.c - a signal while reading the log, told as the damage that it is.
 *
 * LMDB trusts the pages of its file: numbers in a damaged one lead it outside of
 * the map, or to an assertion.  Nothing can go on after that, but the exit code
 * and the message can be the right ones.
 */
#include "crash.h"
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char before[] =
	"entente: reading the log failed (signal ";
static const char behind[] =
	"): its file is damaged, or this is a fault of the program; "
	"`entente verify` tells which\n";

/* Only write() and _exit() are allowed here, and no allocation. */
static size_t add(char *to, size_t at, const char *str)
{
	while (*str)
		to[at++] = *str++;
	return at;
}

static void die(int sig)
{
	char line[256];
	size_t len = add(line, 0, before);
	ssize_t n;

	if (sig >= 10)
		line[len++] = (char)('0' + sig / 10 % 10);
	line[len++] = (char)('0' + sig % 10);
	len = add(line, len, behind);
	n = write(STDERR_FILENO, line, len);
	(void)n;
	_exit(CLI_DAMAGE);
}

/* A sanitizer has handlers of its own, which say more. */
static void catch(int sig)
{
	struct sigaction now, ours = { 0 };

	if (sigaction(sig, NULL, &now) != 0 || (now.sa_flags & SA_SIGINFO) ||
	    now.sa_handler != SIG_DFL)
		return;
	ours.sa_handler = die;
	ours.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK);
	sigemptyset(&ours.sa_mask);
	sigaction(sig, &ours, NULL);
}

/* A stack that has run out cannot take the handler too. */
static void set_stack(void)
{
	static char stack[16384];
	const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	stack_t now;

	if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
		sigaltstack(&alternate, NULL);
}

void crash_prepare(void)
{
	set_stack();
	catch(SIGBUS);
	catch(SIGSEGV);
	catch(SIGABRT);
	catch(SIGFPE);
}
