/*
 * test_sentence.c - where sentences end, and into which words they are cut.
 */
#include "rows.h"

#include <stdlib.h>

#include "news/frame/sentence.h"

enum { PRINT_SIZE = 4096 };

struct given {
	struct words words;
	struct lexicon *lexicon;
};

static int open_given(void **state)
{
	static struct given given;
	struct ent_error err = { 0 };

	if (words_open(&given.words, &err) < 0 ||
	    lexicon_open(&given.lexicon, &err) < 0) {
		print_error("%s\n", err.msg);
		return -1;
	}
	*state = &given;
	return 0;
}

static int close_given(void **state)
{
	struct given *given = *state;

	lexicon_close(given->lexicon);
	words_close(&given->words);
	return 0;
}

/* ---- sentences -------------------------------------------------------------- */

static void print_sentences(const char *text, char out[PRINT_SIZE])
{
	size_t at = 0, start, end, len = strlen(text), used = 0, last = 0;

	out[0] = '\0';
	while (sentence_next(text, len, &at, &start, &end)) {
		assert_true(last <= start && start < end && end <= len);
		assert_true(at >= end);
		last = end;
		used += (size_t)snprintf(out + used, PRINT_SIZE - used, "%s%.*s",
					 used ? " | " : "", (int)(end - start),
					 text + start);
		assert_true(used < PRINT_SIZE);
	}
}

static const struct row ends[] = {
	{ "", "", NULL },
	{ " \n\t\n ", "", NULL },
	{ "One", "One", NULL },
	{ "  One.  ", "One.", NULL },
	{ "One. Two. Three", "One. | Two. | Three", NULL },
	{ "One! Two? Three.", "One! | Two? | Three.", NULL },
	{ "Really?! Yes.", "Really?! | Yes.", NULL },
	{ ". . .", ". | . | .", NULL },
	/* abbreviations and initials */
	{ "Mr. Putin met Dr. Merkel. They spoke.",
	  "Mr. Putin met Dr. Merkel. | They spoke.", NULL },
	{ "Gen. Lloyd Austin left. So did Lt. Col. Smith.",
	  "Gen. Lloyd Austin left. | So did Lt. Col. Smith.", NULL },
	{ "George W. Bush and J. Smith left. All stood.",
	  "George W. Bush and J. Smith left. | All stood.", NULL },
	{ "St. Petersburg hosts it. Others come.",
	  "St. Petersburg hosts it. | Others come.", NULL },
	{ "On Jan. 5 it left. On Dec. 6 it came back.",
	  "On Jan. 5 it left. | On Dec. 6 it came back.", NULL },
	{ "Members, e.g. Mali, left. Others, i.e. Niger, stay.",
	  "Members, e.g. Mali, left. | Others, i.e. Niger, stay.", NULL },
	{ "Protocol No. 6 is in force. Art. 5 is not.",
	  "Protocol No. 6 is in force. | Art. 5 is not.", NULL },
	{ "It ended at 5 p.m. on Friday.", "It ended at 5 p.m. on Friday.", NULL },
	{ "Iran vs. Iraq (cf. Syria) is over. Good.",
	  "Iran vs. Iraq (cf. Syria) is over. | Good.", NULL },
	{ "It joined the U.S. The vote was close.",
	  "It joined the U.S. | The vote was close.",
	  "a dotted name may also end a sentence" },
	{ "It left the U.S.", "It left the U.S.", NULL },
	{ "It left the U.S.\n\nThe vote was close.",
	  "It left the U.S. | The vote was close.", NULL },
	{ "The U.S. Senate voted.", "The U.S. Senate voted.", NULL },
	{ "The firm (Acme Inc.) left. It came back.",
	  "The firm (Acme Inc.) left. | It came back.", NULL },
	/* quotes and brackets */
	{ "\"We leave.\" He said so.", "\"We leave.\" | He said so.", NULL },
	{ "\"We leave,\" he said. \"We stay.\"",
	  "\"We leave,\" he said. | \"We stay.\"", NULL },
	{ "“We leave.” He said so.", "“We leave.” | He said so.", NULL },
	{ "‘We leave.’ He said so.", "‘We leave.’ | He said so.", NULL },
	{ "It left (in 2012.) Then it came.",
	  "It left (in 2012.) | Then it came.", NULL },
	{ "It left.[1] Then it came.", "It left.[1] | Then it came.",
	  "a note behind the stop" },
	{ "\"We leave.\" said nobody.", "\"We leave.\" said nobody.", NULL },
	/* figures, points in words */
	{ "It cost 3.5 million. It was 2.1% of all.",
	  "It cost 3.5 million. | It was 2.1% of all.", NULL },
	{ "See example.org for more. Go.", "See example.org for more. | Go.", NULL },
	{ "It left in 2012. 14 others stayed.",
	  "It left in 2012. | 14 others stayed.", NULL },
	/* ellipses */
	{ "It left ... and came back. Yes.", "It left ... and came back. | Yes.",
	  NULL },
	{ "It left... Then it came.", "It left... | Then it came.", NULL },
	{ "It left… and came back. Yes.", "It left… and came back. | Yes.", NULL },
	/* what goes on in lower case */
	{ "Was it Yahoo! or not. Yes.", "Was it Yahoo! or not. | Yes.",
	  "a mark of exclamation within a name" },
	{ "It is approx. ten. So.", "It is approx. ten. | So.", NULL },
	/* lines */
	{ "Armenia freezes role\nYEREVAN - It did.",
	  "Armenia freezes role | YEREVAN - It did.", NULL },
	{ "A heading\n\nA sentence. Another.",
	  "A heading | A sentence. | Another.", NULL },
	{ "- Mali left\n- Niger left\n- Chad stayed",
	  "- Mali left | - Niger left | - Chad stayed", NULL },
	{ "The government of Armenia said on Thursday that it had\nfrozen its role "
	  "in the bloc. Others stayed.",
	  "The government of Armenia said on Thursday that it had\nfrozen its role "
	  "in the bloc. | Others stayed.", NULL },
	{ "The government of Armenia said on Thursday that it had no wish\n\nto stay.",
	  "The government of Armenia said on Thursday that it had no wish | to stay.",
	  NULL },
	{ "The government of Armenia said on Thursday that it had no wish\n  to stay.",
	  "The government of Armenia said on Thursday that it had no wish | to stay.",
	  NULL },
	{ "It left.\nThen it came.", "It left. | Then it came.", NULL },
	{ "The government of the country said so to the U.S.\nThen it came.",
	  "The government of the country said so to the U.S. | Then it came.", NULL },
};

