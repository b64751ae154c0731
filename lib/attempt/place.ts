import { left, type Either } from 'fp-ts/Either';
import { defer, of, tap, timeout, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { completionError, type CompletionError } from '../domain/error';
import { admit$, type Permit } from '../plan/admission';
import { longestTimerMs } from '../rx/longest-timer';
import type { Journey, RouterContext } from './journey';
import { waiting } from './waiting';

/** A place for the journey's next call: emits once, a permit or why there is none. `queueMs` and the deadline bound the wait. */
export function place$(journey: Journey, context: RouterContext): Observable<Either<CompletionError, Permit>> {
  return defer(() => {
    const { asked, tries, place, takenAt } = journey;
    const since = context.now();
    journey.permit = undefined;
    return admit$(asked.group, tries, place, context).pipe(
      inTime(journey, since),
      waiting(asked),
      tap((granted) => {
        const now = context.now();
        journey.waitedMs ??= now - takenAt;
        if (granted._tag === 'Right') journey.permit = granted.right;
        if (now - since < 1) return; // granted at once
        const { index, group } = asked;
        context.emit({ type: 'limit-waited', at: context.wallNow(), group: group.name, index, waitMs: now - since });
      }),
    );
  });
}

/** The latest error tells more than the clock, where there is one. */
function inTime({ clocks, tries }: Journey, now: number): MonoTypeOperatorFunction<Either<CompletionError, Permit>> {
  const leftMs = tries.deadline - now;
  const first = Math.min(clocks.queueMs, leftMs);
  if (first === Infinity) return (source) => source;
  const phase = leftMs < clocks.queueMs ? 'total' : 'queue';
  return timeout({
    first: Math.min(first, longestTimerMs),
    with: () => of(left(tries.lastError ?? completionError({ _tag: 'Timeout', phase }))),
  });
}
