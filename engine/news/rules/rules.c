/*
 * rules.c - reading rules.tsv.
 */
#include "news/rules/rules.h"

#include "entente/vocabulary.h"
#include "news/rules/lines.h"

#include <string.h>

struct reading {
	struct rules *rules;
	const struct words *words;
	const struct line *line;
	struct rule *rule;
	struct ent_error *err;
};

static const char *keep(struct reading *reading, const char *text)
{
	return arena_text(&reading->rules->arena, text, strlen(text));
}

/* The next item of a list between commas, cut from *rest; NULL at the end. */
static char *next_item(char **rest)
{
	char *item = *rest;
	size_t len = strcspn(item, ",");

	if (*item == '\0')
		return NULL;
	*rest = item[len] ? item + len + 1 : item + len;
	item[len] = '\0';
	return item;
}

/* "pull_out": a verb and its particle. */
static int read_verb(struct reading *reading, char *item, struct lemma *out)
{
	char *particle = strchr(item, '_');

	if (particle)
		*particle++ = '\0';
	if (!words_is_lemma(reading->words, item))
		return line_error(reading->line, reading->err,
				  "\"%s\" is no verb of verbs.tsv", item);
	out->text = words_find(reading->words, item)->lemma;
	out->particle = particle ? keep(reading, particle) : NULL;
	return particle && !out->particle ? mem_error(reading->err) : ENT_OK;
}

static int read_lemmas(struct reading *reading, char *list, bool nouns,
		       struct lemmas *out)
{
	char *item;
	int rc = ENT_OK;

	while (rc == ENT_OK && (item = next_item(&list)) != NULL) {
		struct lemma *lemma = &out->items[out->count];

		if (out->count == RULE_LEMMAS_MAX)
			return line_error(reading->line, reading->err,
					  "more than %d words", RULE_LEMMAS_MAX);
		if (nouns)
			*lemma = (struct lemma){ keep(reading, item), NULL };
		else
			rc = read_verb(reading, item, lemma);
		if (rc == ENT_OK && !lemma->text)
			return mem_error(reading->err);
		out->count += rc == ENT_OK;
	}
	return rc;
}

static int read_topics(struct reading *reading, char *list, struct topics *out)
{
	char *item;

	while ((item = next_item(&list)) != NULL) {
		if (!words_topic(reading->words, item, out))
			return line_error(reading->line, reading->err,
					  "no set \"%s\" in topics.tsv", item);
	}
	return ENT_OK;
}

/* "subject/S", "from/A", "owner/S" */
static int read_slot(struct reading *reading, char *text, struct slot *out)
{
	static const struct {
		const char *name;
		enum slot_place place;
	} places[] = {
		{ "subject", SLOT_SUBJECT },   { "object", SLOT_OBJECT },
		{ "owner", SLOT_OWNER },       { "named", SLOT_NAMED },
		{ "context", SLOT_CONTEXT },   { "its", SLOT_OBJECT_OWNER },
		{ "other", SLOT_OTHER },	       { "speaker", SLOT_SPEAKER },
		{ "main", SLOT_MAIN },
	};
	char *kind = strchr(text, '/');
	size_t len;

	*out = (struct slot){ .place = SLOT_PREP, .kind = SLOT_ANY };
	if (kind) {
		*kind++ = '\0';
		if (strcmp(kind, "S") == 0)
			out->kind = SLOT_STATE;
		else if (strcmp(kind, "A") == 0)
			out->kind = SLOT_ALLIANCE;
		else
			return line_error(reading->line, reading->err,
					  "\"/%s\" is neither /S nor /A", kind);
	}
	for (size_t i = 0; i < COUNT_OF(places); i++)
		if (strcmp(places[i].name, text) == 0) {
			out->place = places[i].place;
			return ENT_OK;
		}
	len = strlen(text);
	if (len >= sizeof(out->prep))
		return line_error(reading->line, reading->err,
				  "\"%s\" is no place", text);
	memcpy(out->prep, text, len + 1);
	return ENT_OK;
}

