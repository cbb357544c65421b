/*
 * ours.c - the library, by its public headers alone.
 */
#include <string.h>

#include "clock.h"
#include "peer.h"

struct ours {
	struct peer peer;
	struct ent_log *log;
	struct ent_batch *batch;
	char *path;
	int64_t clock_us;
};

static struct ent_error err;
static size_t last_changes;

static void check(int rc, const char *what)
{
	if (rc < 0)
		die("entente: %s: %s", what, err.msg);
}

static struct ours *ours_of(struct peer *peer)
{
	return (struct ours *)peer;
}

static void create(struct peer *peer)
{
	struct ours *ours = ours_of(peer);
	struct ent_log_options options = { .create = true };

	free(ours->path);
	ours->path = bench_path("ours");
	ours->clock_us = 1;
	check(ent_log_open(ours->path, &options, &ours->log, &err), "open");
	check(ent_batch_new(&ours->batch, &err), "batch");
}

static void close_log(struct peer *peer)
{
	struct ours *ours = ours_of(peer);

	ent_batch_free(ours->batch);
	ent_log_close(ours->log);
	ours->batch = NULL;
	ours->log = NULL;
}

/* ---- append ----------------------------------------------------------- */

static double parse_batch(struct ours *ours, const struct chunk *chunk,
			  size_t first, size_t end)
{
	double start = now();

	ent_batch_clear(ours->batch);
	for (size_t i = first; i < end; i++)
		check(ent_batch_add(ours->batch,
				    row_line(chunk, &chunk->rows[i]),
				    chunk->rows[i].line_len, NULL, &err),
		      "parse");
	return now() - start;
}

static double append_batch(struct ours *ours)
{
	struct ent_append_options options = { .now_us = ours->clock_us++ };
	struct ent_appended done;
	double start = now();

	check(ent_log_append(ours->log, ours->batch, &options, &done, &err),
	      "append");
	return now() - start;
}

static double append(struct peer *peer, const struct chunk *chunk)
{
	struct ours *ours = ours_of(peer);
	double took = 0;

	peer->parse_s = 0;
	for (size_t i = 0; i < chunk->count; i += BATCH) {
		size_t end = batch_end(chunk, i);

		peer->parse_s += parse_batch(ours, chunk, i, end);
		took += append_batch(ours);
	}
	return took;
}

/* ---- questions -------------------------------------------------------- */

/* The one place in which a state is asked for. */
static double replay(struct ent_log *log, const struct question *question,
		     bool no_checkpoints, struct ent_state **out)
{
	struct ent_basis basis = { .at = question->at,
				   .known = question->known };
	struct ent_view view = { .last = ENT_VIEW_LAST,
				 .no_checkpoints = no_checkpoints };
	char code[GENERATE_CODE_SIZE];
	const char *const codes[] = { code };
	double start;

	if (question->alliance != ALL_ALLIANCES) {
		generate_alliance_code((unsigned)question->alliance, code);
		view.alliances = codes;
		view.alliances_count = 1;
	}
	start = now();
	check(ent_replay(log, &basis, &view, out, &err), "replay");
	return now() - start;
}

/* The number in PACT-07. */
static unsigned alliance_of(const char *code)
{
	return (unsigned)((code[5] - '0') * 10 + (code[6] - '0'));
}

static unsigned actor_of(const char *code)
{
	return (unsigned)(code[0] - 'A' + 26 * (code[1] - 'A'));
}

static void read_group(const struct ent_value *group, uint8_t *cells)
{
	for (size_t i = 0; group && i < group->len; i++) {
		const struct ent_member *member = &group->as.members[i];

		cells[actor_of(member->key)] = status_code(
			ent_value_get_text(&member->value, "status"));
	}
}

static void read_state(const struct ent_state *state, struct answer *out)
{
	static const char *const groups[] = { "members", "candidates",
					      "former" };
	const struct ent_value *alliances = ent_state_alliances(state);

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < alliances->len; i++) {
		const struct ent_member *one = &alliances->as.members[i];

		for (size_t j = 0; j < 3; j++)
			read_group(ent_value_get(&one->value, groups[j]),
				   out->cell[alliance_of(one->key)]);
	}
}

