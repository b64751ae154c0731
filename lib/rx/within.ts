import { combineLatest, defer, mergeMap, NEVER, of, startWith, Subject, switchMap, tap, timer } from 'rxjs';
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
  /** Monotonic clock (ms). */
  readonly now: () => number;
}

/**
 * Errors when the source is silent for too long, after tearing it down. Stock `timeout` cannot be halted while the reader pauses, and
 * sets a timer for each value; here one is set again when it goes off too early, so that a value costs a look at the clock.
 *
 * @param reason makes the error; `isFirst`: nothing had come yet
 */
export function within<T>(
  { firstMs, eachMs, paused$, now }: Patience,
  reason: (isFirst: boolean) => unknown,
): MonoTypeOperatorFunction<T> {
  return (source) =>
    defer(() => {
      const first$ = new Subject<number>();
      let isFirst = true;
      let due = Infinity;
      const atDue$ = (ms: number): Observable<unknown> =>
        timer(Math.min(ms, longestTimerMs)).pipe(
          mergeMap(() => {
            const leftMs = due - now();
            return leftMs > 0 ? atDue$(leftMs) : of(0);
          }),
        );
      const late$ = combineLatest([paused$, first$.pipe(startWith(firstMs))]).pipe(
        switchMap(([isPaused, ms]) => {
          due = now() + ms;
          return isPaused || ms === Infinity ? NEVER : atDue$(ms);
        }),
      );
      return source.pipe(
        tap(() => {
          due = now() + eachMs;
          if (!isFirst) return;
          isFirst = false;
          first$.next(eachMs);
        }),
        interruptedBy(late$, () => reason(isFirst)),
      );
    });
}
