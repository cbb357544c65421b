/*
 * test_frame.c - sentences taken apart, and how firmly they say what they say, as the
 * coder's own account has it: [groups=whom they name], <verbs/lemma and flags>,
 * (prepositions); `of:` whose it is, `names:` who else is named, * by a pronoun.
 */
#include "rows.h"

#include "entente/news.h"

enum { TOLD_SIZE = 2048 };

struct told {
	struct ent_coder *coder;
	char frame[TOLD_SIZE];
	char findings[TOLD_SIZE]; /* with "; " between */
};

static void take_finding(struct told *told, const char *line)
{
	const char *end = strstr(line, ": not proposed");
	size_t len = end ? (size_t)(end - line) : strlen(line);
	size_t used = strlen(told->findings);

	snprintf(told->findings + used, TOLD_SIZE - used, "%s%.*s",
		 used ? "; " : "", (int)len, line);
}

static void take_line(const char *line, void *arg)
{
	struct told *told = arg;

	if (strncmp(line, "    ", 4) == 0)
		take_finding(told, line + 4);
	else if (strncmp(line, "   ", 3) == 0 && strncmp(line, "   dates:", 9) != 0)
		snprintf(told->frame, TOLD_SIZE, "%s", line + 3);
	else if (line[0] != ' ')
		told->findings[0] = told->frame[0] = '\0';
}

static void read_article(struct told *told, const char *published, const char *text)
{
	struct ent_article article = { .name = "test", .published = published,
				       .text = text, .len = strlen(text) };
	struct ent_candidate **candidates = NULL;
	size_t n = 0;

	told->frame[0] = told->findings[0] = '\0';
	assert_int_equal(ent_propose(told->coder, &article, &candidates, &n, NULL),
			 ENT_OK);
	ent_candidates_free(candidates, n);
}

