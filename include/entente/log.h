/*
 * log.h - the append-only, numbered sequence of events in one directory.
 *
 *     struct ent_error err;
 *     struct ent_log *log;
 *     if (ent_log_open("entente.lmdb", NULL, &log, &err) < 0)
 *             errx(1, "%s", err.msg);
 *
 * Events are numbered 1, 2, 3 ... without a gap, and once written an event never
 * changes.  Many processes may read a log while one writes it.  A log handle is
 * for one thread at a time.  In a fork() it is good for ent_log_close() only; any
 * other call is ENT_EUSAGE, and the child opens the log anew.  Callbacks may read
 * the log that calls them, but not append to it (ENT_EUSAGE).
 *
 * No call reads a clock: the time of recording is an argument.
 */
#ifndef ENTENTE_LOG_H
#define ENTENTE_LOG_H

#include "event.h"

#ifdef __cplusplus
extern "C" {
#endif

struct ent_log;
struct ent_batch;
struct ent_cursor;

enum { ENT_FORMAT_VERSION = 2 }; /* of the log on disk */

/* Called by long work every few thousand events: done of total, both counted in
 * events.  Another return value than 0 stops the work: ENT_ESTOPPED. */
typedef int ent_progress_fn(uint64_t done, uint64_t total, void *arg);

/* What is refused otherwise (ENT_EREFUSED). */
enum ent_trust {
	ENT_TRUST_OWNER = 1, /* files of another user (not root's; root may open
	                      * all), or that everybody may write */
	ENT_TRUST_FS = 2     /* network file systems: their locks do not hold */
};

/* All-zero means the defaults, so { 0 } and NULL are the same. */
struct ent_log_options {
	bool read_only;           /* never write; refuse to append */
	bool create;              /* make an empty log where there is none */
	uint64_t map_bytes;       /* first size of the memory map, which grows by
	                           * itself; 0 = 64 MiB */
	unsigned lock_timeout_ms; /* wait for another writer; 0 = 10,000 */
	unsigned trust;           /* enum ent_trust, added up */
};

/*
 * Open the log in the directory dir.  *out is owned: ent_log_close().  Opening
 * the same directory twice in one process is refused: LMDB's locks would break.
 *
 * ENT_ENOLOG    dir does not exist, or holds no log
 * ENT_EVERSION  a program of another format wrote it
 * ENT_ECORRUPT  its files are damaged
 * ENT_EIO       the system refused (permissions, not a directory, ...)
 * ENT_EREFUSED  another user's, on a network, or under several names
 * ENT_EUSAGE    this process has it open; or 0, 1 or 2 is closed, and what is
 *               printed would go into the log
 * ENT_EBUSY, ENT_EFULL, ENT_ENOMEM
 */
ENT_API int ent_log_open(const char *dir, const struct ent_log_options *options,
			 struct ent_log **out, struct ent_error *err);

/* NULL is allowed.  Close what was opened on the log first. */
ENT_API void ent_log_close(struct ent_log *log);

/*
 * The number of the last event (0 for an empty log) and the root of the RFC 6962
 * tree over all events.  Either output may be NULL.
 */
ENT_API int ent_log_head(struct ent_log *log, uint64_t *out_seq,
			 struct ent_hash *out_root, struct ent_error *err);

/*
 * The root over events 1..seq.
 *
 * ENT_EINPUT  the log has fewer events
 */
ENT_API int ent_log_root(struct ent_log *log, uint64_t seq,
			 struct ent_hash *out, struct ent_error *err);

/* The last event recorded at or before that instant (us UTC); 0 for none. */
ENT_API int ent_log_known_at(struct ent_log *log, int64_t us, uint64_t *out_seq,
			     struct ent_error *err);

/*
 * Event number seq, its hash checked.  *out is owned: ent_event_free().
 *
 * ENT_END       the log has no such event
 * ENT_ECORRUPT  its bytes do not have the hash that the tree has for it
 */
ENT_API int ent_log_get(struct ent_log *log, uint64_t seq,
			struct ent_event **out, struct ent_error *err);

/* The number of the event with that id, or ENT_END. */
ENT_API int ent_log_find(struct ent_log *log, const struct ent_id *id,
			 uint64_t *out_seq, struct ent_error *err);

/*
 * The numbers of the events that correct or retract event seq, ascending.
 * *out is owned: ent_free(); it is NULL where *out_n is 0.
 */
ENT_API int ent_log_fixes(struct ent_log *log, uint64_t seq, uint64_t **out,
			  size_t *out_n, struct ent_error *err);

/* ---- reading in order ------------------------------------------------- */

/* What to list; all-zero lists all.  Texts are copied. */
struct ent_filter {
	const char *alliance; /* NULL = any; likewise below */
	const char *actor;
	const char *type;     /* a type, or a family with a dot behind it: "member." */
	bool has_from, has_to;
	int32_t from, to;     /* days; an event is listed where its date may be in
	                       * [from, to] */
	uint64_t known;       /* only events up to this number; 0 = all */
	bool reverse;         /* the newest first */
};

/*
 * Start to read.  The cursor sees the events that the log has now.  It holds no
 * transaction between calls, so it may be kept.  *out is owned:
 * ent_cursor_close(), before the log is closed.
 */
ENT_API int ent_log_read(struct ent_log *log, const struct ent_filter *filter,
			 struct ent_cursor **out, struct ent_error *err);

/* The next event, owned: ent_event_free().  ENT_END after the last.  ENT_ECORRUPT: it
 * is damaged, and the next call gives the one behind it. */
ENT_API int ent_cursor_next(struct ent_cursor *cursor, struct ent_event **out,
			    struct ent_error *err);

ENT_API void ent_cursor_close(struct ent_cursor *cursor); /* NULL is allowed */

/* ---- appending -------------------------------------------------------- */

/*
 * An empty batch of events.  *out is owned: ent_batch_free().
 *
 * A batch needs no log and is for one thread at a time.  Several threads may fill
 * a batch each, also while another appends; what they filled is then appended in
 * turn, or joined first.
 */
ENT_API int ent_batch_new(struct ent_batch **out, struct ent_error *err);

/*
 * Read, check and encode one event from JSON text.  label ("news.jsonl:12") is
 * how messages name it; copied, NULL allowed.  On failure the batch is as it was.
 *
 * ENT_EINPUT  the text breaks a rule; err->column says where
 */
ENT_API int ent_batch_add(struct ent_batch *batch, const char *json, size_t len,
			  const char *label, struct ent_error *err);

/* Move the events of from behind those of batch; from is then empty, and may be
 * filled again.  On failure both are as they were. */
ENT_API int ent_batch_join(struct ent_batch *batch, struct ent_batch *from,
			   struct ent_error *err);

ENT_API size_t ent_batch_count(const struct ent_batch *batch);
ENT_API void ent_batch_clear(struct ent_batch *batch); /* empty, reusable */
ENT_API void ent_batch_free(struct ent_batch *batch);  /* NULL is allowed */

/* Called once for each event that stands in the way, before append fails. */
typedef void ent_obstacle_fn(const char *label, const char *what, void *arg);

struct ent_append_options {
	int64_t now_us;      /* time of recording, us UTC; where it is before that
	                      * of the last event, that one's is taken */
	bool skip_existing;  /* append only what the log does not have */
	bool has_expected_head;
	uint64_t expected_head; /* the number that the last event must have */
	bool no_sync;        /* return before the data is on disk */
	ent_obstacle_fn *obstacle; /* may be NULL */
	void *obstacle_arg;
};

struct ent_appended {
	uint64_t appended;  /* events written */
	uint64_t already;   /* events that the log had */
	uint64_t first_seq; /* of those written; 0 where none was */
	uint64_t last_seq;
	uint64_t first_known_seq; /* of the whole batch, in the log before or now */
	uint64_t last_known_seq;
	uint64_t head_seq;  /* the log's last event after the call */
	struct ent_hash head;
};

/*
 * Append the batch: all of it, durably, or nothing.  The batch stays the
 * caller's and may be appended again: where the log has all its events with the
 * same content, that is success and writes nothing, whatever was expected.
 *
 * ENT_ECONFLICT  an id is taken by other content; or the log has some of the
 *                events, but not all; or the batch has one twice; or it targets
 *                an event that does not exist; or the head is another
 * ENT_EBUSY      another writer held the lock for too long
 * ENT_EDOUBT     the commit failed and may be on disk: close the log, open it
 *                again and append the same batch to find out
 * ENT_EFULL, ENT_EIO, ENT_ECORRUPT, ENT_ENOMEM; ENT_EUSAGE (read-only log)
 */
ENT_API int ent_log_append(struct ent_log *log, const struct ent_batch *batch,
			   const struct ent_append_options *options,
			   struct ent_appended *out, struct ent_error *err);

/* ---- trust ------------------------------------------------------------ */

/* Called for each thing that is wrong; seq is 0 where it is no event's. */
typedef void ent_finding_fn(uint64_t seq, const char *what, void *arg);

struct ent_verified {
	uint64_t events;
	uint64_t findings;
	struct ent_hash head; /* as derived again from the events */
};

/*
 * Derive every promise again from the events alone: numbers, times, hashes, tree,
 * ids, targets and indexes.  Findings are no failure of the call.  finding and
 * progress may be NULL; both are given arg.
 *
 * ENT_ECORRUPT  so damaged that reading cannot go on
 * ENT_ESTOPPED  progress asked for it
 *
 * What was found before either went to finding.
 */
ENT_API int ent_log_verify(struct ent_log *log, ent_finding_fn *finding,
			   ent_progress_fn *progress, void *arg,
			   struct ent_verified *out, struct ent_error *err);

struct ent_stat {
	uint64_t events;
	uint64_t alive;         /* neither corrected nor retracted */
	uint64_t alliances;     /* codes that some event names */
	uint64_t actors;
	int64_t first_recorded_us, last_recorded_us; /* 0 in an empty log */
	int32_t first_day, last_day; /* of effective days; open starts left out;
	                              * 0 and -1 where there is none */
	uint64_t file_bytes;
	uint64_t event_bytes;   /* of the bodies */
	unsigned format;
	unsigned readers;       /* read slots in use, by any process */
	/* The process that reads the oldest state, where that is not the last one
	 * (else 0), and how many commits old that is: the file grows while it is
	 * kept. */
	long oldest_reader;
	uint64_t behind;
};

ENT_API int ent_log_stat(struct ent_log *log, struct ent_stat *out,
			 struct ent_error *err);

#ifdef __cplusplus
}
#endif

#endif
