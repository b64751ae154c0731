import { merge, ReplaySubject, type Observable, skip, take, tap } from 'rxjs';
import type { Io } from '../io';

/** What Ctrl-C means for a run. */
export interface Interruptions {
  /** The first: nothing new is taken. */
  readonly stop$: Observable<unknown>;
  /** The second, or a request to end: what is under way is aborted. */
  readonly abort$: Observable<unknown>;
  readonly came: () => boolean;
  readonly end: () => void;
}

/** @param notes is told what happens now, and what the next one does */
export function interruptions(
  { interrupts$, terminations$ }: Io,
  notes: { readonly next: (line: string) => void },
): Interruptions {
  const stop$ = new ReplaySubject<unknown>(1);
  const abort$ = new ReplaySubject<unknown>(1);
  let hasCome = false;
  const came = tap(() => {
    hasCome = true;
  });
  const first = interrupts$.pipe(take(1), came).subscribe(() => {
    notes.next('stopping: what is under way is finished, nothing new is sent; once more to abort it');
    stop$.next('interrupt');
  });
  const second = merge(interrupts$.pipe(skip(1)), terminations$)
    .pipe(take(1), came)
    .subscribe((reason) => {
      abort$.next(reason);
    });
  return {
    stop$,
    abort$,
    came: () => hasCome,
    end: () => {
      first.unsubscribe();
      second.unsubscribe();
    },
  };
}
