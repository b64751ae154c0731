/**
 * Tells of a reply's end when its socket can take another call. undici frees it by an immediate of its own, set when it has told of the
 * end itself: a call that begins before that opens a second socket, and there are twice as many as there are calls.
 */
export function whenFree(tell: () => void): void {
  queueMicrotask(() => setImmediate(tell));
}
