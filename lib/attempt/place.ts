import { left, type Either } from 'fp-ts/Either';
import { defer, mergeMap, of, timeout, type MonoTypeOperatorFunction, type Observable } from 'rxjs';
import { completionError, type CompletionError, type TimeoutPhase } from '../domain/error';
import { admit$, admitNow, type Permit } from '../plan/admission';
import { longestTimerMs } from '../rx/longest-timer';
import type { Journey, RouterContext } from './journey';
import { waiting } from './waiting';

type Place = Either<CompletionError, Permit>;

/**
 * What `send` does with a place for the journey's next call: a permit, or why there is none. `queueMs` and the deadline bound the wait;
 * the wait for a lane, which is over, is held against `queueMs` too. A place that is there at once is handed over as it is: to wait for
 * it through an Observable would cost each request two subscribers, of a dozen, for as long as its call is under way.
 */
export function withPlace$<A>(
  journey: Journey,
  context: RouterContext,
  send: (place: Place) => Observable<A>,
): Observable<A> {
  return defer(() => {
    const { asked, clocks, tries, place } = journey;
    const since = context.now();
    journey.permit = undefined;
    if (asked.queuedMs > clocks.queueMs) return send(timedOut(journey, 'queue'));
    if (since >= tries.deadline) return send(timedOut(journey, 'total'));
    // The first call mostly has its place at once. Before a later one its run may have been stopped: `waiting` knows.
    const granted = tries.attempts.length === 0 ? admitNow(journey.target.group, tries, context) : undefined;
    if (granted !== undefined) return send(taken(granted, journey, since, since));
    return admit$(journey.target.group, tries, place, context).pipe(
      inTime(journey, since),
      waiting(asked),
      mergeMap((late) => send(taken(late, journey, since, context.now()))),
    );
  });
}

function taken(granted: Place, journey: Journey, since: number, now: number): Place {
  journey.waitedMs ??= now - journey.takenAt;
  journey.heldUpMs = now - since < 1 ? 0 : now - since; // less than that is no wait, but our own work
  if (granted._tag === 'Right') journey.permit = granted.right;
  return granted;
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
function timedOut({ tries: { lastError, attempts } }: Journey, phase: TimeoutPhase): Place {
  return left(lastError ?? attempts.at(-1)?.error ?? completionError({ _tag: 'Timeout', phase }));
}