static int open_coder(void **state)
{
	static struct told told;
	struct ent_coder_options options = { .explain = take_line,
					     .explain_arg = &told };
	struct ent_error err = { 0 };

	if (ent_coder_new(&options, &told.coder, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	*state = &told;
	return 0;
}

static int close_coder(void **state)
{
	ent_coder_free(((struct told *)*state)->coder);
	return 0;
}

static const struct row frames[] = {
	/* names and offices */
	{ "Armenia froze its membership.",
	  "[Armenia=ARM] <froze/freeze> [its membership of:ARM*]", NULL },
	{ "Armenian Prime Minister Nikol Pashinyan said so.",
	  "[Armenian Prime Minister Nikol Pashinyan=ARM] <said/say>", NULL },
	{ "Turkey's Grand National Assembly ratified the treaty.",
	  "[Turkey 's Grand National Assembly=TUR of:TUR] <ratified/ratify> [the treaty]", NULL },
	{ "Armenia's prime minister left.",
	  "[Armenia 's prime minister=ARM of:ARM] <left/leave>", NULL },
	{ "The parliament of Greece voted.",
	  "[The parliament of Greece=GRC] <voted/vote>", NULL },
	{ "The president of the parliament of Greece left.",
	  "[The president of the parliament of Greece=GRC] <left/leave>", NULL },
	{ "Officials from Kazakhstan attended.",
	  "[Officials from Kazakhstan=KAZ] <attended/attend>", NULL },
	{ "Voters in the Netherlands rejected it.",
	  "[Voters in the Netherlands=NLD] <rejected/reject> [it=NLD*]", NULL },
	{ "EU leaders met.",
	  "[EU leaders=EU] <met/meet>", NULL },
	{ "Moscow invaded Ukraine.",
	  "[Moscow=RUS] <invaded/invade> [Ukraine=UKR]", NULL },
	{ "The Kremlin said so.",
	  "[The Kremlin=RUS] <said/say>", NULL },
	{ "Russian troops attacked Georgia.",
	  "[Russian troops=RUS] <attacked/attack> [Georgia=GEO]", NULL },
	{ "Armenian attacks continued.",
	  "[Armenian attacks names:ARM] <continued/continue>", NULL },
	{ "President Vladimir Putin visited Minsk.",
	  "[President Vladimir Putin=RUS] <visited/visit> [Minsk=BLR]", NULL },
	{ "NATO Secretary General Jens Stoltenberg spoke.",
	  "[NATO Secretary General Jens Stoltenberg=NATO] <spoke/speak>", NULL },
	{ "U.S. Secretary of State Antony Blinken visited Kyiv.",
	  "[U.S. Secretary of State Antony Blinken=USA] <visited/visit> [Kyiv=UKR]", NULL },
	{ "CSTO member Kyrgyzstan left.",
	  "[CSTO member Kyrgyzstan=KGZ names:CSTO] <left/leave>", NULL },
	{ "Ally Japan sent aid.",
	  "[Ally Japan=JPN] <sent/send> [aid]", NULL },
	{ "The Russian-led bloc met.",
	  "[The Russian-led bloc names:RUS] <met/meet>", NULL },
	/* who does not act for a state */
	{ "The French company left Mali.",
	  "[The French company names:FRA] <left/leave> [Mali=MLI]", NULL },
	{ "The former president of Georgia left.",
	  "[The former president of Georgia names:GEO] <left/leave>", NULL },
	{ "The former Soviet republic left the CSTO.",
	  "[The former Soviet republic names:SUN] <left/leave> [the CSTO=CSTO]", NULL },
	{ "The withdrawal of Armenia from the CSTO surprised Russia.",
	  "[The withdrawal of Armenia names:ARM] (from) [the CSTO=CSTO] <surprised/-> [Russia=RUS]", NULL },
	{ "The plans of Russia were known.",
	  "[The plans of Russia names:RUS] <were known/know passive>", NULL },
	/* lists */
	{ "Mali, Niger and Burkina Faso left ECOWAS.",
	  "[Mali , Niger and Burkina Faso=MLI,NER,BFA] <left/leave> [ECOWAS=ECOWAS]", NULL },
	{ "Mali, Niger, and Burkina Faso left ECOWAS.",
	  "[Mali , Niger , and Burkina Faso=MLI,NER,BFA] <left/leave> [ECOWAS=ECOWAS]", NULL },
	{ "Japan, South Korea and the United States held drills.",
	  "[Japan , South Korea and the United States=JPN,KOR,USA] <held/hold> [drills]", NULL },
	{ "The Netherlands, Belgium and others signed.",
	  "[The Netherlands , Belgium and others=NLD,BEL] <signed/sign>", NULL },
	{ "Lithuanian and Polish presidents met.",
	  "[Lithuanian and Polish presidents=POL,LTU] <met/meet>", NULL },
	{ "Leaders and delegates of the Council of Europe met.",
	  "[Leaders and delegates of the Council of Europe=COE] <met/meet>", NULL },
	{ "Britain's foreign minister and his German counterpart met.",
	  "[Britain 's foreign minister and his German counterpart=GBR,DEU of:GBR] <met/meet>", NULL },
	{ "Finland joined NATO and Sweden applied.",
	  "[Finland=FIN] <joined/join> [NATO=NATO] and [Sweden=SWE] <applied/apply>", NULL },
	{ "The pact was signed by Iran and Iraq.",
	  "[The pact] <was signed/sign passive> (by) [Iran and Iraq=IRN,IRQ]", NULL },
	/* between commas */
	{ "Kofi Annan, Secretary General of the United Nations, announced it.",
	  "[Kofi Annan , Secretary General of the United Nations=UN names:UN] <announced/announce> [it=UN*]", NULL },
	{ "Qatar, a founding member of OPEC, left.",
	  "[Qatar , a founding member of OPEC=QAT names:OPEC] <left/leave>", NULL },
	{ "Uzbekistan, which left the CSTO in 2012, returned.",
	  "[Uzbekistan=UZB] , (which) <left/leave> [the CSTO=CSTO] , <returned/return>", NULL },
	{ "The country that left was Mali.",
	  "[The country] (that) <left/leave> <was/be> [Mali=MLI]", NULL },
	/* verbs */
	{ "Estonia has not yet been suspended.",
	  "[Estonia=EST] <has not yet been suspended/suspend passive not>", NULL },
	{ "Estonia would never leave.",
	  "[Estonia=EST] <would never leave/leave not would>", NULL },
	{ "Armenia did not attend the summit.",
	  "[Armenia=ARM] <did not attend/attend not> [the summit]", NULL },
	{ "Armenia didn't attend the summit.",
	  "[Armenia=ARM] <did n't attend/attend not> [the summit]", NULL },
	{ "Armenia cannot leave.",
	  "[Armenia=ARM] <cannot leave/leave not would>", NULL },
	{ "Armenia has been suspended.",
	  "[Armenia=ARM] <has been suspended/suspend passive>", NULL },
	{ "Mali was suspended by the African Union.",
	  "[Mali=MLI] <was suspended/suspend passive> (by) [the African Union=AU]", NULL },
	{ "Mali was not suspended from ECOWAS.",
	  "[Mali=MLI] <was not suspended/suspend passive not> (from) [ECOWAS=ECOWAS]", NULL },
	{ "Serbia may apply.",
	  "[Serbia=SRB] <may apply/apply would>", NULL },
	{ "Ukraine has yet to join NATO.",
	  "[Ukraine=UKR] <has yet to join/join not will> [NATO=NATO]", NULL },
	{ "Britain pulled out of the EU.",
	  "[Britain=GBR] <pulled out/pull> (of) [the EU=EU]", NULL },
	{ "Belarus took over the chairmanship.",
	  "[Belarus=BLR] <took over/take> [the chairmanship]", NULL },
	{ "Russia is leaving the Council of Europe.",
	  "[Russia=RUS] <is leaving/leave> [the Council of Europe=COE]", NULL },
	{ "Moldova neither left nor froze its membership.",
	  "[Moldova=MDA] <neither left/leave not> nor <froze/freeze> [its membership of:MDA*]", NULL },
	{ "The vote in the Senate failed.",
	  "[The vote] (in) [the Senate] <failed/fail>", NULL },
	{ "France plans a vote.",
	  "[France=FRA] <plans/plan> [a vote]", NULL },
	/* infinitives and gerunds */
	{ "Armenia wants to leave the CSTO.",
	  "[Armenia=ARM] <wants/want> <to leave/leave to> [the CSTO=CSTO]", NULL },
	{ "Armenia decided not to leave.",
	  "[Armenia=ARM] <decided/decide> <not to leave/leave not to>", NULL },
	{ "France refused to send troops.",
	  "[France=FRA] <refused/refuse> <to send/send to> [troops]", NULL },
	{ "Leaving the EU took years.",
	  "<Leaving/leave -ing> [the EU=EU] <took/take> [years]", NULL },
	{ "Having left the EU, Britain joined the CPTPP.",
	  "<Having left/leave -ing> [the EU=EU] , [Britain=GBR] <joined/join> [the CPTPP=CPTPP]", NULL },
	{ "After joining in 1992, Azerbaijan left the CSTO.",
	  "(After) <joining/join -ing> , [Azerbaijan=AZE] <left/leave> [the CSTO=CSTO]", NULL },
	{ "France accused Russia of attacking Ukraine.",
	  "[France=FRA] <accused/accuse> [Russia=RUS] (of) <attacking/attack -ing> [Ukraine=UKR]", NULL },
	{ "Turkey blocked Sweden's accession.",
	  "[Turkey=TUR] <blocked/block> [Sweden 's accession of:SWE names:SWE]", NULL },
	{ "Mali's decision to leave ECOWAS was expected.",
	  "[Mali 's decision of:MLI names:MLI] <to leave/leave to> [ECOWAS=ECOWAS] <was expected/expect passive>", NULL },
	{ "The decision by Mali to leave was expected.",
	  "[The decision] (by) [Mali=MLI] <to leave/leave to> <was expected/expect passive>", NULL },
	/* clauses */
	{ "Russia said that it would leave.",
	  "[Russia=RUS] <said/say> (that) [it=RUS*] <would leave/leave would>", NULL },
	{ "He said that Mali left.",
	  "[He] <said/say> (that) [Mali=MLI] <left/leave>", NULL },
	{ "Will Armenia leave the CSTO?",
	  "<Will/be will> [Armenia=ARM] <leave/leave> [the CSTO=CSTO]", NULL },
	{ "Should Armenia withdraw, Russia would respond.",
	  "<Should/be would> [Armenia=ARM] <withdraw/withdraw> , [Russia=RUS] <would respond/respond would>", NULL },
	{ "Georgia announced its withdrawal from the CIS.",
	  "[Georgia=GEO] <announced/announce> [its withdrawal of:GEO*] (from) [the CIS=CIS]", NULL },
	/* what went before */
	{ "Armenia left the CSTO. It said so.",
	  "[It=ARM*] <said/say>", NULL },
	{ "Mali left ECOWAS. The bloc regretted this.",
	  "[The bloc=ECOWAS*] <regretted/-> [this]", NULL },
	{ "Mali left ECOWAS. The country was suspended.",
	  "[The country=MLI*] <was suspended/suspend passive>", NULL },
	{ "Prime Minister of Armenia Nikol Pashinyan spoke. Pashinyan left.",
	  "[Pashinyan=ARM] <left/leave>", NULL },
	{ "Armenian Prime Minister Nikol Pashinyan spoke. He left.",
	  "[He=ARM*] <left/leave>", NULL },
	{ "Russia and Belarus signed. Both countries left.",
	  "[Both countries=RUS*,BLR*] <left/leave>", NULL },
	/* not what it should be */
	{ "The African Union welcomed Madagascar back.",
	  "[The African Union=AU] <welcomed back/welcome> [Madagascar=MDG]",
	  "the particle stands behind the object" },
	{ "Canada lent Ukraine four helicopters.",
	  "[Canada=CAN] <lent/lend> [Ukraine=UKR] [four helicopters]",
	  NULL },
	{ "Rebels attacked government troops.",
	  "[Rebels] <attacked/attack> [government troops]",
	  "a plural at the head of a sentence, and an object without an article" },
};

static void frames_of_sentences(void **state)
{
	struct told *told = *state;
	unsigned wrong = 0;

	for (size_t i = 0; i < COUNT(frames); i++) {
		read_article(told, "2024-03-07", frames[i].text);
		wrong += check_row(&frames[i], told->frame);
	}
	assert_int_equal(wrong, 0);
}

static const struct row moods[] = {
	/* facts */
	{ "Armenia left the CSTO.",
	  "fact member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia was the first country to leave the CSTO.",
	  "fact member.withdrew actor:ARM alliance:CSTO", NULL },
	/* denied */
	{ "Armenia did not leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia never left the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia didn't leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia refused to leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia denied leaving the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia decided not to leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia has no plans to leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia has yet to leave the CSTO.",
	  "denied member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Russia will not attack Georgia.",
	  "denied conflict.attacked actor:RUS target:GEO", NULL },
	/* possible */
	{ "Armenia may leave the CSTO.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia wants to leave the CSTO.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia is unlikely to leave the CSTO.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "If Armenia leaves the CSTO, Russia will respond.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Unless Armenia leaves the CSTO, nothing will change.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Should Armenia leave the CSTO, Russia would respond.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Will Armenia leave the CSTO?",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Russia called on Armenia to leave the CSTO.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia threatened to leave the CSTO.",
	  "possible member.withdrew actor:ARM alliance:CSTO", NULL },
	/* planned */
	{ "Armenia will leave the CSTO.",
	  "planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia plans to leave the CSTO.",
	  "planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia is ready to leave the CSTO.",
	  "planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia will leave the CSTO, Russia said.",
	  "planned member.withdrew actor:ARM alliance:CSTO", NULL },
	/* decided and announced */
	{ "Armenia decided to leave the CSTO.",
	  "fact member.announced_withdrawal actor:ARM alliance:CSTO; planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia voted to leave the CSTO.",
	  "fact member.announced_withdrawal actor:ARM alliance:CSTO; planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia's decision to leave the CSTO was final.",
	  "fact member.announced_withdrawal actor:ARM alliance:CSTO; planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia will leave the CSTO, Armenia said.",
	  "fact member.announced_withdrawal actor:ARM alliance:CSTO; planned member.withdrew actor:ARM alliance:CSTO", NULL },
	{ "Armenia said that it would leave the CSTO.",
	  "fact member.announced_withdrawal actor:ARM* alliance:CSTO; planned member.withdrew actor:ARM* alliance:CSTO", NULL },
	{ "Armenia to leave the CSTO.",
	  "fact member.announced_withdrawal actor:ARM alliance:CSTO; planned member.withdrew actor:ARM alliance:CSTO", NULL },
	/* claims */
	{ "Georgia accused Russia of attacking Armenia.",
	  "fact accusation.made actor:GEO target:RUS; claim conflict.attacked actor:RUS target:ARM", NULL },
	{ "Russia attacked Georgia, Georgia said.",
	  "claim conflict.attacked actor:RUS target:GEO", NULL },
	{ "Georgia claimed that Russia attacked Armenia.",
	  "claim conflict.attacked actor:RUS target:ARM", NULL },
	{ "According to Russia, Armenia left the CSTO.",
	  "claim member.withdrew actor:ARM alliance:CSTO", NULL },
	/* not what it should be */
	{ "Armenia reportedly left the CSTO.",
	  "claim member.withdrew actor:ARM alliance:CSTO",
	  "the adverb stands in front of the verb's group" },
	{ "Russia denied attacking Georgia.",
	  "denied conflict.attacked actor:RUS target:GEO",
	  NULL },
};

static void moods_of_sentences(void **state)
{
	struct told *told = *state;
	unsigned wrong = 0;

	for (size_t i = 0; i < COUNT(moods); i++) {
		read_article(told, "2024-03-07", moods[i].text);
		wrong += check_row(&moods[i], told->findings);
	}
	assert_int_equal(wrong, 0);
}

/* Whoever held an office acts for it in its years, and for nobody in others. */
static void persons_by_year(void **state)
{
	static const struct {
		const char *published, *frame;
	} rows[] = {
		{ "2012-05-01", "[Stoltenberg=NOR] <spoke/speak>" },
		{ "2020-05-01", "[Stoltenberg=NATO] <spoke/speak>" },
		{ "2002-05-01", "[Stoltenberg] <spoke/speak>" },
		{ NULL, "[Stoltenberg] <spoke/speak>" },
	};
	struct told *told = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		read_article(told, rows[i].published, "Stoltenberg spoke.");
		assert_string_equal(told->frame, rows[i].frame);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_of_sentences),
		cmocka_unit_test(moods_of_sentences),
		cmocka_unit_test(persons_by_year),
	};

	return cmocka_run_group_tests(tests, open_coder, close_coder);
}
