/*
 * failing.h - the n-th call of a kind fails: allocations, reads and writes of the
 * store, hashes.
 *
 * The linker leads these calls here (--wrap, in tests/coverage.mk), those between
 * files of the engine and those of the engine to the C library.
 */
#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/hash.h"
#include "doors/sign.h"
#include "doors/store.h"
#include "ground/buf.h"
#include "ground/map.h"
#include "ground/mem.h"
#include "ground/positions.h"

enum failing_kind {
	FAIL_NOTHING,
	FAIL_MEMORY, /* there is none: ENT_ENOMEM */
	FAIL_ROOM,   /* the same, for what is mostly there already */
	FAIL_READ,   /* ENT_EIO */
	FAIL_WRITE,  /* ENT_EIO */
	FAIL_GROW,   /* the map is full: STORE_GROW, which mends itself */
	FAIL_HASH,   /* ENT_EIO; signatures too */
	FAIL_SHA1,   /* ENT_EIO, and another one takes its place */
	FAIL_SYSTEM  /* calls about files, with failing.system */
};

#define FAILING_MESSAGE "made to fail"

static struct {
	enum failing_kind kind;
	unsigned long left; /* calls until the one that fails */
	bool done;          /* it has failed */
	long allocated;     /* blocks that nobody has freed */
	int system;         /* what errno is then */
} failing;

static inline void fail_at(enum failing_kind kind, unsigned long n)
{
	failing.kind = kind;
	failing.left = n;
	failing.done = false;
}

/* So many calls of the kind have been made since fail_at(kind, FAIL_NEVER). */
#define FAIL_NEVER ULONG_MAX

static inline unsigned long fail_count(void)
{
	return FAIL_NEVER - failing.left;
}

/* Whether it came so far. */
static inline bool fail_end(void)
{
	failing.kind = FAIL_NOTHING;
	return failing.done;
}

static inline bool fails(enum failing_kind kind)
{
	if (failing.kind != kind || failing.done || --failing.left > 0)
		return false;
	failing.done = true;
	return true;
}

/* ---- memory ------------------------------------------------------------------ */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

static inline void *counted(void *memory)
{
	failing.allocated += memory != NULL;
	return memory;
}

void *__wrap_malloc(size_t size)
{
	return fails(FAIL_MEMORY) ? NULL : counted(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails(FAIL_MEMORY) ? NULL : counted(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
	if (fails(FAIL_MEMORY))
		return NULL;
	if (!memory)
		return counted(__real_malloc(size));
	return __real_realloc(memory, size);
}

void __wrap_free(void *memory)
{
	failing.allocated -= memory != NULL;
	__real_free(memory);
}

/* What the C library gives, and who called it frees. */
char *__real_realpath(const char *path, char *out);
char *__wrap_realpath(const char *path, char *out);

char *__wrap_realpath(const char *path, char *out)
{
	if (!out && fails(FAIL_MEMORY)) {
		errno = ENOMEM;
		return NULL;
	}
	return out ? __real_realpath(path, out) :
		     counted(__real_realpath(path, NULL));
}

/* Fortified programs call the second. */
int __real_vasprintf(char **out, const char *fmt, va_list args) ENT_PRINTF(2, 0);
int __wrap_vasprintf(char **out, const char *fmt, va_list args) ENT_PRINTF(2, 0);
int __wrap___vasprintf_chk(char **out, int flag, const char *fmt, va_list args)
	ENT_PRINTF(3, 0);

int __wrap_vasprintf(char **out, const char *fmt, va_list args)
{
	if (fails(FAIL_MEMORY))
		return -1;
	failing.allocated++;
	return __real_vasprintf(out, fmt, args);
}

int __wrap___vasprintf_chk(char **out, int flag, const char *fmt, va_list args)
{
	(void)flag;
	return __wrap_vasprintf(out, fmt, args);
}

/* ---- the system ---------------------------------------------------------------- */

int __real_open(const char *path, int flags, ...);
int __real_close(int fd);
int __wrap_open(const char *path, int flags, ...);
int __wrap_close(int fd);

static inline bool fails_system(void)
{
	if (!fails(FAIL_SYSTEM))
		return false;
	errno = failing.system;
	return true;
}

int __wrap_open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return fails_system() ? -1 : __real_open(path, flags, mode);
}

/* As on Linux, it is closed all the same. */
int __wrap_close(int fd)
{
	bool failed = fails_system();
	int rc = __real_close(fd);

	if (failed)
		errno = failing.system;
	return failed ? -1 : rc;
}

#define FAILING_SYSTEM(type, name, parameters, arguments)              \
	type __real_##name parameters;                                 \
	type __wrap_##name parameters;                                 \
	type __wrap_##name parameters                                  \
	{                                                              \
		return fails_system() ? -1 : __real_##name arguments;  \
	}

FAILING_SYSTEM(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len))
FAILING_SYSTEM(ssize_t, write, (int fd, const void *from, size_t len),
	       (fd, from, len))
