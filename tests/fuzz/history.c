/*
 * history.c - a small log with something of everything in it: corrections and
 * retractions, dates that are known in part, ids of its own, texts beyond ASCII.
 *
 * Texts are written with ' for ".
 */
#include "fuzz.h"

#include <stdio.h>
#include <string.h>

#include "entente/entente.h"

#define SOURCE "'source':{'title':'T','published':'2024-03'}"
#define ID(n) "00000000-0000-4000-8000-00000000000" #n

enum { LINE_MAX = 512 };

/* Appends end with NULL. */
static const char *const history[] = {
	"'type':'alliance.founded','alliance':'CSTO','date':'1992','data':"
	"{'name':'Collective Security \xc3\xa9','kind':'defence','lead':'RUS'}",
	"'type':'member.joined','alliance':'CSTO','actor':'ARM','date':'1994'",
	"'type':'member.joined','alliance':'CSTO','actor':'AZE','date':'199X',"
	"'id':'" ID(1) "'",
	NULL,
	"'type':'member.not_renewed','alliance':'CSTO','actor':'AZE','date':"
	"'1999','id':'" ID(2) "'",
	"'type':'chair.assumed','alliance':'CSTO','actor':'KGZ','date':"
	"'2025-01','until':'2025','data':{'name':'chair'}",
	"'type':'accusation.made','alliance':'CSTO','actor':'ARM','target':"
	"'RUS','date':'2022-09-13','modality':'claim','attributed_to':'ARM',"
	"'summary':'No help.\\nNone \xe2\x80\xae.'",
	NULL,
	"'type':'member.frozen','alliance':'CSTO','actor':'ARM','date':"
	"'2024-02','id':'" ID(3) "'",
	"'type':'member.frozen','alliance':'CSTO','actor':'ARM','date':"
	"'2024-02-23','corrects':'" ID(3) "','id':'" ID(4) "'",
	"'type':'event.retracted','retracts':'" ID(2) "','data':{'reason':'r'}",
	"'type':'x.note','date':'XXXX','data':{'n':[1,-2.5,true,null,'t'],"
	"'~/':{'a':0}}",
	"'type':'exercise.held','alliance':'NATO','date':'../2012','data':"
	"{'name':'Steadfast'}",
	"'type':'troops.refused','alliance':'CSTO','actor':'KAZ','target':"
	"'RUS','date':'2022-03/2022-05'",
	NULL,
};

/* Without a source where it needs none. */
static void add(struct ent_batch *batch, const char *fields)
{
	char line[LINE_MAX];
	struct ent_error err;
	int len = snprintf(line, sizeof(line), "{%s%s}", fields,
			   strstr(fields, "'retracts'") ? "" : "," SOURCE);

	FUZZ_CHECK(len > 0 && len < LINE_MAX);
	for (int i = 0; i < len; i++)
		line[i] = line[i] == '\'' ? '"' : line[i];
	if (ent_batch_add(batch, line, (size_t)len, NULL, &err) < 0)
		fuzz_fail(line, 0, err.msg);
}

/* A batch of one a day. */
static void add_meetings(struct ent_batch *batch, unsigned count)
{
	char fields[LINE_MAX];

	for (unsigned i = 0; i < count; i++) {
		snprintf(fields, sizeof(fields),
			 "'type':'meeting.held','alliance':'CSTO','actor':"
			 "'ARM','date':'2021-%02u-%02u'", 1 + i / 28 % 12,
			 1 + i % 28);
		add(batch, fields);
	}
}

uint64_t fuzz_history(const char *dir, unsigned meetings)
{
	struct ent_log_options options = { .create = true };
	struct ent_append_options how = { .now_us = 1700000000000000 };
	struct ent_batch *batch = NULL;
	struct ent_log *log = NULL;
	struct ent_appended done = { 0 };

	FUZZ_CHECK(ent_log_open(dir, &options, &log, NULL) == ENT_OK);
	FUZZ_CHECK(ent_batch_new(&batch, NULL) == ENT_OK);
	for (size_t i = 0; i < sizeof(history) / sizeof(history[0]); i++) {
		if (history[i]) {
			add(batch, history[i]);
			continue;
		}
		FUZZ_CHECK(ent_log_append(log, batch, &how, &done, NULL) ==
			   ENT_OK);
		ent_batch_clear(batch);
		how.now_us += 86400000000;
	}
	add_meetings(batch, meetings);
	FUZZ_CHECK(ent_log_append(log, batch, &how, &done, NULL) == ENT_OK);
	FUZZ_CHECK(ent_checkpoint_build(log, 1, NULL) == ENT_OK);
	ent_batch_free(batch);
	ent_log_close(log);
	return done.head_seq;
}