static void sentence_ends(void **state)
{
	char got[PRINT_SIZE];
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(ends); i++) {
		print_sentences(ends[i].text, got);
		wrong += check_row(&ends[i], got);
	}
	assert_int_equal(wrong, 0);
}

/* ---- words ------------------------------------------------------------------ */

static void read_whole(const struct given *given, const char *text,
		       struct sentence *out, struct arena *arena)
{
	assert_int_equal(sentence_read(out, text, 0, strlen(text), &given->words,
				       given->lexicon, arena, NULL), ENT_OK);
}

static void print_tokens(const struct given *given, const char *text,
			 char out[PRINT_SIZE])
{
	static struct sentence sentence;
	struct arena arena = { 0 };
	size_t used = 0;

	read_whole(given, text, &sentence, &arena);
	out[0] = '\0';
	for (int i = 0; i < sentence.count; i++) {
		const struct token *token = &sentence.tokens[i];

		used += (size_t)snprintf(out + used, PRINT_SIZE - used, "%s%s",
					 i ? " | " : "", token->text);
		assert_true(used < PRINT_SIZE);
	}
	arena_release(&arena);
}

static void check_tokens(const struct given *given, const struct row *rows,
			 size_t count)
{
	char got[PRINT_SIZE];
	unsigned wrong = 0;

	for (size_t i = 0; i < count; i++) {
		print_tokens(given, rows[i].text, got);
		wrong += check_row(&rows[i], got);
	}
	assert_int_equal(wrong, 0);
}

