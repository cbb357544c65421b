/*
 * ahead.c - reading and checking ahead.
 *
 * Each thread in turn fills the next chunk of a ring from the input, then lets the
 * next one read while it checks what it has.  The first chunks are made by who asks
 * for them: most input has no others, and then there are no threads at all.
 */
#include "ahead.h"
#include "cli.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	CHUNKS = 32,
	CHUNKS_ALONE = 2, /* a short file, and its end */
	THREADS_MAX = 4
};

struct ahead {
	/* The input: of the thread that holds reading. */
	pthread_mutex_t reading;
	char **names;
	size_t names_count, next_name;
	uint64_t step, in_step; /* lines since the last step */
	struct input input;     /* fd is -1 between files */
	bool at_end;

	/* The ring: guarded by lock.  A chunk that is in it belongs to who made it
	 * until it is checked, then to who takes it. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t filled, taken;
	bool checked[CHUNKS];
	bool stopping;

	struct chunk chunks[CHUNKS];
	bool borrowed, ended; /* of who takes the chunks */
	int wake[2];          /* closing the second wakes who waits for input */
	pthread_t threads[THREADS_MAX];
	size_t threads_count;
	bool threads_tried;
};

/* ---- making chunks ---------------------------------------------------------- */

static int open_next(struct ahead *ahead)
{
	struct input *input = &ahead->input;
	int rc = CLI_DONE;

	if (input->fd < 0)
		rc = input_try_open(input, ahead->names[ahead->next_name++]);
	input->wake = ahead->wake[0]; /* once there are threads */
	return rc;
}

/* Lines of one file, or what hinders. */
static void read_chunk(struct ahead *ahead, struct chunk *chunk)
{
	uint64_t max = UINT64_MAX;
	int rc;

	chunk_clear(chunk);
	rc = open_next(ahead);
	if (ahead->step > 0)
		max = ahead->step - ahead->in_step;
	if (rc == CLI_DONE)
		rc = chunk_read(chunk, &ahead->input, max);
	else
		chunk->fault = ahead->input.fault;
	if (ahead->step > 0)
		ahead->in_step = (ahead->in_step + chunk->count) % ahead->step;
	if (rc == INPUT_END)
		input_close(&ahead->input);
	ahead->at_end = rc == CLI_INPUT ||
			(rc == INPUT_END &&
			 ahead->next_name == ahead->names_count);
	chunk->last = ahead->at_end;
}

/* The chunk to fill next, once it is free; NULL where none is to be filled. */
static struct chunk *free_chunk(struct ahead *ahead)
{
	struct chunk *chunk = NULL;

	if (ahead->at_end)
		return NULL;
	pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopping && ahead->filled - ahead->taken == CHUNKS)
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	if (!ahead->stopping)
		chunk = &ahead->chunks[ahead->filled % CHUNKS];
	pthread_mutex_unlock(&ahead->lock);
	return chunk;
}

static void note_filled(struct ahead *ahead, const struct chunk *chunk)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->checked[chunk - ahead->chunks] = false;
	ahead->filled++;
	pthread_mutex_unlock(&ahead->lock);
}

static void note_checked(struct ahead *ahead, const struct chunk *chunk)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->checked[chunk - ahead->chunks] = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
}

/* False where there is no more to do. */
static bool make_chunk(struct ahead *ahead)
{
	struct chunk *chunk;

	pthread_mutex_lock(&ahead->reading);
	chunk = free_chunk(ahead);
	if (chunk) {
		read_chunk(ahead, chunk);
		note_filled(ahead, chunk);
	}
	pthread_mutex_unlock(&ahead->reading);
	if (!chunk)
		return false;
	chunk_check(chunk);
	note_checked(ahead, chunk);
	return true;
}

/* ---- threads ---------------------------------------------------------------- */

static void *work(void *arg)
{
	while (make_chunk(arg))
		continue;
	return NULL;
}

/*
 * With none, because the system has none to give, who takes also makes.  They
 * begin with this thread's mask of signals, which must come to this one.
 */
static void start_threads(struct ahead *ahead)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = cores < 2 ? 1 : cores > THREADS_MAX ? THREADS_MAX
							    : (size_t)cores;
	sigset_t all, before;

	ahead->threads_tried = true;
	if (pipe2(ahead->wake, O_CLOEXEC) != 0) {
		ahead->wake[0] = ahead->wake[1] = -1;
		return;
	}
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	while (ahead->threads_count < wanted &&
	       pthread_create(&ahead->threads[ahead->threads_count], NULL, work,
			      ahead) == 0)
		ahead->threads_count++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void stop_threads(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->stopping = true;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	if (ahead->wake[1] >= 0)
		close(ahead->wake[1]);
	for (size_t i = 0; i < ahead->threads_count; i++)
		pthread_join(ahead->threads[i], NULL);
	if (ahead->wake[0] >= 0)
		close(ahead->wake[0]);
}

/* ---- taking chunks ---------------------------------------------------------- */

int ahead_open(struct ahead **out, char **names, size_t count, uint64_t step)
{
	static char standard_input[] = "-";
	static char *one_name[] = { standard_input };
	struct ahead *ahead = grow(NULL, 1, sizeof(*ahead));
	int rc = CLI_DONE;

	*ahead = (struct ahead){
		.reading = PTHREAD_MUTEX_INITIALIZER,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
		.names = count > 0 ? names : one_name,
		.names_count = count > 0 ? count : 1,
		.step = step,
		.input = { .fd = -1, .wake = -1 },
		.wake = { -1, -1 }
	};
	for (size_t i = 0; i < CHUNKS && rc == CLI_DONE; i++)
		rc = chunk_make(&ahead->chunks[i]);
	if (rc == CLI_DONE)
		*out = ahead;
	else
		ahead_close(ahead);
	return rc == CLI_DONE ? rc : fail(rc, "append: out of memory");
}

static void give_back(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->taken++;
	pthread_cond_broadcast(&ahead->changed);
	pthread_mutex_unlock(&ahead->lock);
	ahead->borrowed = false;
}

static struct chunk *wait_for_chunk(struct ahead *ahead)
{
	size_t place;

	pthread_mutex_lock(&ahead->lock);
	place = ahead->taken % CHUNKS;
	while (ahead->taken == ahead->filled || !ahead->checked[place])
		pthread_cond_wait(&ahead->changed, &ahead->lock);
	pthread_mutex_unlock(&ahead->lock);
	return &ahead->chunks[place];
}

struct chunk *ahead_next(struct ahead *ahead)
{
	struct chunk *chunk;

	if (ahead->borrowed)
		give_back(ahead);
	if (ahead->ended)
		return NULL;
	if (ahead->taken >= CHUNKS_ALONE && !ahead->threads_tried)
		start_threads(ahead);
	if (ahead->threads_count == 0)
		make_chunk(ahead);
	chunk = wait_for_chunk(ahead);
	ahead->borrowed = true;
	ahead->ended = chunk->last;
	return chunk;
}

void ahead_close(struct ahead *ahead)
{
	if (!ahead)
		return;
	stop_threads(ahead);
	input_close(&ahead->input);
	for (size_t i = 0; i < CHUNKS; i++)
		chunk_release(&ahead->chunks[i]);
	free(ahead);
}
