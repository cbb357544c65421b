/*
 * member.c - who stands how in an alliance.
 */
#include "state/fold.h"

static const struct {
	const char *text;
	const char *group;
} statuses[STATUS_COUNT] = {
	[STATUS_NONE] = { "none", "candidates" },
	[STATUS_ACTIVE] = { "active", NULL },
	[STATUS_DISSOLVED] = { "dissolved", "former" },
	[STATUS_APPLICANT] = { "applicant", "candidates" },
	[STATUS_INVITED] = { "invited", "candidates" },
	[STATUS_MEMBER] = { "member", "members" },
	[STATUS_SUSPENDED] = { "suspended", "members" },
	[STATUS_FROZEN] = { "frozen", "members" },
	[STATUS_LEAVING] = { "leaving", "members" },
	[STATUS_WITHDRAWN] = { "withdrawn", "former" },
	[STATUS_LAPSED] = { "lapsed", "former" },
	[STATUS_EXPELLED] = { "expelled", "former" },
};

const char *status_text(enum status status)
{
	return statuses[status].text;
}

const char *status_group(enum status status)
{
	return statuses[status].group;
}

bool status_is_current(enum status status)
{
	return status == STATUS_MEMBER || status == STATUS_FROZEN ||
	       status == STATUS_SUSPENDED || status == STATUS_LEAVING;
}

/* STATUS_NONE: it sets none. */
static const uint8_t status_of[TYPE_COUNT] = {
	[TYPE_MEMBER_APPLIED] = STATUS_APPLICANT,
	[TYPE_MEMBER_INVITED] = STATUS_INVITED,
	[TYPE_MEMBER_JOINED] = STATUS_MEMBER,
	[TYPE_MEMBER_REACTIVATED] = STATUS_MEMBER,
	[TYPE_MEMBER_SUSPENDED] = STATUS_SUSPENDED,
	[TYPE_MEMBER_FROZEN] = STATUS_FROZEN,
	[TYPE_MEMBER_ANNOUNCED_WITHDRAWAL] = STATUS_LEAVING,
	[TYPE_MEMBER_WITHDREW] = STATUS_WITHDRAWN,
	[TYPE_MEMBER_NOT_RENEWED] = STATUS_LAPSED,
	[TYPE_MEMBER_EXPELLED] = STATUS_EXPELLED,
};

int reduce_member(struct fold *fold, const struct row *row,
		  struct ent_error *err)
{
	int rc;

	if (status_of[row->type] == STATUS_NONE)
		return ENT_OK;
	rc = fold_put(fold, row->alliance, ASPECT_MEMBER, row->actor, row,
		      status_of[row->type], err);
	if (rc == ENT_OK && row->type == TYPE_MEMBER_JOINED)
		rc = fold_put(fold, row->alliance, ASPECT_JOINED, row->actor,
			      row, VALUE_SET, err);
	return rc;
}
