/*
 * store_copy_private.h - what the files of a copy share.
 */
#ifndef ENGINE_STORE_COPY_PRIVATE_H
#define ENGINE_STORE_COPY_PRIVATE_H

#include "doors/store_private.h"

struct store_copy {
	char *dest;
	char *dir;   /* the hidden folder */
	int lock_fd; /* that folder, locked: somebody is at work */
	bool inside;
	bool placed;
};

#endif
