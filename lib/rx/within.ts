import { combineLatest, defer, NEVER, startWith, Subject, switchMap, tap, timer } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { interruptedBy } from './interrupted-by';
import { longestTimerMs } from './longest-timer';

interface Patience {
  /** To the first value (ms); Infinity: no limit. */
  readonly firstMs: number;
  /** From each value to the next one, or to the end (ms). */
  readonly eachMs: number;
  /** While true, whoever reads is the slow one: the clock stands still, and begins anew afterwards. */
  readonly paused$: Observable<boolean>;
}

/**
 * Errors when the source is silent for too long, after tearing it down. Stock `timeout` cannot be halted while the reader pauses.
 *
 * @param reason makes the error; `isFirst`: nothing had come yet
 */
export function within<T>(
  { firstMs, eachMs, paused$ }: Patience,
  reason: (isFirst: boolean) => unknown,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    defer(() => {
      const heard$ = new Subject<number>();
      let isFirst = true;
      const late$ = combineLatest([paused$, heard$.pipe(startWith(firstMs))]).pipe(
        switchMap(([isPaused, ms]) => (isPaused || ms === Infinity ? NEVER : timer(Math.min(ms, longestTimerMs)))),
      );
      return source.pipe(
        tap(() => {
          isFirst = false;
          heard$.next(eachMs);
        }),
        interruptedBy(late$, () => reason(isFirst)),
      );
    });
}
