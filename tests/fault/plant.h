/*
 * plant.h - which fault is planted in the engine at link time.
 */
#ifndef FAULT_PLANT_H
#define FAULT_PLANT_H

enum plant {
	PLANT_NONE,
	PLANT_EARLY_ACK,        /* commits are acknowledged and made later */
	PLANT_CHECKPOINTS_APART, /* they are written in a transaction of their own */
	PLANT_COPY_UNSYNCED,     /* copies get their names before their bytes are
				  * on disk */
	PLANT_NAMES_UNSYNCED,    /* they are told before their names are */
	PLANT_OPEN_UNSYNCED      /* a log is written to whose name may be lost */
};

extern enum plant plant;

#endif
