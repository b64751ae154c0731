import { merge, type Observable, skip, take, tap } from 'rxjs';
import type { Io } from '../io';

/** What Ctrl-C means for a run. */
export interface Interruptions {
  /** The first: nothing new is taken. To be subscribed once, when the run begins. */
  readonly stop$: Observable<unknown>;
  /** The second, or a request to end: what is under way is aborted. Likewise. */
  readonly abort$: Observable<unknown>;
  readonly came: () => boolean;
}

/** @param note tells the person what happens now, and what the next one does */
export function interruptions({ interrupts$, terminations$ }: Io, note: (line: string) => void): Interruptions {
  let hasCome = false;
  const came = tap(() => {
    hasCome = true;
  });
  return {
    stop$: interrupts$.pipe(
      take(1),
      came,
      tap(() => {
        note('stopping: what is under way is finished, nothing new is sent; once more to abort it');
      }),
    ),
    abort$: merge(interrupts$.pipe(skip(1)), terminations$).pipe(take(1), came),
    came: () => hasCome,
  };
}