static double ask(struct peer *peer, const struct question *question,
		  struct answer *out)
{
	struct ent_state *state = NULL;
	double took = replay(ours_of(peer)->log, question, false, &state);

	read_state(state, out);
	ent_state_free(state);
	return took;
}

double ours_fold(struct peer *peer, const struct question *question,
		 struct answer *out)
{
	struct ent_state *state = NULL;
	double took = replay(ours_of(peer)->log, question, true, &state);

	read_state(state, out);
	ent_state_free(state);
	return took;
}

double ours_stand(struct peer *peer, const struct question *question,
		  struct answer *out)
{
	struct ent_basis basis = { .at = question->at,
				   .known = question->known };
	struct ent_standings *standings = NULL;
	char code[GENERATE_CODE_SIZE];
	double took;

	generate_alliance_code((unsigned)question->alliance, code);
	took = now();
	check(ent_standings(ours_of(peer)->log, &basis, code, &standings, &err),
	      "standings");
	took = now() - took;
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < ent_standings_count(standings); i++) {
		const struct ent_standing *one = ent_standings_get(standings,
								   i);

		out->cell[question->alliance][actor_of(one->actor)] =
			status_code(one->status);
	}
	ent_standings_free(standings);
	return took;
}

static double reopen(struct peer *peer, const struct question *question,
		     struct answer *out)
{
	struct ours *ours = ours_of(peer);
	struct ent_log_options options = { .read_only = false };
	struct ent_state *state = NULL;
	double start;

	ent_log_close(ours->log);
	start = now();
	check(ent_log_open(ours->path, &options, &ours->log, &err), "open");
	replay(ours->log, question, false, &state);
	start = now() - start;
	read_state(state, out);
	ent_state_free(state);
	return start;
}

/* ---- comparing -------------------------------------------------------- */

static uint8_t code_of(const struct ent_value *value)
{
	return value && value->kind == ENT_TEXT ? status_code(value->as.text)
						: 0;
}

/* /PACT-07/members/ABC/status */
static void read_change(const struct ent_change *change, struct answer *out)
{
	const char *path = change->path + 1;
	unsigned alliance = alliance_of(path);
	const char *actor = path + strlen("PACT-07/members/");

	if (strncmp(path + 7, "/members/", 9) != 0 ||
	    strcmp(path + strlen(path) - 7, "/status") != 0)
		return;
	out->cell[alliance][actor_of(actor)] = (uint8_t)(
		code_of(change->from) << 4 | code_of(change->to));
}

static double compare(struct peer *peer, const struct question *from,
		      const struct question *to, struct answer *out)
{
	struct ent_basis a = { .at = from->at, .known = from->known };
	struct ent_basis b = { .at = to->at, .known = to->known };
	struct ent_diff_options options = { .trail = false };
	char code[GENERATE_CODE_SIZE];
	const char *const codes[] = { code };
	struct ent_diff *diff = NULL;
	double took;

	if (from->alliance != ALL_ALLIANCES) {
		generate_alliance_code((unsigned)from->alliance, code);
		options.alliances = codes;
		options.alliances_count = 1;
	}
	took = now();
	check(ent_diff(ours_of(peer)->log, &a, &b, &options, &diff, &err),
	      "diff");
	took = now() - took;
	memset(out, 0, sizeof(*out));
	last_changes = ent_diff_count(diff);
	for (size_t i = 0; i < last_changes; i++)
		read_change(ent_diff_get(diff, i), out);
	ent_diff_free(diff);
	return took;
}

size_t ours_changes(void)
{
	return last_changes;
}

/* ---- size ------------------------------------------------------------- */

static uint64_t bytes(struct peer *peer)
{
	return folder_bytes(ours_of(peer)->path);
}

uint64_t ours_body_bytes(struct peer *peer)
{
	struct ent_stat stat;

	check(ent_log_stat(ours_of(peer)->log, &stat, &err), "stat");
	return stat.event_bytes;
}

struct peer *ours_peer(void)
{
	static struct ours ours = { .peer = {
		.name = "entente",
		.create = create,
		.append = append,
		.ask = ask,
		.compare = compare,
		.reopen = reopen,
		.bytes = bytes,
		.close = close_log,
	} };

	return &ours.peer;
}