FAILING_SYSTEM(int, fsync, (int fd), (fd))
FAILING_SYSTEM(int, fstat, (int fd, struct stat *out), (fd, out))

/* ---- room ------------------------------------------------------------------------ */

/* Most of what asks for room asks the C library for none. */
#define FAILING_ROOM(name, parameters, arguments)                             \
	int __real_##name parameters;                                         \
	int __wrap_##name parameters;                                         \
	int __wrap_##name parameters                                          \
	{                                                                     \
		return fails(FAIL_ROOM) ?                                     \
			       ent_error_set(err, ENT_ENOMEM, "no room") :    \
			       __real_##name arguments;                       \
	}

FAILING_ROOM(mem_grow,
	     (void *items, size_t *room, size_t need, size_t size,
	      struct ent_error *err),
	     (items, room, need, size, err))
FAILING_ROOM(map_add,
	     (struct map * map, struct map_key key, size_t value,
	      struct ent_error *err),
	     (map, key, value, err))
FAILING_ROOM(positions_add,
	     (struct positions * positions, uint64_t hash,
	      position_hash_fn *hash_of, const void *items,
	      struct ent_error *err),
	     (positions, hash, hash_of, items, err))
FAILING_ROOM(buf_check, (const struct buf *buf, struct ent_error *err), (buf, err))

void *__real_arena_alloc(struct arena *arena, size_t size);
char *__real_arena_text(struct arena *arena, const char *text, size_t len);
void *__wrap_arena_alloc(struct arena *arena, size_t size);
char *__wrap_arena_text(struct arena *arena, const char *text, size_t len);

void *__wrap_arena_alloc(struct arena *arena, size_t size)
{
	return fails(FAIL_ROOM) ? NULL : __real_arena_alloc(arena, size);
}

char *__wrap_arena_text(struct arena *arena, const char *text, size_t len)
{
	return fails(FAIL_ROOM) ? NULL : __real_arena_text(arena, text, len);
}

/* ---- the store and hashes ------------------------------------------------------ */

/* name(parameters) fails as its kind does; else it is called with those arguments. */
#define FAILING(name, failure, parameters, arguments)  \
	int __real_##name parameters;                  \
	int __wrap_##name parameters;                  \
	int __wrap_##name parameters                   \
	{                                              \
		int failed = failure;                  \
                                                       \
		return failed != ENT_OK ?              \
			       failed :                \
			       __real_##name arguments; \
	}

static inline int failed_io(enum failing_kind kind, struct ent_error *err)
{
	return fails(kind) ? ent_error_set(err, ENT_EIO, FAILING_MESSAGE) : ENT_OK;
}

static inline int failed_write(struct ent_error *err)
{
	return fails(FAIL_GROW) ? (int)STORE_GROW : failed_io(FAIL_WRITE, err);
}

#define READ failed_io(FAIL_READ, err)
#define WRITE failed_write(err)
#define HASH failed_io(FAIL_HASH, err)

FAILING(store_begin_read, READ,
	(struct store * store, struct store_txn **out, struct ent_error *err),
	(store, out, err))
FAILING(store_get, READ,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes *out, struct ent_error *err),
	(txn, table, key, out, err))
FAILING(store_get_floor, READ,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes *out_key, struct ent_bytes *out, struct ent_error *err),
	(txn, table, key, out_key, out, err))
FAILING(store_count, READ,
	(struct store_txn * txn, enum store_table table, uint64_t *out,
	 struct ent_error *err),
	(txn, table, out, err))