static const struct row cuts[] = {
	{ "Armenia left.", "Armenia | left | .", NULL },
	{ "a,b;c:d", "a | , | b | ; | c | : | d", NULL },
	{ "what?!", "what | ? | !", NULL },
	/* apostrophes and clitics */
	{ "Armenia's role", "Armenia | 's | role", NULL },
	{ "Armenia’s role", "Armenia | 's | role", NULL },
	{ "it'll leave, they're in", "it | 'll | leave | , | they | 're | in", NULL },
	{ "states' rights", "states | ' | rights", NULL },
	{ "states’ rights", "states | ' | rights", NULL },
	{ "didn't and can’t", "did | n't | and | ca | n't",
	  "the word ends in front of the apostrophe, not of the n" },
	{ "Côte d'Ivoire", "Côte | d'Ivoire", NULL },
	{ "Côte d’Ivoire", "Côte | d'Ivoire", NULL },
	{ "N'Djamena", "N'Djamena", NULL },
	{ "'quoted' words", "' | quoted | ' | words", NULL },
	/* hyphens and dashes */
	{ "Guinea-Bissau left", "Guinea-Bissau | left", NULL },
	{ "UK-Russia talks", "UK | - | Russia | talks", NULL },
	{ "Kassym-Jomart Tokayev", "Kassym-Jomart | Tokayev", NULL },
	{ "the Russian-led bloc", "the | Russian-led | bloc", NULL },
	{ "a 15-nation bloc", "a | 15-nation | bloc", NULL },
	{ "a full-scale war", "a | full-scale | war", NULL },
	{ "in 2012-2014", "in | 2012-2014", NULL },
	{ "in 2012–2014", "in | 2012–2014", NULL },
	{ "the bloc – once strong – fell",
	  "the | bloc | – | once | strong | – | fell", NULL },
	{ "Russia–Ukraine war", "Russia | – | Ukraine | war", NULL },
	{ "the bloc—once strong", "the | bloc | — | once | strong", NULL },
	{ "-led", "- | led", NULL },
	{ "Russia-", "Russia | -", NULL },
	{ "x--y", "x | - | - | y", NULL },
	/* figures */
	{ "2,500 men, 3.5 million", "2,500 | men | , | 3.5 | million", NULL },
	{ "2.1%, $5", "2.1 | % | , | $ | 5", NULL },
	{ "the 32nd member", "the | 32nd | member", NULL },
	{ "1,2 ,3", "1,2 | , | 3", NULL },
	/* dots */
	{ "the U.S. and", "the | U.S. | and", NULL },
	{ "at 5 p.m. on", "at | 5 | p.m. | on", NULL },
	{ "U.S.-led", "U.S. | - | led", NULL },
	{ "J. Smith", "J | . | Smith", NULL },
	{ "AT&T & Co", "AT&T | & | Co", NULL },
	/* other letters */
	{ "Türkiye, Øresund, Łódź", "Türkiye | , | Øresund | , | Łódź", NULL },
	{ "Россия и NATO", "Россия | и | NATO", NULL },
	{ "北约 said", "北约 | said", NULL },
	{ "“We leave”", "“ | We | leave | ”", NULL },
	{ "«Nous»", "« | Nous | »", NULL },
	{ "left… then", "left | … | then", NULL },
	{ "one\xC2\xA0two", "one | two", NULL },
	{ "one\ntwo\tthree", "one | two | three", NULL },
	{ "(CSTO)", "( | CSTO | )", NULL },
	{ "[it] left", "[ | it | ] | left", NULL },
};

static void words_are_cut(void **state)
{
	check_tokens(*state, cuts, COUNT(cuts));
}

/* "Text" as it stands there, but for its apostrophes. */
static void offsets(void **state)
{
	static const char text[] = "  “Côte d’Ivoire’s”\xC2\xA0role in 2012–2014, "
		"didn’t it?  Łódź";
	static struct sentence sentence;
	struct arena arena = { 0 };
	size_t last = 2;

	assert_int_equal(sentence_read(&sentence, text, 2, sizeof(text) - 1,
				       &((struct given *)*state)->words,
				       ((struct given *)*state)->lexicon, &arena,
				       NULL), ENT_OK);
	assert_int_equal(sentence.count, 14);
	for (int i = 0; i < sentence.count; i++) {
		const struct token *token = &sentence.tokens[i];

		assert_true(last <= token->start && token->start < token->end);
		assert_true(token->end < sizeof(text));
		last = token->end;
	}
	assert_int_equal(sentence.tokens[1].start, 5);
	assert_int_equal(sentence.tokens[1].end, 10);
	assert_string_equal(sentence.tokens[2].text, "d'Ivoire");
	assert_int_equal(sentence.tokens[2].end - sentence.tokens[2].start, 10);
	assert_memory_equal(text + sentence.tokens[7].start, "2012–2014", 11);
	assert_string_equal(sentence.tokens[13].text, "Łódź");
	assert_int_equal(sentence.tokens[13].end, sizeof(text) - 1);
	arena_release(&arena);
}

