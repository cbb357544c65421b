/*
 * append_preview.c - append --dry-run: the states that the events would change.
 */
#include "append.h"
#include "changes.h"
#include "stop.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct preview {
	bool json;
	struct text changes; /* as JSON */
	size_t days;
};

static int json_day(struct preview *preview, int32_t day,
		    const struct ent_diff *diff, struct ent_error *err)
{
	char *json = NULL;
	size_t len = 0;
	int rc;

	rc = ent_diff_json(diff, &json, &len, err);
	if (rc < 0)
		return rc;
	text_str(&preview->changes, preview->days ? ",{\"day\":" : "{\"day\":");
	text_json_day(&preview->changes, day);
	text_str(&preview->changes, ",\"diff\":");
	text_bytes(&preview->changes, json, len);
	text_str(&preview->changes, "}");
	ent_free(json);
	return ENT_OK;
}

static int show_day(int32_t day, const struct ent_diff *diff, void *arg,
		    struct ent_error *err)
{
	struct preview *preview = arg;
	struct changes_count count = { 0 };
	char date[ENT_DAY_TEXT_SIZE];
	int rc = ENT_OK;

	if (stop_asked())
		return ent_error_set(err, ENT_ESTOPPED, "stopped; nothing is "
				     "written by a dry run");
	ent_day_text(day, date);
	if (preview->json) {
		rc = json_day(preview, day, diff, err);
	} else {
		out_fmt("at the end of %s%s would change:\n", date,
			day == ask_today() ? " (today)" : "");
		changes_print(diff, CHANGES_NONE, &count);
		out_str("\n");
	}
	preview->days++;
	return rc;
}

/* ---- a log for the time of the call ------------------------------------ */

/* An empty log in a new folder below $TMPDIR; *out_dir is given to discard(). */
static int make_log(struct append *append, char **out_dir)
{
	const struct ent_log_options options = { .create = true };
	const char *tmp = getenv("TMPDIR");
	struct ent_error err = { 0 };
	struct text dir = { 0 };

	text_fmt(&dir, "%s/entente-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	*out_dir = NULL;
	stop_later(); /* the folder must go again */
	if (!mkdtemp(dir.data)) {
		int rc = fail_errno(CLI_SYSTEM, "make the folder %s",
				    text_get(&dir));

		text_release(&dir);
		return rc;
	}
	*out_dir = dir.data;
	if (ent_log_open(dir.data, &options, &append->log, &err) < 0)
		return fail_said(&err);
	return CLI_DONE;
}

static void discard(char *dir)
{
	DIR *entries = opendir(dir);
	const struct dirent *entry;
	struct text path = { 0 };

	while (entries && (entry = readdir(entries))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		text_clear(&path);
		text_fmt(&path, "%s/%s", dir, entry->d_name);
		unlink(text_get(&path));
	}
	if (entries)
		closedir(entries);
	rmdir(dir);
	text_release(&path);
	free(dir);
}

/* Where a real append would make the log, an empty one stands in for it. */
static int open_log(struct append *append, char **out_dir)
{
	const char *name = ask_log_name(append->cli);
	const struct ent_log_options options = { .trust = append->cli->trust };
	struct ent_error err = { 0 };
	struct stat st;
	int rc;

	*out_dir = NULL;
	rc = ent_log_open(name, &options, &append->log, &err);
	if (rc == ENT_ENOLOG && (stat(name, &st) != 0 || S_ISDIR(st.st_mode)))
		return make_log(append, out_dir);
	return rc < 0 ? fail_said(&err) : CLI_DONE;
}

static int preview_log(struct append *append)
{
	struct ent_append_options options = append_options(append);
	struct preview preview = { .json = append->json };
	struct ent_appended done = { 0 };
	struct ent_error err = { 0 };
	int rc = CLI_DONE;

	if (ent_log_preview(append->log, append->batch, &options, ask_today(),
			    show_day, &preview, &done, &err) < 0) {
		rc = append_failed(append, &err);
	} else if (append->json) {
		append_json(&done, text_get(&preview.changes));
	} else {
		if (preview.days == 0)
			out_str("no state would change\n");
		append_text(&done, true);
	}
	text_release(&preview.changes);
	return rc;
}

int append_preview(struct append *append)
{
	char *dir = NULL;
	int rc;

	rc = open_log(append, &dir);
	if (rc == CLI_DONE)
		rc = preview_log(append);
	ent_log_close(append->log);
	append->log = NULL;
	if (dir)
		discard(dir);
	return rc;
}
