/*
 * bench_append.c - all stores at once, from one stream of events, a chunk to each
 * in turn: what disturbs the machine disturbs them alike.
 */
#include <stdio.h>

#include "bench.h"

/* Of one round, and of all. */
struct tally {
	double took, parse;
	uint64_t events;
	struct samples per_event, parse_per_event;
};

unsigned rounds_for(uint64_t count)
{
	return count <= 1000000 ? 5 : count <= 3000000 ? 3 : 1;
}

static bool takes_part(const struct peer *peer, const struct tally *tally)
{
	bool is_late = peer->limit_s > 0 && tally->took > peer->limit_s;

	return !peer->skipped && !is_late;
}

static void append_chunk(struct bench *bench, struct tally tallies[PEERS],
			 unsigned turn)
{
	for (unsigned i = 0; i < PEERS; i++) {
		unsigned which = (i + turn) % PEERS;
		struct peer *peer = bench->peers[which];

		if (!takes_part(peer, &tallies[which]))
			continue;
		tallies[which].took += peer->append(peer, &bench->chunk);
		tallies[which].parse += peer->parse_s;
		tallies[which].events += bench->chunk.count;
	}
}

static size_t next_chunk(const struct bench *bench)
{
	uint64_t left = bench->count - bench->generator.next;

	return left < CHUNK ? (size_t)left : CHUNK;
}

static void run_round(struct bench *bench, struct tally tallies[PEERS])
{
	bench->body_bytes = 0;
	generate_begin(&bench->generator, bench->count);
	reference_begin(bench->count);
	for (unsigned turn = 0; bench->generator.next < bench->count; turn++) {
		chunk_fill(&bench->chunk, &bench->generator, next_chunk(bench));
		bench->body_bytes += bench->chunk.bodies.len;
		reference_add(&bench->chunk);
		append_chunk(bench, tallies, turn);
	}
}

static void begin_round(struct bench *bench, struct tally tallies[PEERS])
{
	for (int i = 0; i < PEERS; i++) {
		if (!bench->peers[i]->skipped)
			bench->peers[i]->create(bench->peers[i]);
		tallies[i].took = tallies[i].parse = 0;
		tallies[i].events = 0;
	}
}

static void end_round(struct tally tallies[PEERS])
{
	for (int i = 0; i < PEERS; i++) {
		double events = (double)tallies[i].events;

		if (!tallies[i].events)
			continue;
		samples_add(&tallies[i].per_event, tallies[i].took / events);
		samples_add(&tallies[i].parse_per_event,
			    (tallies[i].took + tallies[i].parse) / events);
	}
}

static void drop_stores(struct bench *bench)
{
	static const char *const names[] = {
		"ours", "raw", "raw-indexed", "sqlite", "sqlite-wal",
		"sqlite-shm", "duckdb", "duckdb.wal",
	};

	reference_end();
	for (int i = 0; i < PEERS; i++)
		if (!bench->peers[i]->skipped)
			bench->peers[i]->close(bench->peers[i]);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		bench_remove(names[i]);
}

/* The peers store what the log stores, or the comparison means nothing. */
static void check_bytes(struct bench *bench)
{
	uint64_t ours = ours_body_bytes(bench->peers[OURS]);

	if (ours != bench->body_bytes)
		die("the log holds %llu bytes of bodies, the peers %llu",
		    (unsigned long long)ours,
		    (unsigned long long)bench->body_bytes);
}

static void print_rates(struct bench *bench, struct tally tallies[PEERS])
{
	table_begin("durable append, batches of 1,000", EVENTS_PER_S, false);
	for (int i = 0; i < PEERS; i++) {
		const struct peer *peer = bench->peers[i];

		if (peer->skipped)
			table_skipped(peer->name, peer->skipped);
		else
			table_rates(peer->name, &tallies[i].per_event, 1);
		if (i == OURS)
			table_rates("entente, from JSON text",
				    &tallies[i].parse_per_event, 1);
	}
	table_end("Medians of %u rounds of %llu events. Each batch is on disk "
		  "before the next. Peers get bytes and columns ready-made, and "
		  "so does entente but for the row from JSON text; entente "
		  "writes ids, indexes and its tree of hashes as well. SQLite: "
		  "WAL, synchronous=FULL, indexes on (alliance, day) and on "
		  "corrections. LMDB with ids and time: %llu events a round (it "
		  "stops after %.0f s).",
		  bench->rounds, (unsigned long long)bench->count,
		  (unsigned long long)tallies[RAW_INDEXED].events,
		  bench->peers[RAW_INDEXED]->limit_s);
}

void bench_append(struct bench *bench)
{
	struct tally tallies[PEERS] = { 0 };

	for (unsigned round = 0; round < bench->rounds; round++) {
		progress("append, round %u of %u", round + 1, bench->rounds);
		if (round)
			drop_stores(bench);
		begin_round(bench, tallies);
		run_round(bench, tallies);
		end_round(tallies);
	}
	check_bytes(bench);
	printf("%llu events, %.1f bytes each on average\n",
	       (unsigned long long)bench->count,
	       (double)bench->body_bytes / (double)bench->count);
	results_number("body_bytes_average", (double)bench->body_bytes /
						     (double)bench->count);
	print_rates(bench, tallies);
	for (int i = 0; i < PEERS; i++) {
		samples_release(&tallies[i].per_event);
		samples_release(&tallies[i].parse_per_event);
	}
}

void bench_sizes(struct bench *bench)
{
	double bodies = (double)bench->body_bytes;

	table_begin("on disk, by byte of the bodies", BYTES_PER_BYTE, false);
	for (int i = 0; i < PEERS; i++) {
		struct peer *peer = bench->peers[i];

		if (i == RAW_INDEXED)
			continue;
		if (peer->skipped)
			table_skipped(peer->name, peer->skipped);
		else
			table_value(peer->name,
				    (double)peer->bytes(peer) / bodies);
	}
	table_end("Blocks of the log's folder, files of the others after a "
		  "checkpoint; SQLite before the index that its questions need. "
		  "Bodies: %.1f MiB.",
		  bodies / (1 << 20));
}
