/*
 * version.c - which library is linked.
 */
#include "entente/entente.h"

const char *ent_version(void)
{
	return ENT_VERSION;
}
