/*
 * read_ahead.c - two pieces, one being filled while the other is written.
 */
#include "read_ahead.h"
#include "cli.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { PIECES = 2 };

struct read_ahead {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct piece pieces[PIECES];
	uint64_t filled, taken; /* pieces, counted from the first */
	bool ended;             /* the thread is done */
	size_t count;
	char **names;
	uint64_t events;
};

/* ---- the thread that reads -------------------------------------------------- */

static struct piece *wait_for_room(struct read_ahead *ahead)
{
	struct piece *piece;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->filled - ahead->taken == PIECES)
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	piece = &ahead->pieces[ahead->filled % PIECES];
	pthread_mutex_unlock(&ahead->mutex);
	ent_batch_clear(piece->reading.batch);
	text_clear(&piece->reading.said);
	piece->reading.bad = 0;
	return piece;
}

static void hand_over(struct read_ahead *ahead, struct piece *piece, int rc)
{
	piece->rc = rc;
	pthread_mutex_lock(&ahead->mutex);
	ahead->filled++;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
}

static int read_file(struct read_ahead *ahead, const char *name,
		     struct piece **piece)
{
	struct input input;
	int rc = input_open(&input, name);

	while (rc == CLI_DONE) {
		rc = input_next(&input);
		if (rc == CLI_DONE)
			rc = reading_line(&(*piece)->reading, &input);
		(*piece)->line = input.line;
		if (rc != CLI_DONE ||
		    ent_batch_count((*piece)->reading.batch) < ahead->events)
			continue;
		if ((*piece)->reading.bad > 0)
			break;
		hand_over(ahead, *piece, CLI_DONE);
		*piece = wait_for_room(ahead);
	}
	input_close(&input);
	return rc;
}

static void *read_all(void *arg)
{
	static char *const standard_input[] = { "-" };
	struct read_ahead *ahead = arg;
	size_t count = ahead->count ? ahead->count : 1;
	char *const *names = ahead->count ? ahead->names : standard_input;
	struct piece *piece = wait_for_room(ahead);
	int rc = INPUT_END;

	for (size_t i = 0; i < count && rc == INPUT_END; i++)
		rc = read_file(ahead, names[i], &piece);
	pthread_mutex_lock(&ahead->mutex);
	ahead->ended = true;
	pthread_mutex_unlock(&ahead->mutex);
	hand_over(ahead, piece, rc);
	return NULL;
}

/* ---- the thread that writes --------------------------------------------------- */

/* A thread begins with the mask of the one that makes it. */
static int start_thread(struct read_ahead *ahead)
{
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&ahead->thread, NULL, read_all, ahead);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static void release(struct read_ahead *ahead)
{
	for (size_t i = 0; i < PIECES; i++) {
		ent_batch_free(ahead->pieces[i].reading.batch);
		text_release(&ahead->pieces[i].reading.said);
	}
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	free(ahead);
}

struct read_ahead *read_ahead_begin(size_t count, char **names, uint64_t events)
{
	struct read_ahead *ahead = grow(NULL, 1, sizeof(*ahead));
	bool ready = true;

	*ahead = (struct read_ahead){ .count = count,
				      .names = names,
				      .events = events };
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	for (size_t i = 0; i < PIECES; i++)
		ready &= ent_batch_new(&ahead->pieces[i].reading.batch, NULL) ==
			 ENT_OK;
	if (ready && start_thread(ahead) == 0)
		return ahead;
	release(ahead);
	return NULL;
}

struct piece *read_ahead_next(struct read_ahead *ahead)
{
	struct piece *piece;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->filled == ahead->taken)
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	piece = &ahead->pieces[ahead->taken % PIECES];
	pthread_mutex_unlock(&ahead->mutex);
	return piece;
}

void read_ahead_give_back(struct read_ahead *ahead)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->taken++;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
}

void read_ahead_end(struct read_ahead *ahead)
{
	bool ended;

	pthread_mutex_lock(&ahead->mutex);
	ended = ahead->ended;
	pthread_mutex_unlock(&ahead->mutex);
	if (!ended) {
		pthread_detach(ahead->thread);
		return;
	}
	pthread_join(ahead->thread, NULL);
	release(ahead);
}
