/*
 * fuzz_log.c - the file of a small log, damaged as the bytes say, through verify
 * and every way of reading, in a child.  LMDB trusts its pages, so a signal there
 * is an answer; a sanitizer's report, time without end, and a log that verify
 * finds whole although it says other things are not.
 *
 * The bytes are a list of damages, so that what is found is small: place (3), how
 * (1), and what how needs.
 *
 * fuzz: -max_len=64 -timeout=120 -rss_limit_mb=0
 * asan: quarantine_size_mb=1:thread_local_quarantine_size_kb=64:malloc_context_size=2:max_malloc_fill_size=0
 */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "doors/hash.h"
#include "doors/store_private.h"
#include "entente/entente.h"

enum {
	MEETINGS = 24, /* with which nodes of the tree are stored */
	EVENTS_MAX = 128,
	IMAGE_MAX = 1 << 20,
	PAGE = 4096,
	SECTOR = 512,
	CPU_SECONDS = 4,
	TICK_MS = 40,
	SLEEP_SECONDS = 60,
	CURIOUS = 4, /* one of so many */
	DIFFERS = 1
};

/* What a log of that many events says. */
struct content {
	struct ent_hash root, events, state;
};

static uint8_t image[IMAGE_MAX], damaged[IMAGE_MAX];
static size_t image_size;
static struct content contents[EVENTS_MAX + 1];
static char dir[128], data_path[160], lock_path[160];

/* ---- what a log says --------------------------------------------------- */

static void hash_text(struct ent_hash *hash, const char *text, size_t len)
{
	struct ent_bytes parts[] = { { hash, sizeof(*hash) }, { text, len } };

	FUZZ_CHECK(hash_parts(parts, 2, hash, NULL) == ENT_OK);
}

static bool read_events(struct ent_log *log, uint64_t known,
			struct ent_hash *out)
{
	struct ent_filter filter = { .known = known };
	struct ent_cursor *cursor = NULL;
	struct ent_event *event = NULL;
	uint64_t count = 0, at = 0;
	bool found = true;
	int rc = ent_log_read(log, &filter, &cursor, NULL);

	memset(out, 0, sizeof(*out));
	while (rc == ENT_OK && known > 0) {
		char *json = NULL;
		size_t len = 0;

		rc = ent_cursor_next(cursor, &event, NULL);
		if (rc != ENT_OK)
			break;
		FUZZ_CHECK(ent_event_json(event, &json, &len, NULL) == ENT_OK);
		hash_text(out, json, len);
		found = found && ent_log_find(log, &event->id, &at, NULL) ==
					 ENT_OK && at == event->seq;
		count++;
		ent_free(json);
		ent_event_free(event);
	}
	ent_cursor_close(cursor);
	return found && rc >= ENT_OK && count == known;
}

static bool read_state(struct ent_log *log, uint64_t known, bool no_checkpoints,
		       struct ent_hash *out)
{
	struct ent_basis basis = { .at = ent_day(2025, 6, 1), .known = known };
	struct ent_view view = { .no_checkpoints = no_checkpoints };
	struct ent_state *state = NULL;

	if (ent_replay(log, &basis, &view, &state, NULL) != ENT_OK)
		return false;
	*out = ent_state_digest(state);
	ent_state_free(state);
	return true;
}