static int read_slots(struct reading *reading, char *list, struct slots *out)
{
	char *item;
	int rc = ENT_OK;

	while (rc == ENT_OK && (item = next_item(&list)) != NULL) {
		if (strcmp(item, "?") == 0) {
			out->optional = true;
			continue;
		}
		if (out->count == RULE_SLOTS_MAX)
			return line_error(reading->line, reading->err,
					  "more than %d places",
					  RULE_SLOTS_MAX);
		rc = read_slot(reading, item, &out->items[out->count]);
		if (rc == ENT_OK)
			out->count++;
	}
	return rc;
}

static int read_types(struct reading *reading, char *list)
{
	struct rule *rule = reading->rule;
	char *item;

	while ((item = next_item(&list)) != NULL) {
		if (!ent_type_find(item))
			return line_error(reading->line, reading->err,
					  "\"%s\" is no type", item);
		if (rule->yields_count == RULE_YIELDS_MAX)
			return line_error(reading->line, reading->err,
					  "more than %d types", RULE_YIELDS_MAX);
		rule->yields[rule->yields_count] = keep(reading, item);
		if (!rule->yields[rule->yields_count++])
			return mem_error(reading->err);
	}
	return ENT_OK;
}

static int read_score(struct reading *reading, const char *text)
{
	int score = 0;

	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || score > 100)
			return line_error(reading->line, reading->err,
					  "\"%s\" is no score", text);
		score = score * 10 + *c - '0';
	}
	reading->rule->score = score;
	return ENT_OK;
}

/* ---- flags ---------------------------------------------------------------- */

static int read_modality(struct reading *reading, const char *flag)
{
	static const char *const modalities[] = { "possible", "planned", "denied" };

	for (size_t i = 0; i < COUNT_OF(modalities); i++)
		if (strcmp(modalities[i], flag) == 0) {
			reading->rule->modality = modalities[i];
			return ENT_OK;
		}
	return line_error(reading->line, reading->err, "\"%s\" is no flag", flag);
}

static int read_flag(struct reading *reading, const char *flag)
{
	struct rule *rule = reading->rule;
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "symmetric", &rule->symmetric },
		{ "announced", &rule->announced },
		{ "named-after", &rule->named_after },
		{ "bare", &rule->bare },
		{ "not-doing", &rule->not_doing },
		{ "since", &rule->since },
		{ "direct", &rule->direct },
		{ "dated-fact", &rule->dated_fact },
		{ "active", &rule->active_only },
		{ "passive", &rule->passive_only },
		{ "disputed", &rule->disputed },
		{ "all-types", &rule->all_types },
	};

	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (strcmp(flags[i].name, flag) == 0) {
			*flags[i].flag = true;
			return ENT_OK;
		}
	if (strcmp(flag, "negated") == 0)
		rule->polarity = POLARITY_NEGATED;
	else if (strcmp(flag, "any-polarity") == 0)
		rule->polarity = POLARITY_ANY;
	else
		return read_modality(reading, flag);
	return ENT_OK;
}

/* ---- keys ----------------------------------------------------------------- */

/* "with=...": one of the rule's sets of words; false where key is none of them. */
static bool read_words(struct reading *reading, const char *key, char *value,
		       int *rc)
{
	struct rule *rule = reading->rule;
	const struct {
		const char *key;
		struct topics *topics;
	} keys[] = {
		{ "with", &rule->with },       { "without", &rule->without },
		{ "subject", &rule->subject }, { "beside", &rule->beside },
		{ "not-beside", &rule->not_beside },
	};

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (strcmp(keys[i].key, key) == 0) {
			*rc = read_topics(reading, value, keys[i].topics);
			return true;
		}
	return false;
}