FAILING(store_table_bytes, READ,
	(struct store_txn * txn, enum store_table table, uint64_t *out,
	 struct ent_error *err),
	(txn, table, out, err))
FAILING(store_file_bytes, READ,
	(struct store * store, uint64_t *out, struct ent_error *err),
	(store, out, err))
FAILING(store_readers, READ,
	(struct store * store, struct store_readers *out, struct ent_error *err),
	(store, out, err))
FAILING(store_cursor_open, READ,
	(struct store_txn * txn, enum store_table table, struct store_cursor **out,
	 struct ent_error *err),
	(txn, table, out, err))
FAILING(store_cursor_seek, READ,
	(struct store_cursor * cursor, struct ent_bytes from,
	 struct ent_bytes *out_key, struct ent_bytes *out_value,
	 struct ent_error *err),
	(cursor, from, out_key, out_value, err))
FAILING(store_cursor_next, READ,
	(struct store_cursor * cursor, struct ent_bytes *out_key,
	 struct ent_bytes *out_value, struct ent_error *err),
	(cursor, out_key, out_value, err))
FAILING(store_cursor_last, READ,
	(struct store_cursor * cursor, struct ent_bytes *out_key,
	 struct ent_bytes *out_value, struct ent_error *err),
	(cursor, out_key, out_value, err))

FAILING(store_begin_write, failed_io(FAIL_WRITE, err),
	(struct store * store, bool no_sync, struct store_txn **out,
	 struct ent_error *err),
	(store, no_sync, out, err))
FAILING(store_put, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes value, struct ent_error *err),
	(txn, table, key, value, err))
FAILING(store_put_ascending, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes value, bool *at_end, struct ent_error *err),
	(txn, table, key, value, at_end, err))
FAILING(store_append, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes value, struct ent_error *err),
	(txn, table, key, value, err))
FAILING(store_replace, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_bytes value, struct ent_error *err),
	(txn, table, key, value, err))
FAILING(store_delete, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_bytes key,
	 struct ent_error *err),
	(txn, table, key, err))
FAILING(store_clear, WRITE,
	(struct store_txn * txn, enum store_table table, struct ent_error *err),
	(txn, table, err))
FAILING(store_grow, failed_io(FAIL_WRITE, err),
	(struct store * store, struct ent_error *err), (store, err))

FAILING(hash_parts, HASH,
	(const struct ent_bytes parts[], size_t count, struct ent_hash *out,
	 struct ent_error *err),
	(parts, count, out, err))
FAILING(hash_sha1, failed_io(FAIL_SHA1, err),
	(const struct ent_bytes parts[], size_t count,
	 uint8_t out[HASH_SHA1_BYTES], struct ent_error *err),
	(parts, count, out, err))
FAILING(hash_blake2b, HASH,
	(struct ent_bytes bytes, uint8_t out[HASH_BLAKE2B_BYTES],
	 struct ent_error *err),
	(bytes, out, err))
FAILING(sign_new_seed, HASH,
	(uint8_t out[SIGN_SEED_BYTES], struct ent_error *err), (out, err))
FAILING(sign_public, HASH,
	(const uint8_t seed[SIGN_SEED_BYTES], uint8_t out[SIGN_PUBLIC_BYTES],
	 struct ent_error *err),
	(seed, out, err))
FAILING(sign_make, HASH,
	(const uint8_t seed[SIGN_SEED_BYTES], struct ent_bytes bytes,
	 uint8_t out[SIGN_BYTES], struct ent_error *err),
	(seed, bytes, out, err))
FAILING(sign_check, HASH,
	(const uint8_t key[SIGN_PUBLIC_BYTES], struct ent_bytes bytes,
	 const uint8_t signature[SIGN_BYTES], struct ent_error *err),
	(key, bytes, signature, err))

int __real_store_commit(struct store_txn *txn, struct ent_error *err);
int __wrap_store_commit(struct store_txn *txn, struct ent_error *err);

/* It frees the transaction also when it fails. */
int __wrap_store_commit(struct store_txn *txn, struct ent_error *err)
{
	int failed = failed_write(err);

	if (failed == ENT_OK)
		return __real_store_commit(txn, err);
	store_abort(txn);
	return failed;
}

#endif
