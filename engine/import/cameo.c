/*
 * cameo.c - see cameo.h.
 *
 * Sources: CAMEO 1.1b3 code book, Penn State Event Data Project, 2012 (codes of
 * actions and groups); PLOVER, Open Event Data Alliance (types and modes).
 */
#include "import/cameo.h"

#include <string.h>

#define SAYS "statement.made"
#define MEETS "meeting.held"
#define BACKS "position.supported"
#define AIDS "aid.sent"
#define ACCUSES "accusation.made"
#define REJECTS "position.rejected"
#define ATTACKS "conflict.attacked"

/* Longer beginnings stand behind shorter ones. */
static const struct action cameo[] = {
	{ "01", NULL, SAYS, "makes a statement about" },
	{ "02", NULL, SAYS, "appeals to" },
	{ "03", NULL, SAYS, "says that it will cooperate with" },
	{ "04", NULL, MEETS, "consults with" },
	{ "05", NULL, BACKS, "cooperates in diplomacy with" },
	{ "06", NULL, BACKS, "cooperates in deeds with" },
	{ "07", NULL, AIDS, "sends aid to" },
	{ "08", NULL, NULL, "yields to" },
	{ "09", NULL, NULL, "investigates" },
	{ "10", NULL, SAYS, "makes a demand on" },
	{ "11", NULL, ACCUSES, "disapproves of" },
	{ "12", NULL, REJECTS, "rejects something of" },
	{ "13", NULL, SAYS, "threatens" },
	{ "14", NULL, NULL, "protests against" },
	{ "15", NULL, NULL, "shows force towards" },
	{ "16", NULL, REJECTS, "reduces relations with" },
	{ "17", NULL, NULL, "coerces" },
	{ "18", NULL, ATTACKS, "assaults" },
	{ "19", NULL, ATTACKS, "fights" },
	{ "20", NULL, ATTACKS, "uses mass violence against" },
	{ "057", NULL, "treaty.signed", "signs an agreement with" },
	{ "125", NULL, "meeting.declined", "declines to meet" },
};

static const struct action plover[] = {
	{ "AGREE", NULL, SAYS, "agrees with" },
	{ "CONSULT", NULL, MEETS, "consults with" },
	{ "SUPPORT", NULL, BACKS, "supports" },
	{ "COOPERATE", NULL, BACKS, "cooperates with" },
	{ "AID", NULL, AIDS, "sends aid to" },
	{ "YIELD", NULL, NULL, "yields to" },
	{ "CONCEDE", NULL, NULL, "makes a concession to" },
	{ "RETREAT", NULL, NULL, "retreats from" },
	{ "REQUEST", NULL, SAYS, "makes a request of" },
	{ "DEMAND", NULL, SAYS, "makes a demand on" },
	{ "ACCUSE", NULL, ACCUSES, "accuses" },
	{ "REJECT", "meet", "meeting.declined", "declines to meet" },
	{ "REJECT", NULL, REJECTS, "rejects something of" },
	{ "THREATEN", NULL, SAYS, "threatens" },
	{ "PROTEST", NULL, NULL, "protests against" },
	{ "SANCTION", NULL, REJECTS, "reduces relations with" },
	{ "MOBILIZE", NULL, NULL, "mobilizes against" },
	{ "COERCE", NULL, NULL, "coerces" },
	{ "ASSAULT", NULL, ATTACKS, "attacks" },
	{ "INVESTIGATE", NULL, NULL, "investigates" },
};

/* Known groups that are alliances or organisations of states. */
static const struct {
	const char *group, *code;
} groups[] = {
	{ "AMU", "AMU" },       { "ARL", "LAS" },       { "ASN", "ASEAN" },
	{ "CEM", "COMESA" },    { "CIS", "CIS" },         { "COE", "COE" },
	{ "CSS", "CEN-SAD" },   { "CWN", "COMMONWEALTH" }, { "ECA", "ECCAS" },
	{ "EEC", "EU" },        { "EFT", "EFTA" },        { "GCC", "GCC" },
	{ "GOE", "G8" },        { "GOS", "G7" },          { "GSS", "G77" },
	{ "IAD", "IGAD" },      { "NAT", "NATO" },        { "NON", "NON-ALIGNED" },
	{ "OAS", "OAS" },       { "OAU", "AU" },          { "OIC", "OIC" },
	{ "OPC", "OPEC" },      { "SAA", "SAARC" },       { "SAD", "SADC" },
	{ "SCE", "OSCE" },      { "SCO", "SCO" },         { "SOT", "SEATO" },
	{ "UNO", "UN" },        { "WAS", "ECOWAS" },      { "WTO", "WTO" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct action *cameo_action(const char *code)
{
	const struct action *found = NULL;

	for (size_t i = 0; i < COUNT(cameo); i++)
		if (strncmp(cameo[i].code, code, strlen(cameo[i].code)) == 0)
			found = &cameo[i];
	return found;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_word(const char *a, const char *b)
{
	while (*a && upper(*a) == upper(*b))
		a++, b++;
	return upper(*a) == upper(*b);
}

const struct action *plover_action(const char *type, const char *mode)
{
	for (size_t i = 0; i < COUNT(plover); i++) {
		const struct action *action = &plover[i];

		if (same_word(action->code, type) &&
		    (!action->mode || (mode && same_word(action->mode, mode))))
			return action;
	}
	return NULL;
}

static const char *group_code(const char *group)
{
	for (size_t i = 0; i < COUNT(groups); i++)
		if (strcmp(groups[i].group, group) == 0)
			return groups[i].code;
	return NULL;
}

static bool speaks_for_state(const char *role)
{
	static const char *const roles[] = { "", "GOV", "MIL", "SPY" };

	for (size_t i = 0; i < COUNT(roles); i++)
		if (strcmp(roles[i], role) == 0)
			return true;
	return false;
}

struct party_code cameo_party(const struct lexicon *lexicon, const char *state,
			      const char *group, const char *role)
{
	struct party_code party = { NULL, false };

	if (*group)
		party.code = group_code(group);
	party.alliance = party.code != NULL;
	if (!*group && *state && speaks_for_state(role))
		party.code = lexicon_iso2(lexicon, state);
	return party;
}
