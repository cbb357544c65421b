/*
 * test_large.c - proofs of random events of a large log, and of random earlier heads:
 * they hold, and no mutant of one does.
 *
 *     test_large [EVENTS [PROOFS [SEED]]]
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <entente/entente.h>

enum { EVENTS = 20000, PROOFS = 300, STEP = 10000, MUTANTS = 8 };

static char folder[64] = "/tmp/entente-large-XXXXXX";
static uint64_t dice;
static unsigned long held, refused, failed;

static void die(const char *what, const struct ent_error *err)
{
	fprintf(stderr, "large: %s: %s\n", what, err->msg);
	exit(2);
}

static uint64_t below(uint64_t n)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (dice >> 33) % n;
}

static int remove_name(const char *path, const struct stat *st, int flag,
		       struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* ---- the log -------------------------------------------------------------------- */

static void add_event(struct ent_batch *batch, uint64_t number)
{
	struct ent_error err = { 0 };
	char json[160];
	int len = snprintf(json, sizeof(json), "{\"type\":\"x.t\",\"date\":\"2024\",\"source\":{\"title\":\"T%llu\"}}",
			   (unsigned long long)number);

	if (ent_batch_add(batch, json, (size_t)len, NULL, &err) < 0)
		die("event", &err);
}

static struct ent_log *make_log(uint64_t events)
{
	const struct ent_log_options create = { .create = true };
	const struct ent_append_options options = { .now_us = 1, .no_sync = true };
	struct ent_appended done;
	struct ent_batch *batch = NULL;
	struct ent_log *log = NULL;
	struct ent_error err = { 0 };

	if (ent_log_open(folder, &create, &log, &err) < 0 ||
	    ent_batch_new(&batch, &err) < 0)
		die("make the log", &err);
	for (uint64_t i = 1; i <= events; i++) {
		add_event(batch, i);
		if (i % STEP != 0 && i != events)
			continue;
		if (ent_log_append(log, batch, &options, &done, &err) < 0)
			die("append", &err);
		ent_batch_clear(batch);
	}
	ent_batch_free(batch);
	return log;
}

/* ---- that events are in it ------------------------------------------------------- */

static void count(int rc, bool holds, const char *what, uint64_t seq)
{
	if (holds && rc == ENT_OK) {
		held++;
	} else if (!holds && (rc == ENT_EPROOF || rc == ENT_EINPUT)) {
		refused++;
	} else if (++failed <= 10) {
		printf("  FAIL  %s, event or size %llu: %d\n", what,
		       (unsigned long long)seq, rc);
	}
}

static int check(const char *proof)
{
	struct ent_proven proven = { 0 };
	int rc = ent_proof_check(proof, strlen(proof), NULL, &proven, NULL);

	if (rc == ENT_OK)
		ent_event_free(proven.event);
	return rc;
}

/* Another digit in one of the strings of hexadecimal digits behind the name. */
static void change_digit(char *proof, const char *name)
{
	static const char digits[] = "0123456789abcdef";
	char *from = strstr(proof, name) + strlen(name);
	size_t span = strcspn(from, *name == '"' && name[1] == 'p' ? "]" : ",");
	char *at;

	do
		at = from + below(span);
	while (!strchr(digits, *at));
	*at = digits[(strchr(digits, *at) - digits + 1 + (int)below(15)) % 16];
}

/* The first hash of the path as the last one as well, or not at all. */
static void change_length(char *proof, bool longer)
{
	char *first = strstr(proof, "\"path\":[") + strlen("\"path\":[");
	size_t hash = 2 + 2 * sizeof(struct ent_hash);

	if (longer) {
		char *end = strchr(first, ']');

		memmove(end + 1 + hash, end, strlen(end) + 1);
		*end = ',';
		memcpy(end + 1, first, hash);
	} else {
		memmove(first, first + hash + 1, strlen(first + hash + 1) + 1);
	}
}

static void check_mutants(const char *proof, uint64_t seq)
{
	static const char *const places[] = { "\"path\":[", "\"root\":\"",
					      "\"body\":\"" };
	char *mutant = malloc(strlen(proof) + 128);

	if (!mutant)
		exit(2);
	for (unsigned i = 0; i < MUTANTS; i++) {
		strcpy(mutant, proof);
		if (i < 6)
			change_digit(mutant, places[i % 3]);
		else
			change_length(mutant, i % 2);
		count(check(mutant), false, "a mutant of a proof holds", seq);
	}
	free(mutant);
}

static void check_event(struct ent_log *log, uint64_t events)
{
	struct ent_error err = { 0 };
	uint64_t seq = 1 + below(events);
	char *proof = NULL;

	if (ent_prove(log, seq, NULL, NULL, &proof, NULL, &err) != ENT_OK)
		die("prove", &err);
	count(check(proof), true, "a proof does not hold", seq);
	check_mutants(proof, seq);
	ent_free(proof);
}

/* ---- that it was only added to ---------------------------------------------------- */

static void read_head(struct ent_log *log, uint64_t size, struct ent_head *out)
{
	struct ent_error err = { 0 };

	out->size = size;
	if (ent_log_root(log, size, &out->root, &err) < 0)
		die("root", &err);
}

static void change_hash(struct ent_hash *hash)
{
	hash->bytes[below(sizeof(hash->bytes))] ^= (uint8_t)(1u << below(8));
}

static void check_extension(struct ent_log *log, uint64_t events)
{
	struct ent_hash hashes[ENT_PROOF_HASHES_MAX];
	struct ent_error err = { 0 };
	struct ent_head from, to;
	size_t n = 0;

	read_head(log, 2 + below(events - 1), &to);
	read_head(log, 1 + below(to.size - 1), &from);
	if (ent_consistency(log, from.size, to.size, hashes, &n, &err) < 0)
		die("consistency", &err);
	count(ent_consistency_check(&from, &to, hashes, n, NULL), true,
	      "an extension does not hold", from.size);
	count(ent_consistency_check(&from, &to, hashes, n - 1, NULL), false,
	      "an extension holds with a hash less", from.size);
	change_hash(&hashes[below(n)]);
	count(ent_consistency_check(&from, &to, hashes, n, NULL), false,
	      "an extension holds with another hash", from.size);
	ent_consistency(log, from.size, to.size, hashes, &n, NULL);
	change_hash(below(2) ? &from.root : &to.root);
	count(ent_consistency_check(&from, &to, hashes, n, NULL), false,
	      "another root is extended", from.size);
}

int main(int argc, char **argv)
{
	uint64_t events = argc > 1 ? strtoull(argv[1], NULL, 10) : EVENTS;
	unsigned long proofs = argc > 2 ? strtoul(argv[2], NULL, 10) : PROOFS;
	struct ent_log *log;
	clock_t start;

	dice = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	if (events < 2 || !mkdtemp(folder))
		return perror("large"), 2;
	log = make_log(events);
	start = clock();
	for (unsigned long i = 0; i < proofs; i++) {
		check_event(log, events);
		check_extension(log, events);
	}
	printf("large: %lu passed, %lu failed, 0 skipped\n", held + refused, failed);
	printf("  %llu events: %lu proofs hold, %lu mutants are refused, %.1f us of the processor each\n",
	       (unsigned long long)events, held, refused,
	       1e6 * (double)(clock() - start) / CLOCKS_PER_SEC /
		       (double)(held + refused + failed + 1));
	ent_log_close(log);
	nftw(folder, remove_name, 16, FTW_DEPTH | FTW_PHYS);
	return failed > 0;
}
