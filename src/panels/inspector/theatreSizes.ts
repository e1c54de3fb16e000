/** Sizes of the stage in px: columns, the room for the sieve, a lane and its pitch, and the heads above them. */
export const NAME = 168
export const COLUMN = 88
export const SIEVE = 46
export const TOTAL = 92
export const BIND = 132
export const LANE = 61
export const PITCH = 69
export const HEAD = 112
