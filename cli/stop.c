/*
 * stop.c - SIGINT and SIGTERM.
 *
 * What the handler says is made ready before, since it can only copy bytes.  It
 * may come between any two instructions: so a sentence is written beside the one
 * that holds, and then takes its place by one assignment.
 */
#include "stop.h"
#include "progress.h"
#include "text.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { SENTENCE_MAX = 512 };

static char sentences[2][SENTENCE_MAX];
static const char *volatile sentence = sentences[0];
static volatile sig_atomic_t later; /* a signal is noted */
static volatile sig_atomic_t asked; /* its number */

static const int signals[] = { SIGINT, SIGTERM };

enum { SIGNALS = sizeof(signals) / sizeof(*signals) };

/* Dies here, not when the handler returns: nothing may be done in between. */
static void die_by(int number)
{
	sigset_t set;

	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void say_and_die(int number)
{
	const char *say = sentence;
	ssize_t n;

	progress_wipe();
	n = write(STDERR_FILENO, say, strlen(say));
	(void)n;
	die_by(number);
}

static void on_signal(int number)
{
	if (!later)
		say_and_die(number);
	if (asked) {
		progress_wipe();
		die_by(number);
	}
	asked = number;
}

void stop_prepare(void)
{
	/* SA_RESTART: a message or an answer is not cut by a signal that is
	 * only noted. */
	struct sigaction now, ours = { .sa_handler = on_signal,
				       .sa_flags = SA_RESTART };

	/* The other one waits meanwhile. */
	sigemptyset(&ours.sa_mask);
	for (int i = 0; i < SIGNALS; i++)
		sigaddset(&ours.sa_mask, signals[i]);
	for (int i = 0; i < SIGNALS; i++)
		if (sigaction(signals[i], NULL, &now) == 0 &&
		    now.sa_handler == SIG_DFL)
			sigaction(signals[i], &ours, NULL);
}

void stop_at_once(const char *why, const char *hint)
{
	char *next = sentence == sentences[0] ? sentences[1] : sentences[0];
	struct text text = { 0 };
	size_t len;

	if (why)
		text_fmt(&text, "entente: %s\n", why);
	if (why && hint)
		text_fmt(&text, "hint: %s\n", hint);
	len = text.len < SENTENCE_MAX ? text.len : SENTENCE_MAX - 1;
	memcpy(next, text_get(&text), len);
	next[len] = '\0';
	text_release(&text);
	atomic_signal_fence(memory_order_release);
	sentence = next;
	later = 0;
	if (asked)
		say_and_die((int)asked);
}

void stop_later(void)
{
	later = 1;
}

bool stop_asked(void)
{
	return asked != 0;
}

void stop_die(void)
{
	if (asked)
		die_by((int)asked);
}
