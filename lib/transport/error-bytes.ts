/** Enough of an error page to tell what it is; a server that goes on sending one costs its socket. */
export const errorBytes = 64 * 1024;
