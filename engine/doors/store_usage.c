/*
 * store_usage.c - how large a log is, and who reads it.
 */
#include "doors/store_private.h"

#include <stdio.h>

int store_file_bytes(struct store *store, uint64_t *out, struct ent_error *err)
{
	MDB_envinfo info;
	MDB_stat stat;
	int rc = mdb_env_info(store->env, &info);

	if (rc == 0)
		rc = mdb_env_stat(store->env, &stat);
	if (rc != 0)
		return store_error(err, rc, "read the log's figures");
	*out = (uint64_t)(info.me_last_pgno + 1) * stat.ms_psize;
	return ENT_OK;
}

void store_clear_readers(struct store *store)
{
	int dead;

	(void)mdb_reader_check(store->env, &dead);
}

struct readers {
	unsigned count;
	long oldest; /* its process, 0 while none reads */
	unsigned long long state;
};

/* LMDB lists its readers as lines of text, behind one of headings: the process, the
 * thread, and the state that is read or "-". */
static int take_reader(const char *line, void *arg)
{
	struct readers *readers = arg;
	unsigned long long state;
	long pid;
	/* NOLINTNEXTLINE(cert-err34-c): LMDB's numbers fit */
	int taken = sscanf(line, "%ld %*x %llu", &pid, &state);

	readers->count += taken >= 1;
	if (taken == 2 && (!readers->oldest || state < readers->state)) {
		readers->oldest = pid;
		readers->state = state;
	}
	return 0;
}

int store_readers(struct store *store, struct store_readers *out,
		  struct ent_error *err)
{
	struct readers readers = { 0 };
	MDB_envinfo info;
	int rc = mdb_env_info(store->env, &info);

	if (rc != 0)
		return store_error(err, rc, "read the log's figures");
	(void)mdb_reader_list(store->env, take_reader, &readers);
	*out = (struct store_readers){ .count = readers.count };
	if (readers.oldest && readers.state < info.me_last_txnid) {
		out->oldest = readers.oldest;
		out->behind = info.me_last_txnid - readers.state;
	}
	return ENT_OK;
}
