/*
 * question.c - /ALLIANCE/PART[/ELEMENT][/LEAF ...], token by token.
 */
#include "state/question.h"

#include "log/codes.h"

#include <stdlib.h>
#include <string.h>

static int find_part(const char *part, struct question *q)
{
	for (unsigned a = ASPECT_STATUS; a <= ASPECT_PREDECESSOR; a++)
		if (strcmp(part, attribute_key(a)) == 0) {
			q->about = ASKS_ATTRIBUTE;
			q->aspect = a;
			return ENT_OK;
		}
	for (unsigned l = 0; l < LIST_COUNT; l++)
		if (strcmp(part, list_key(l)) == 0) {
			q->about = ASKS_ENTRY;
			q->list = l;
			return ENT_OK;
		}
	if (strcmp(part, "chairs") == 0)
		q->about = ASKS_CHAIR;
	else if (strcmp(part, "stance") == 0)
		q->about = ASKS_STANCE;
	else if (strcmp(part, "members") == 0 ||
		 strcmp(part, "candidates") == 0 || strcmp(part, "former") == 0)
		q->about = ASKS_MEMBER;
	else
		return ENT_END;
	return ENT_OK;
}

static int unknown_part(const char *part, struct ent_error *err)
{
	return ent_error_set(err, ENT_EUSAGE,
			     "'%s' names no part of an alliance: status, name, founded, lead, kind, predecessor, chairs, members, candidates, former, exercises, commitments, signals or stance",
			     part);
}

static int find_element(struct store_txn *txn, const char *token,
			struct question *q, struct ent_error *err)
{
	char *end;

	if (q->about != ASKS_ENTRY)
		return codes_find(txn, token, &q->element, err);
	q->index = strtoul(token, &end, 10);
	if (*token < '0' || *token > '9' || *end || (*token == '0' && token[1]))
		return ent_error_set(err, ENT_EUSAGE,
				     "'%s' is no position in a list", token);
	return ENT_OK;
}

static int next_token(const char **at, const char *what, struct buf *token,
		      struct ent_error *err)
{
	int rc;

	buf_clear(token);
	rc = pointer_next(at, token, err);
	if (rc == ENT_END)
		return ent_error_set(err, ENT_EUSAGE,
				     "the pointer ends before %s: /ALLIANCE/members/ACTOR/status, for example",
				     what);
	return rc == ENT_OK ? buf_check(token, err) : rc;
}

/* The members of an entry of the contract. */
static const char *const *leaves_of(const struct question *q)
{
	static const char *const none[] = { NULL };
	static const char *const chair[] = { "actor", "certainty", "possible",
					     "since", "until",	   NULL };
	static const char *const member[] = { "certainty", "events", "joined",
					      "possible",  "since",  "status",
					      NULL };
	static const char *const entry[] = {
		"actor", "attributed_to", "date",   "id",   "modality", "object",
		"seq",	 "summary",	  "target", "type", "until",	NULL
	};
	static const char *const stance[] = { "class", "counts", "score",
					      NULL };

	switch (q->about) {
	case ASKS_CHAIR:
		return chair;
	case ASKS_MEMBER:
	case ASKS_JOINED:
		return member;
	case ASKS_ENTRY:
		return entry;
	case ASKS_STANCE:
		return stance;
	default:
		return none;
	}
}

static bool has_parts(const char *leaf)
{
	return strcmp(leaf, "counts") == 0 || strcmp(leaf, "events") == 0 ||
	       strcmp(leaf, "possible") == 0;
}

/* What is left of the pointer must be able to name something. */
static int check_leaf(const struct question *q, const char *at,
		      struct buf *token, struct ent_error *err)
{
	const char *const *leaf = leaves_of(q);
	int rc;

	buf_clear(token);
	rc = pointer_next(&at, token, err);
	if (rc != ENT_OK)
		return rc == ENT_END ? ENT_OK : rc;
	rc = buf_check(token, err);
	while (rc == ENT_OK && *leaf && strcmp(*leaf, token->data) != 0)
		leaf++;
	if (rc == ENT_OK && (!*leaf || (*at && !has_parts(*leaf))))
		rc = ent_error_set(err, ENT_EUSAGE,
				   "'%s' names nothing there", token->data);
	return rc;
}

int question_read(struct store_txn *txn, const char *pointer,
		  struct question *q, struct ent_error *err)
{
	struct buf token = { 0 };
	const char *at = pointer;
	bool unseen = false; /* the log has never seen the alliance */
	int rc = next_token(&at, "an alliance", &token, err);

	if (rc == ENT_OK) {
		rc = codes_find(txn, token.data, &q->alliance, err);
		unseen = rc == ENT_END;
		rc = rc == ENT_END ? ENT_OK : rc;
	}
	if (rc == ENT_OK)
		rc = next_token(&at, "a part of the alliance", &token, err);
	if (rc == ENT_OK && find_part(token.data, q) != ENT_OK)
		rc = unknown_part(token.data, err);
	if (rc == ENT_OK && q->about != ASKS_ATTRIBUTE)
		rc = next_token(&at, "an element", &token, err);
	if (rc == ENT_OK && q->about != ASKS_ATTRIBUTE)
		rc = find_element(txn, token.data, q, err);
	if (rc == ENT_OK && q->about == ASKS_MEMBER &&
	    strcmp(at, "/joined") == 0)
		q->about = ASKS_JOINED;
	if (rc == ENT_OK) {
		buf_text(&q->leaf, at);
		rc = buf_check(&q->leaf, err);
	}
	if (rc == ENT_OK)
		rc = check_leaf(q, at, &token, err);
	buf_release(&token);
	return rc == ENT_OK && unseen ? ENT_END : rc;
}

void question_release(struct question *q)
{
	buf_release(&q->leaf);
}
