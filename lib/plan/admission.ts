import { left, right, type Either } from 'fp-ts/Either';
import { defer, EMPTY, finalize, merge, of, Subject, take, type Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { choose, type Ask, type Choice } from './choose';
import type { DeploymentState } from './deployment';
import { fits } from './fits';
import { grant } from './grant';
import { join, leave, type AdmissionRules, type Group, type Permit, type Waiter } from './group';
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
    const now = withoutWaiting(choice, to, ask, rules);
    if (now !== undefined) return of(now);
    const { priority, arrival } = place;
    const isPicky = to.deployments.some((one) => !fits(one, ask));
    const waiter: Waiter = { priority, arrival, ask, isPicky, answer: new Subject() };
    join(to, waiter);
    const answer$ = waiter.answer.pipe(
      finalize(() => {
        forget(waiter, to, rules);
      }),
    );
    if (choice.kind !== 'wait' || to.pool.leasing) return merge(answer$, serve$(to, rules)).pipe(take(1)); // first listen, then be served, or a permit is lost
    if (choice.until < to.pool.alarm.time()) wakeAt(choice.until, to.pool, rules);
    return answer$;
  });
}

/** The same for one who does not wait: a permit, why there will be none, or `undefined` when there is nothing but to wait. */
export function admitNow(to: Group, ask: Ask, rules: AdmissionRules): Either<CompletionError, Permit> | undefined {
  return withoutWaiting(choose(to, ask, rules.now(), rules), to, ask, rules);
}

function withoutWaiting(
  choice: Choice,
  to: Group,
  ask: Ask,
  { now }: AdmissionRules,
): Either<CompletionError, Permit> | undefined {
  if (choice.kind === 'fail') return left(choice.error);
  return choice.kind === 'send' && isFirst(to, choice.deployment) ? right(grant(choice, ask, now())) : undefined;
}

/** Nobody waits who could want the same: for this group, or for another that draws on the same quota. */
function isFirst({ line, pool: { waiting } }: Group, { quota }: DeploymentState): boolean {
  return waiting.size === 0 || (line.size() === 0 && quota === undefined);
}

/** Somebody else is before one who could be sent: the clock let them pass, and nobody has looked yet. */
function serve$(to: Group, rules: AdmissionRules): Observable<never> {
  return defer(() => {
    serve(to.pool, rules);
    return EMPTY;
  });
}

function forget(waiter: Waiter, from: Group, rules: AdmissionRules): void {
  const { line, pool: its } = from;
  const wasFirst = line.at(0) === waiter;
  const hadWaited = leave(from, waiter);
  if (hadWaited && its.serving) its.changed = true; // the line has moved up
  if (its.waiting.size === 0) wakeAt(Infinity, its, rules);
  else if (hadWaited && wasFirst && !its.serving) wakeAt(rules.now(), its, rules); // it may have claimed what those behind it want
}
