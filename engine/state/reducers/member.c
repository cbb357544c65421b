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

static enum status status_of(enum event_type type)
{
	switch (type) {
	case TYPE_MEMBER_APPLIED:
		return STATUS_APPLICANT;
	case TYPE_MEMBER_INVITED:
		return STATUS_INVITED;
	case TYPE_MEMBER_JOINED:
	case TYPE_MEMBER_REACTIVATED:
		return STATUS_MEMBER;
	case TYPE_MEMBER_SUSPENDED:
		return STATUS_SUSPENDED;
	case TYPE_MEMBER_FROZEN:
		return STATUS_FROZEN;
	case TYPE_MEMBER_ANNOUNCED_WITHDRAWAL:
		return STATUS_LEAVING;
	case TYPE_MEMBER_WITHDREW:
		return STATUS_WITHDRAWN;
	case TYPE_MEMBER_NOT_RENEWED:
		return STATUS_LAPSED;
	case TYPE_MEMBER_EXPELLED:
		return STATUS_EXPELLED;
	default:
		return STATUS_NONE;
	}
}

int reduce_member(struct fold *fold, const struct row *row,
		  struct ent_error *err)
{
	enum status status = status_of(row->type);
	int rc;

	if (row->modality != MODALITY_FACT || status == STATUS_NONE)
		return ENT_OK;
	rc = fold_put(fold, row->alliance, ASPECT_MEMBER, row->actor, row,
		      status, err);
	if (rc == ENT_OK && row->type == TYPE_MEMBER_JOINED)
		rc = fold_put(fold, row->alliance, ASPECT_JOINED, row->actor,
			      row, VALUE_SET, err);
	return rc;
}
