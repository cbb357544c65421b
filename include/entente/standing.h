/*
 * standing.h - who stands how in one alliance on a day, as numbers: for programs
 * that ask often.  No event is opened, so this takes a fraction of what ent_replay()
 * does, and does not depend on how long the log is.
 */
#ifndef ENTENTE_STANDING_H
#define ENTENTE_STANDING_H

#include "state.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How one actor stands: what `members`, `candidates` and `former` of a state show. */
struct ent_standing {
	const char *actor;
	const char *status;     /* "member", "frozen", ...; "none" where it may not
	                         * stand there at all */
	uint64_t seq;           /* the event that decides; 0 for "none" */
	bool certain;
	uint64_t possible;      /* where it is not certain: bit n for each status n
	                         * that is possible; see ent_standing_status() */
};

struct ent_standings;

/*
 * The standings in an alliance, by the order in which the log first named the
 * actors; none where the log does not know the alliance.  basis as in ent_replay().
 * *out is owned: ent_standings_free(), before the log is closed.
 *
 * ENT_EUSAGE    basis->at is not in the years 0001 to 9999
 * ENT_ECORRUPT, ENT_EIO, ENT_ENOMEM
 */
ENT_API int ent_standings(struct ent_log *log, const struct ent_basis *basis,
			  const char *alliance, struct ent_standings **out,
			  struct ent_error *err);

ENT_API void ent_standings_free(struct ent_standings *standings);

ENT_API size_t ent_standings_count(const struct ent_standings *standings);

/* Borrowed, until the standings are freed. */
ENT_API const struct ent_standing *
ent_standings_get(const struct ent_standings *standings, size_t i);

/* The name of status n, or NULL behind the last; 0 is "none". */
ENT_API const char *ent_standing_status(unsigned n);

#ifdef __cplusplus
}
#endif

#endif
