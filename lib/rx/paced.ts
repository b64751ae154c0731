import type { Observable } from 'rxjs';

/** Makes the stream anew for a reader who says, by an emission of `read$`, that he has taken a value. */
type Pace<T> = (read$: Observable<unknown>) => Observable<T>;

const paces = new WeakMap<Observable<unknown>, Pace<unknown>>();

/**
 * A stream that can wait for a slow reader: `start` makes it, with or without one to wait for. It is kept beside the
 * Observable, not on it, so that nothing shows and an operator behind it simply loses it.
 */
export function paced<T>(start: (read$: Observable<unknown> | undefined) => Observable<T>): Observable<T> {
  const stream$ = start(undefined);
  paces.set(stream$, start);
  return stream$;
}

/** How to make the same stream wait for its reader; `undefined` when it cannot. */
export function paceOf<T>(stream$: Observable<T>): Pace<T> | undefined {
  return paces.get(stream$) as Pace<T> | undefined; // only `paced` writes, with the stream's own type
}