/* "actor=...": where one of its parties stands. */
static bool read_party(struct reading *reading, const char *key, char *value,
		       int *rc)
{
	struct rule *rule = reading->rule;
	const struct {
		const char *key;
		struct slots *slots;
	} keys[] = {
		{ "actor", &rule->actor },   { "alliance", &rule->alliance },
		{ "target", &rule->target }, { "object", &rule->object },
	};

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (strcmp(keys[i].key, key) == 0) {
			*rc = read_slots(reading, value, keys[i].slots);
			return true;
		}
	return false;
}

/* "key=value", or a flag */
static int read_item(struct reading *reading, char *item)
{
	struct rule *rule = reading->rule;
	char *value = strchr(item, '=');
	int rc;

	if (!value)
		return read_flag(reading, item);
	*value++ = '\0';
	if (read_words(reading, item, value, &rc) ||
	    read_party(reading, item, value, &rc))
		return rc;
	rule->noun |= strcmp(item, "noun") == 0;
	if (strcmp(item, "verb") == 0 || strcmp(item, "noun") == 0)
		return read_lemmas(reading, value, rule->noun, &rule->lemmas);
	if (strcmp(item, "under") == 0)
		return read_lemmas(reading, value, false, &rule->under);
	if (strcmp(item, "not-under") == 0)
		return read_lemmas(reading, value, false, &rule->not_under);
	if (strcmp(item, "yields") == 0)
		return read_types(reading, value);
	if (strcmp(item, "score") == 0)
		return read_score(reading, value);
	return line_error(reading->line, reading->err, "\"%s\" is no key", item);
}

static int read_rule(struct reading *reading, struct line *line)
{
	struct rules *rules = reading->rules;
	struct rule *rule;
	int rc;

	rc = mem_grow(&rules->items, &rules->room, rules->count + 1,
		      sizeof(*rules->items), reading->err);
	if (rc < 0)
		return rc;
	reading->line = line;
	rule = reading->rule = &rules->items[rules->count];
	*rule = (struct rule){ .score = 700 };
	if (line->count < 3)
		return line_error(line, reading->err, "%zu fields", line->count);
	if (!ent_type_find(line->fields[1]))
		return line_error(line, reading->err, "\"%s\" is no type",
				  line->fields[1]);
	rule->id = keep(reading, line->fields[0]);
	rule->type = keep(reading, line->fields[1]);
	if (!rule->id || !rule->type)
		return mem_error(reading->err);
	for (size_t i = 2; i < line->count && rc == ENT_OK; i++) {
		char *item, *rest = line->fields[i];

		while (rc == ENT_OK && (item = lines_word(&rest)) != NULL)
			rc = read_item(reading, item);
	}
	if (rc == ENT_OK && rule->lemmas.count == 0)
		rc = line_error(line, reading->err, "no verb= and no noun=");
	rules->count += rc == ENT_OK;
	return rc;
}

int rules_read(struct rules *rules, const struct words *words, const char *text,
	       size_t len, struct ent_error *err)
{
	struct reading reading = { .rules = rules, .words = words, .err = err };
	struct lines lines;
	struct line line;
	int rc = lines_open(&lines, "rules.tsv", text, len, err);

	while (rc == ENT_OK && (rc = lines_next(&lines, &line)) == ENT_OK)
		rc = read_rule(&reading, &line);
	lines_close(&lines);
	return rc == ENT_END ? ENT_OK : rc;
}

int rules_open(struct rules *rules, const struct words *words,
	       struct ent_error *err)
{
	size_t len = 0;
	const char *text = rule_file("rules.tsv", &len);
	int rc;

	*rules = (struct rules){ 0 };
	rc = rules_read(rules, words, text, len, err);
	if (rc < 0)
		rules_close(rules);
	return rc;
}

void rules_close(struct rules *rules)
{
	mem_free(rules->items);
	arena_release(&rules->arena);
	*rules = (struct rules){ 0 };
}
