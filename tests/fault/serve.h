/*
 * serve.h - a program that has been loaded, and runs once for each plan that it
 * is sent.
 *
 * Loading takes longer than most commands do.  So the library that is preloaded
 * stops the program in front of main(), and forks there.
 */
#ifndef FAULT_SERVE_H
#define FAULT_SERVE_H

#include "interpose.h"

/* In the environment: the number of the socket on which plans come. */
#define SERVE_VARIABLE "FAULT_SERVE"

/* Or a plan, for one run without a socket. */
#define SERVE_PLAN "FAULT_PLAN"

enum { SERVE_SECONDS = 60 }; /* after which a run is stopped by SIGALRM */

struct serve_answer {
	int status; /* as waitpid() says it */
	uint64_t calls, allocations, hits;
	char first[24]; /* the call that failed first */
};

/* Of each run, in the folder in which the program was started. */
#define SERVE_OUT "stdout"
#define SERVE_ERR "stderr"

#endif
