import { left, type Either } from 'fp-ts/Either';
import { defer, of, tap, timeout, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { completionError, type CompletionError, type TimeoutPhase } from '../domain/error';
import { admit$, type Permit } from '../plan/admission';
import { longestTimerMs } from '../rx/longest-timer';
import type { Journey, RouterContext } from './journey';
import { waiting } from './waiting';

type Place = Either<CompletionError, Permit>;

/**
 * A place for the journey's next call: emits once, a permit or why there is none. `queueMs` and the deadline bound the wait; the wait
 * for a lane, which is over, is held against `queueMs` too.
 */
export function place$(journey: Journey, context: RouterContext): Observable<Place> {
  return defer(() => {
    const { asked, clocks, tries, place, takenAt } = journey;
    const since = context.now();
    journey.permit = undefined;
    if (asked.queuedMs > clocks.queueMs) return of(timedOut(journey, 'queue'));
    if (since >= tries.deadline) return of(timedOut(journey, 'total'));
    return admit$(asked.group, tries, place, context).pipe(
      inTime(journey, since),
      waiting(asked),
      tap((granted) => {
        const now = context.now();
        journey.waitedMs ??= now - takenAt;
        journey.heldUpMs = now - since < 1 ? 0 : now - since; // less than that is no wait, but our own work
        if (granted._tag === 'Right') journey.permit = granted.right;
      }),
    );
  });
}

function inTime(journey: Journey, now: number): MonoTypeOperatorFunction<Place> {
  const { queueMs } = journey.clocks;
  const leftMs = journey.tries.deadline - now;
  const first = Math.min(queueMs, leftMs);
  if (first === Infinity) return (source) => source;
  return timeout({
    first: Math.min(first, longestTimerMs),
    with: () => of(timedOut(journey, leftMs < queueMs ? 'total' : 'queue')),
  });
}

/** The latest error tells more than the clock, where there is one. */
function timedOut({ tries }: Journey, phase: TimeoutPhase): Place {
  return left(tries.lastError ?? completionError({ _tag: 'Timeout', phase }));
}
