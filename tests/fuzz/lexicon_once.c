/*
 * lexicon_once.c - the lexicon for all inputs of a target: to make it anew for each
 * takes a thousand times longer than what is tested.  The linker puts these in the
 * place of the engine's own (--wrap).
 */
#include "fuzz.h"

#include "news/lexicon/lexicon.h"

int __real_lexicon_open(struct lexicon **out, struct ent_error *err);
int __wrap_lexicon_open(struct lexicon **out, struct ent_error *err);
void __wrap_lexicon_close(struct lexicon *lexicon);

static struct lexicon *shared;

int __wrap_lexicon_open(struct lexicon **out, struct ent_error *err)
{
	(void)err;
	if (!shared)
		FUZZ_CHECK(__real_lexicon_open(&shared, NULL) == ENT_OK);
	*out = shared;
	return ENT_OK;
}

void __wrap_lexicon_close(struct lexicon *lexicon)
{
	(void)lexicon;
}