static void capitals(void **state)
{
	static const struct {
		const char *text;
		bool capital, number;
	} rows[] = {
		{ "Armenia", true, false },  { "armenia", false, false },
		{ "A", true, false },	     { "Österreich", true, false },
		{ "österreich", false, false }, { "Éire", true, false },
		{ "Łódź", true, false },     { "łódź", false, false },
		{ "Žatec", true, false },    { "žatec", false, false },
		{ "Šid", true, false },	     { "šid", false, false },
		{ "Ńa", true, false },	     { "ńa", false, false },
		{ "ßa", false, false },	     { "2012", false, true },
		{ "32nd", false, true },     { ",", false, false },
		{ "北约", false, false },
	};
	static struct sentence sentence;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena arena = { 0 };

		read_whole(*state, rows[i].text, &sentence, &arena);
		if (sentence.count != 1 ||
		    sentence.tokens[0].capital != rows[i].capital ||
		    sentence.tokens[0].number != rows[i].number)
			fail_msg("%s: %d words, capital %d, number %d",
				 rows[i].text, sentence.count,
				 sentence.tokens[0].capital,
				 sentence.tokens[0].number);
		arena_release(&arena);
	}
}

/* ---- names and what is hidden ------------------------------------------------ */

static void print_names(const struct given *given, const char *text,
			char out[PRINT_SIZE])
{
	static struct sentence sentence;
	struct arena arena = { 0 };
	size_t used = 0;

	read_whole(given, text, &sentence, &arena);
	out[0] = '\0';
	for (int i = 0; i < sentence.count; i++) {
		const struct token *token = &sentence.tokens[i];

		if (token->name)
			used += (size_t)snprintf(out + used, PRINT_SIZE - used,
						 "%s%s/%u", used ? " " : "",
						 token->name->code,
						 token->name_len);
		if (token->led_by)
			used += (size_t)snprintf(out + used, PRINT_SIZE - used,
						 "%sled by %s", used ? " " : "",
						 token->led_by->code);
		assert_true(used < PRINT_SIZE);
	}
	arena_release(&arena);
}

static void names(void **state)
{
	static const struct row rows[] = {
		{ "the Collective Security Treaty Organization", "CSTO/5", NULL },
		{ "Armenia's role in the CSTO", "ARM/1 CSTO/2", NULL },
		{ "UK-Russia talks", "GBR/1 RUS/1", NULL },
		{ "the Russian-led bloc", "led by RUS", NULL },
		{ "a U.S.-led force", "led by USA", "the hyphen behind a dotted name" },
		{ "a US-backed force", "led by USA", NULL },
		{ "a russian-led bloc", "", NULL },
		{ "a Zugzwang-led bloc", "", NULL },
		{ "who said so", "", NULL },
		{ "WHO said so", "WHO/1", NULL },
		{ "nothing here", "", NULL },
		{ "Côte d’Ivoire left", "CIV/2", NULL },
	};
	char got[PRINT_SIZE];
	unsigned wrong = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		print_names(*state, rows[i].text, got);
		wrong += check_row(&rows[i], got);
	}
	assert_int_equal(wrong, 0);
}

static void words_in_names(void **state)
{
	static struct sentence sentence;
	struct arena arena = { 0 };

	read_whole(*state, "It left the European Union in 2020", &sentence, &arena);
	for (int i = 0; i < sentence.count; i++)
		assert_int_equal(sentence.tokens[i].in_name, i >= 2 && i <= 4);
	assert_int_equal(sentence.tokens[2].name_len, 3);
	assert_null(sentence.tokens[3].name);
	arena_release(&arena);
}

