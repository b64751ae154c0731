import { left, right, type Either } from 'fp-ts/Either';
import { defer, EMPTY, finalize, merge, of, Subject, type Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { choose, type Ask, type Choice } from './choose';
import { grant } from './grant';
import type { AdmissionRules, Group, Permit, Waiter } from './group';
import { serve, wakeAt } from './serve';
import type { Place } from './waiting-line';

export { group, type AdmissionRules, type Group, type Permit } from './group';
export { serve } from './serve';

/**
 * A place at a deployment of the group: emits a permit at once, or when its turn has come, or why there will be none; then completes.
 * Nobody overtakes a waiter of the same priority who could take the same deployment. Unsubscribing leaves the line. No polling:
 * a line is served when a call ends and, while somebody waits for a cooldown or a hint, by one timer.
 */
export function admit$(
  to: Group,
  ask: Ask,
  place: Place,
  rules: AdmissionRules,
): Observable<Either<CompletionError, Permit>> {
  return defer(() => {
    const choice = choose(to, ask, rules.now(), rules);
    const now = withoutWaiting(choice, to);
    if (now !== undefined) return of(now);
    const waiter: Waiter = { priority: place.priority, arrival: place.arrival, ask, answer: new Subject() };
    to.line.join(waiter);
    const answer$ = waiter.answer.pipe(
      finalize(() => {
        forget(waiter, to, rules);
      }),
    );
    if (choice.kind !== 'wait') return merge(answer$, serve$(to, rules)); // first listen, then be served, or a permit is lost
    if (choice.until < to.alarm.time()) wakeAt(choice.until, to, rules);
    return answer$;
  });
}

/** The same for one who does not wait: a permit, why there will be none, or `undefined` when there is nothing but to wait. */
export function admitNow(to: Group, ask: Ask, rules: AdmissionRules): Either<CompletionError, Permit> | undefined {
  return withoutWaiting(choose(to, ask, rules.now(), rules), to);
}

function withoutWaiting(choice: Choice, { line }: Group): Either<CompletionError, Permit> | undefined {
  if (choice.kind === 'fail') return left(choice.error);
  return choice.kind === 'send' && line.size() === 0 ? right(grant(choice)) : undefined;
}

/** Somebody else is before one who could be sent: the clock let them pass, and nobody has looked yet. */
function serve$(to: Group, rules: AdmissionRules): Observable<never> {
  return defer(() => {
    serve(to, rules);
    return EMPTY;
  });
}

function forget(waiter: Waiter, to: Group, rules: AdmissionRules): void {
  const hadWaited = to.line.leave(waiter);
  if (hadWaited && to.serving) to.changed = true; // the line has moved up
  if (to.line.size() === 0) wakeAt(Infinity, to, rules);
}
