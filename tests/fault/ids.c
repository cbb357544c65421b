/*
 * ids.c - ids that several processes give at once.
 *
 * They are derived from what an event says (UUID version 5), never drawn from a
 * clock or dice: so there is nothing that two processes could draw alike.
 */
#include "fault.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROCESSES = 8 };

static void derive(unsigned writer, struct ent_id *ids, size_t count)
{
	struct ent_error err = { 0 };
	char json[4096];

	for (size_t i = 0; i < count; i++) {
		struct ent_event *event = NULL;

		event_json(json, sizeof(json), writer, i, 10);
		if (ent_event_parse(json, strlen(json), &event, &err) < 0)
			_exit(1);
		ids[i] = event->id;
		ent_event_free(event);
	}
	_exit(0);
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct ent_id));
}

int main(int argc, char **argv)
{
	size_t each, total, twice = 0, wrong = 0;
	struct ent_id *ids;

	fault_begin("ids", argc, argv);
	each = fault.full ? 50000 : 2000;
	total = PROCESSES * each;
	ids = mmap(NULL, total * sizeof(*ids), PROT_READ | PROT_WRITE,
		   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (ids == MAP_FAILED)
		die("mmap");
	for (unsigned n = 0; n < PROCESSES; n++)
		if (fork() == 0)
			derive(n, ids + n * each, each);
	for (unsigned n = 0; n < PROCESSES; n++) {
		int status = 0;

		wait(&status);
		check(status == 0, "process %u: status %x", n,
		      (unsigned)status);
	}
	qsort(ids, total, sizeof(*ids), compare);
	for (size_t i = 0; i < total; i++) {
		wrong += ids[i].bytes[6] >> 4 != 5 || ids[i].bytes[8] >> 6 != 2;
		twice += i > 0 && compare(&ids[i - 1], &ids[i]) == 0;
	}
	tell("%d processes, %zu ids: %zu twice, %zu of another version",
	     PROCESSES, total, twice, wrong);
	check(twice == 0 && wrong == 0, "ids");
	return fault_end();
}