static void print_shown(const struct given *given, const char *text,
			char out[PRINT_SIZE])
{
	static struct sentence sentence;
	struct arena arena = { 0 };

	read_whole(given, text, &sentence, &arena);
	out[0] = '\0';
	for (int i = 0; i < sentence.count; i++) {
		if (sentence.tokens[i].hidden)
			continue;
		strcat(out, *out ? " " : "");
		strcat(out, sentence.tokens[i].text);
	}
	arena_release(&arena);
}

static void brackets_and_quotes_are_hidden(void **state)
{
	static const struct row rows[] = {
		{ "The bloc (CSTO) left", "The bloc left", NULL },
		{ "a ((b) c) d", "a d", NULL },
		{ "a (b (c d", "a", NULL },
		{ "a) b (c) d", "a ) b d", NULL },
		{ "\"We leave\", he said", "We leave , he said", NULL },
		{ "“We leave”, he said", "We leave , he said", NULL },
		{ "‘We leave’, he said", "We leave , he said", NULL },
		{ "[Armenia] left", "Armenia left", NULL },
		{ "Armenia's role", "Armenia 's role", NULL },
		{ "the (Armenia's) role", "the role", NULL },
		{ "states' role", "states role", NULL },
	};
	char got[PRINT_SIZE];
	unsigned wrong = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		print_shown(*state, rows[i].text, got);
		wrong += check_row(&rows[i], got);
	}
	assert_int_equal(wrong, 0);
}

static void hidden_by_place(void **state)
{
	static struct sentence sentence;
	struct arena arena = { 0 };

	read_whole(*state, "It left in June 2012 .", &sentence, &arena);
	sentence_hide(&sentence, 8, 20); /* "in June 2012" */
	for (int i = 0; i < sentence.count; i++)
		assert_int_equal(sentence.tokens[i].hidden, i >= 2 && i <= 4);
	sentence_hide(&sentence, 0, 1); /* half of "It" */
	assert_false(sentence.tokens[0].hidden);
	arena_release(&arena);
}

static void asking_a_token(void **state)
{
	const struct given *given = *state;
	static struct sentence sentence;
	struct arena arena = { 0 };
	struct topics topics = { { 0 } };

	read_whole(given, "The Pact unzugged deported", &sentence, &arena);
	assert_true(words_topic(&given->words, "treaty", &topics));
	assert_true(token_is(&sentence.tokens[0], "the"));
	assert_true(token_has(&sentence.tokens[0],
			      words_set(&given->words, "det")));
	assert_false(token_has(&sentence.tokens[0],
			       words_set(&given->words, "prep")));
	assert_true(token_on(&sentence.tokens[1], &topics));
	assert_false(token_on(&sentence.tokens[0], &topics));
	assert_string_equal(sentence.tokens[2].word->lemma, "-"); /* by its -ed */
	assert_false(token_on(&sentence.tokens[2], &topics));
	assert_false(token_has(&sentence.tokens[2], ~(word_sets)0));
	arena_release(&arena);
}

/* ---- hostile ------------------------------------------------------------------ */

/* Everything about a text, whatever it is: returns how many sentences. */
static unsigned read_all(const struct given *given, const char *text, size_t len)
{
	static struct sentence sentence;
	size_t at = 0, start, end;
	unsigned count = 0;

	while (sentence_next(text, len, &at, &start, &end)) {
		struct arena arena = { 0 };
		size_t last = start;

		assert_true(start < end && end <= len && at >= end);
		assert_int_equal(sentence_read(&sentence, text, start, end,
					       &given->words, given->lexicon,
					       &arena, NULL), ENT_OK);
		for (int i = 0; i < sentence.count; i++) {
			const struct token *token = &sentence.tokens[i];

			assert_true(last <= token->start &&
				    token->start < token->end &&
				    token->end <= end);
			assert_true(i + (int)token->name_len <= sentence.count);
			last = token->end;
		}
		arena_release(&arena);
		count++;
	}
	return count;
}