static bool same(const struct ent_hash *a, const struct ent_hash *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* The log as it was, or as it was when it had fewer events. */
static bool says_the_same(struct ent_log *log)
{
	struct content now;
	struct ent_hash quick;
	uint64_t known = 0;

	if (ent_log_head(log, &known, &now.root, NULL) != ENT_OK ||
	    known > EVENTS_MAX)
		return false;
	if (!read_events(log, known, &now.events) ||
	    !read_state(log, known, true, &now.state) ||
	    !read_state(log, known, false, &quick))
		return false;
	return same(&now.root, &contents[known].root) &&
	       same(&now.events, &contents[known].events) &&
	       same(&now.state, &contents[known].state) &&
	       same(&quick, &now.state);
}

/* ---- the child --------------------------------------------------------- */

/* What libFuzzer counts, from the first byte to behind the last: the child's must
 * reach the parent.  In assembly, since the compiler has these names to itself. */
#ifdef __linux__
__asm__(".weak __start___sancov_cntrs\n"
	".weak __stop___sancov_cntrs\n"
	".pushsection .data\n"
	".balign 8\n"
	"fuzz_counters:\n"
	".8byte __start___sancov_cntrs\n"
	".8byte __stop___sancov_cntrs\n"
	".popsection\n");
extern uint8_t *const fuzz_counters[2];
#else
static uint8_t *const fuzz_counters[2];
#endif

#ifdef __clang__
#define NOT_COUNTED __attribute__((no_sanitize("coverage")))
#else
#define NOT_COUNTED
#endif

/* Where parent and child talk. */
struct shared {
	volatile int status; /* of the last log */
	volatile bool curious; /* ask also where it is damaged */
	uint8_t counters[];
};

static struct shared *shared;
static pid_t child;
static int to_child, from_child; /* a byte for each log, and one back */

NOT_COUNTED static size_t counters(void)
{
	return (size_t)((uintptr_t)fuzz_counters[1] - (uintptr_t)fuzz_counters[0]);
}

NOT_COUNTED static void keep_counters(void)
{
	if (counters() > 0)
		memcpy(shared->counters, fuzz_counters[0], counters());
}

/* The parent's own are the same at each input. */
NOT_COUNTED static void take_counters(void)
{
	if (counters() > 0)
		memcpy(fuzz_counters[0], shared->counters, counters());
}

/* The files stay where they are, and to look for them at each of a hundred
 * transactions is half of the system's part. */
int __wrap_store_check_place(const struct store *store, bool writes,
			     struct ent_error *err);

int __wrap_store_check_place(const struct store *store, bool writes,
			     struct ent_error *err)
{
	(void)store;
	(void)writes;
	(void)err;
	return ENT_OK;
}

/* How values compare says nothing of pages, and to note it takes a third of the
 * time; the linker puts these in the place of libFuzzer's (--wrap). */
#define COMPARED(name, type) \
	void __wrap___sanitizer_cov_trace_##name(type a, type b); \
	NOT_COUNTED void __wrap___sanitizer_cov_trace_##name(type a, type b) \
	{ \
		(void)a; \
		(void)b; \
	}

COMPARED(cmp1, uint8_t)
COMPARED(cmp2, uint16_t)
COMPARED(cmp4, uint32_t)
COMPARED(cmp8, uint64_t)
COMPARED(const_cmp1, uint8_t)
COMPARED(const_cmp2, uint16_t)
COMPARED(const_cmp4, uint32_t)
COMPARED(const_cmp8, uint64_t)

static void die(int sig)
{
	keep_counters();
	signal(sig, SIG_DFL);
	raise(sig);
}

/* Time of the processor, since others may be using it. */
NOT_COUNTED static void tick_every(long ms)
{
	const struct itimerval every = { .it_value.tv_usec = ms * 1000,
					 .it_interval.tv_usec = ms * 1000 };

	setitimer(ITIMER_PROF, &every, NULL);
}

NOT_COUNTED static bool was_ours(void)
{
	bool ours = counters() == 0;

	for (size_t i = 0; i < counters() && !ours; i++)
		ours = fuzz_counters[0][i] != 0;
	return ours;
}

/*
 * LMDB itself goes round for ever in some damaged pages, within one call: only a
 * limit on its process helps, which is for who verifies to set.  Where nothing of
 * ours was counted between two ticks, it was that; and to wait for long would be
 * most of what this target does.
 */
static unsigned ticks; /* at one log */

NOT_COUNTED static void tick(int sig)
{
	bool ours = ticks == 0 || was_ours();

	if (!ours || ++ticks * TICK_MS >= CPU_SECONDS * 1000) {
		signal(sig, SIG_DFL);
		raise(ours ? sig : SIGXCPU);
	}
	memset(fuzz_counters[0], 0, counters());
}

static void limit(void)
{
	static const int deaths[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE };
	const struct rlimit core = { 0, 0 };
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	for (size_t i = 0; i < sizeof(deaths) / sizeof(deaths[0]); i++)
		signal(deaths[i], die);
	signal(SIGALRM, SIG_IGN);
	signal(SIGPROF, tick);
	signal(SIGXCPU, SIG_DFL);
	setrlimit(RLIMIT_CORE, &core);
	dup2(null, STDERR_FILENO); /* assertions of LMDB */
}

/* Now and then also where it is known to be damaged: what is asked then may fail. */
static int ask(struct ent_log *log)
{
	struct ent_verified done = { 0 };
	struct ent_stat stat;
	int rc = ent_log_verify(log, NULL, NULL, NULL, &done, NULL);
	bool whole = rc == ENT_OK && done.findings == 0;
	bool unchanged = (whole || shared->curious) && says_the_same(log);

	ent_log_stat(log, &stat, NULL);
	return whole && !unchanged ? DIFFERS : 0;
}

static int open_and_ask(void)
{
	const struct ent_log_options options = { .read_only = true };
	struct ent_log *log = NULL;
	int status;

	if (ent_log_open(dir, &options, &log, NULL) != ENT_OK)
		return 0;
	status = ask(log);
	ent_log_close(log);
	return status;
}

/* One child for many logs: to fork takes longer than to look at one. */
static _Noreturn void be_child(int from, int to)
{
	char byte;

	limit();
	while (read(from, &byte, 1) == 1) {
		if (counters() > 0)
			memset(fuzz_counters[0], 0, counters());
		ticks = 0;
		tick_every(TICK_MS);
		shared->status = open_and_ask();
		tick_every(0);
		keep_counters();
		if (write(to, &byte, 1) != 1)
			break;
	}
	_exit(0);
}

static void start_child(void)
{
	int down[2], up[2];

	FUZZ_CHECK(pipe(down) == 0 && pipe(up) == 0);
	child = fork();
	FUZZ_CHECK(child >= 0);
	if (child == 0) {
		close(down[1]);
		close(up[0]);
		be_child(down[0], up[1]);
	}
	close(down[0]);
	close(up[1]);
	to_child = down[1];
	from_child = up[0];
}

/* A report of a sanitizer is an exit with a code of its own. */
static void end_child(void)
{
	int status = 0;

	close(to_child);
	close(from_child);
	while (waitpid(child, &status, 0) != child)
		FUZZ_CHECK(errno == EINTR); /* libFuzzer's clock */
	child = 0;
	FUZZ_CHECK(WIFSIGNALED(status));
	FUZZ_CHECK(WTERMSIG(status) != SIGPROF && WTERMSIG(status) != SIGKILL);
}

static void run_child(void)
{
	struct pollfd answer;
	char byte = 0;
	ssize_t n;

	if (child == 0)
		start_child();
	shared->status = 0;
	FUZZ_CHECK(write(to_child, &byte, 1) == 1);
	answer = (struct pollfd){ .fd = from_child, .events = POLLIN };
	do
		n = poll(&answer, 1, SLEEP_SECONDS * 1000);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		kill(child, SIGKILL);
	if (read(from_child, &byte, 1) != 1)
		end_child();
	take_counters();
	FUZZ_CHECK(shared->status != DIFFERS);
}

/* ---- damage ------------------------------------------------------------ */

struct damages {
	const uint8_t *at, *end;
	size_t size; /* of the file */
};

static size_t take(struct damages *damages, int bytes)
{
	size_t number = 0;

	while (bytes-- > 0 && damages->at < damages->end)
		number = number << 8 | *damages->at++;
	return number;
}

static void copy_page(struct damages *damages, size_t place)
{
	size_t pages = image_size / PAGE;
	size_t from = take(damages, 1) % pages;

	memcpy(damaged + place / PAGE % pages * PAGE, image + from * PAGE, PAGE);
}

/* Bytes in place of others, mostly; lost sectors, pages, and the end. */
static void damage_once(struct damages *damages)
{
	size_t place = take(damages, 3) % image_size, how = take(damages, 1);

	if (how == 0xff)
		damages->size = place / SECTOR * SECTOR;
	else if (how == 0xfe)
		memset(damaged + place / SECTOR * SECTOR, 0, SECTOR);
	else if (how == 0xfd)
		copy_page(damages, place);
	else if (how & 0x80)
		damaged[place] ^= (uint8_t)(1u << how % 8);
	else
		for (size_t i = 0; i <= how % 8 && place + i < image_size; i++)
			damaged[place + i] = (uint8_t)take(damages, 1);
}

static void write_file(const char *path, const uint8_t *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	FUZZ_CHECK(fd >= 0);
	FUZZ_CHECK(write(fd, data, size) == (ssize_t)size);
	FUZZ_CHECK(ftruncate(fd, (off_t)size) == 0);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct damages damages = { data, data + size, image_size };

	memcpy(damaged, image, image_size);
	while (damages.at < damages.end)
		damage_once(&damages);
	write_file(data_path, damaged, damages.size);
	if (child == 0)
		unlink(lock_path); /* readers that died are listed in it */
	shared->curious = size > 0 && data[size - 1] % CURIOUS == 0;
	run_child();
	return 0;
}

/* ---- the log as it was -------------------------------------------------- */

static void read_image(void)
{
	FILE *file = fopen(data_path, "rb");

	FUZZ_CHECK(file);
	image_size = fread(image, 1, sizeof(image), file);
	FUZZ_CHECK(image_size > 0 && image_size < sizeof(image));
	fclose(file);
}

static void read_contents(uint64_t last)
{
	const struct ent_log_options options = { .read_only = true };
	struct ent_log *log = NULL;

	FUZZ_CHECK(last <= EVENTS_MAX);
	FUZZ_CHECK(ent_log_open(dir, &options, &log, NULL) == ENT_OK);
	for (uint64_t known = 0; known <= last; known++) {
		struct content *content = &contents[known];

		FUZZ_CHECK(ent_log_root(log, known, &content->root, NULL) ==
			   ENT_OK);
		FUZZ_CHECK(read_events(log, known, &content->events));
		FUZZ_CHECK(read_state(log, known, true, &content->state));
	}
	FUZZ_CHECK(says_the_same(log));
	ent_log_close(log);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	snprintf(dir, sizeof(dir), "%s/log", fuzz_folder());
	snprintf(data_path, sizeof(data_path), "%s/data.mdb", dir);
	snprintf(lock_path, sizeof(lock_path), "%s/lock.mdb", dir);
	read_contents(fuzz_history(dir, MEETINGS));
	read_image();
	shared = mmap(NULL, sizeof(*shared) + counters(), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	FUZZ_CHECK(shared != MAP_FAILED);
	return 0;
}