/* A copy of just these bytes, so that a sanitizer sees the first one behind. */
static unsigned read_copy(const struct given *given, const char *text, size_t len)
{
	char *copy = malloc(len ? len : 1);
	unsigned count;

	assert_non_null(copy);
	memcpy(copy, text, len);
	count = read_all(given, copy, len);
	free(copy);
	return count;
}

static void every_prefix(void **state)
{
	static const char text[] = "Mr. Putin’s “Russian-led” bloc (the CSTO) – "
		"2,500 men, 2012–2014 – didn’t hold; the U.S. said so… "
		"Côte d’Ivoire’s 3.5% fell.\n\nUK-Russia talks: \"No,\" 'n' so\xC2\xA0on.";

	for (size_t len = 0; len < sizeof(text); len++)
		read_copy(*state, text, len);
	for (size_t from = 0; from < sizeof(text); from++)
		read_copy(*state, text + from, sizeof(text) - 1 - from);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void random_bytes(void **state)
{
	static const char marks[] = ".,;:!?'\"()[]-& \n\t\xE2\x80\x99\x93\xC2\xA0"
				    "aAeUS19n't";
	uint32_t seed = 20240229;
	char text[300];

	for (int round = 0; round < 4000; round++) {
		size_t len = next_random(&seed) % sizeof(text);

		for (size_t i = 0; i < len; i++)
			text[i] = round % 2 ? (char)next_random(&seed) :
				marks[next_random(&seed) % (sizeof(marks) - 1)];
		read_copy(*state, text, len);
	}
}

static char *repeated(const char *piece, size_t times)
{
	size_t len = strlen(piece);
	char *text = malloc(len * times + 1);

	assert_non_null(text);
	for (size_t i = 0; i < times; i++)
		memcpy(text + i * len, piece, len);
	text[len * times] = '\0';
	return text;
}

static void too_many_words(void **state)
{
	static struct sentence sentence;

	for (size_t words = TOKENS_MAX - 1; words <= TOKENS_MAX + 1; words++) {
		struct arena arena = { 0 };
		char *text = repeated("a ", words);

		read_whole(*state, text, &sentence, &arena);
		assert_int_equal(sentence.too_long, words > TOKENS_MAX);
		assert_int_equal(sentence.count,
				 words > TOKENS_MAX ? TOKENS_MAX : words);
		arena_release(&arena);
		free(text);
	}
}

/* What is too long is not kept for the next one. */
static void after_too_many_words(void **state)
{
	static struct sentence sentence;
	struct arena arena = { 0 };
	char *text = repeated("a ", TOKENS_MAX + 1);

	read_whole(*state, text, &sentence, &arena);
	read_whole(*state, "One two.", &sentence, &arena);
	assert_false(sentence.too_long);
	assert_int_equal(sentence.count, 3);
	arena_release(&arena);
	free(text);
}

static void read_repeated(const struct given *given, const char *piece, size_t len)
{
	char *text = repeated(piece, len / strlen(piece));

	read_all(given, text, strlen(text));
	free(text);
}

static void long_texts(void **state)
{
	static const char *const pieces[] = { "a", "A", "1,", "a-", "A-", "'", "’",
		"(", ". ", "n't", "U.S. ", "Armenia ", "Mr. ", "a\n", "\xC2\xA0",
		"–", "x–1", " ", "\"", ".", "A.", "a.b", ".)", "?)", "a!" };

	for (size_t i = 0; i < COUNT(pieces); i++)
		read_repeated(*state, pieces[i], 1 << 20);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentence_ends),
		cmocka_unit_test(words_are_cut),
		cmocka_unit_test(offsets),
		cmocka_unit_test(capitals),
		cmocka_unit_test(names),
		cmocka_unit_test(words_in_names),
		cmocka_unit_test(brackets_and_quotes_are_hidden),
		cmocka_unit_test(hidden_by_place),
		cmocka_unit_test(asking_a_token),
		cmocka_unit_test(every_prefix),
		cmocka_unit_test(random_bytes),
		cmocka_unit_test(too_many_words),
		cmocka_unit_test(after_too_many_words),
		cmocka_unit_test(long_texts),
	};

	return cmocka_run_group_tests(tests, open_given, close_given);
}
