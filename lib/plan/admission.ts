import { left, right, type Either } from 'fp-ts/Either';
import { defer, EMPTY, finalize, merge, of, Subject, type Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { alarm, type Alarm } from './alarm';
import { choose, type Ask, type Choice, type ChoiceRules } from './choose';
import { isFree, isInUse, type DeploymentState } from './deployment';
import { startProbe } from './health';
import { waitingLine, type Place, type WaitingLine } from './waiting-line';

/** Leave to make one call to one deployment. Its place is held until the call is settled. */
export interface Permit {
  readonly deployment: DeploymentState;
  /** This call decides whether the deployment is well again. */
  readonly probe: boolean;
  /** Counts the deployment's calls, from 0. */
  readonly number: number;
}

/** A model group: its deployments and who waits for them. */
export interface Group {
  readonly name: string;
  readonly deployments: readonly DeploymentState[];
  readonly line: WaitingLine<Waiter>;
  /** Set while somebody waits for a moment on the clock. */
  readonly alarm: Alarm;
  serving: boolean;
  /** Something happened while it was being served. */
  changed: boolean;
}

interface Waiter extends Place {
  readonly ask: Ask;
  readonly answer: Subject<Either<CompletionError, Permit>>;
}

export function group(name: string, deployments: readonly DeploymentState[]): Group {
  return { name, deployments, line: waitingLine(), alarm: alarm(), serving: false, changed: false };
}

export interface AdmissionRules extends ChoiceRules {
  readonly now: () => number;
}

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
    const choice = choose(to.deployments, ask, rules.now(), rules);
    if (choice.kind === 'fail') return of(left(choice.error));
    if (choice.kind === 'send' && to.line.size() === 0) return of(right(granted(choice)));
    const waiter: Waiter = { priority: place.priority, arrival: place.arrival, ask, answer: new Subject() };
    to.line.join(waiter);
    const answer$ = waiter.answer.pipe(
      finalize(() => {
        forget(waiter, to, rules);
      }),
    );
    if (choice.kind === 'send') return merge(answer$, serve$(to, rules)); // first listen, then be served, or a permit is lost
    if (choice.until < to.alarm.time()) wakeAt(choice.until, to, rules);
    return answer$;
  });
}

/** Somebody else is before one who could be sent: the clock let them pass, and nobody has looked yet. */
function serve$(to: Group, rules: AdmissionRules): Observable<never> {
  return defer(() => {
    serve(to, rules);
    return EMPTY;
  });
}

/** Gives places to those who wait, in order, and tells those who wait in vain. To be called when a call has been settled. */
export function serve(to: Group, rules: AdmissionRules): void {
  to.changed = true;
  if (to.serving) return; // a call that is settled inside a grant: the loop below goes round once more, the stack stays flat
  to.serving = true;
  let until = Infinity;
  try {
    while (to.changed) {
      to.changed = false;
      until = serveUntilChanged(to, rules);
    }
  } finally {
    to.serving = false;
  }
  wakeAt(to.line.size() === 0 ? Infinity : until, to, rules);
}

/** Goes along the line until nobody behind could be served, or until somebody who was served has changed something. When to look again (ms). */
function serveUntilChanged(to: Group, rules: AdmissionRules): number {
  const { line, deployments } = to;
  let until = soonestBack(deployments, rules.now());
  let place = 0;
  for (let waiter = line.at(0); waiter !== undefined && !to.changed; waiter = line.at(place)) {
    const choice = chosen(waiter, to, rules);
    if (choice?.kind === 'wait') {
      if (isFull(deployments, rules.now())) break;
      until = Math.min(until, choice.until);
      place += 1;
      continue;
    }
    line.leave(waiter);
    if (choice === undefined) continue;
    waiter.answer.next(choice.kind === 'send' ? right(granted(choice)) : left(choice.error));
    waiter.answer.complete();
  }
  return until;
}

/** `undefined` when the router's `random` threw: that is its request's failure, and nobody else's. */
function chosen({ ask, answer }: Waiter, to: Group, rules: AdmissionRules): Choice | undefined {
  try {
    return choose(to.deployments, ask, rules.now(), rules);
  } catch (thrown) {
    answer.error(thrown);
    return undefined;
  }
}

/** Some take requests, but none has room: whoever is behind in the line waits as well. */
function isFull(deployments: readonly DeploymentState[], now: number): boolean {
  return deployments.some((one) => isInUse(one, now)) && !deployments.some((one) => isFree(one, now));
}

function soonestBack(deployments: readonly DeploymentState[], now: number): number {
  const times = deployments.map(({ health }) => (health.cooledUntil > now ? health.cooledUntil : Infinity));
  return times.reduce((soonest, time) => Math.min(soonest, time), Infinity);
}

function wakeAt(time: number, to: Group, rules: AdmissionRules): void {
  to.alarm.set(time, rules.now(), () => {
    serve(to, rules);
  });
}

function forget(waiter: Waiter, to: Group, rules: AdmissionRules): void {
  const hadWaited = to.line.leave(waiter);
  if (hadWaited && to.serving) to.changed = true; // the line has moved up
  if (to.line.size() === 0) wakeAt(Infinity, to, rules);
}

function granted({ deployment, probe }: Pick<Permit, 'deployment' | 'probe'>): Permit {
  const number = deployment.sent;
  deployment.sent += 1;
  deployment.inFlight += 1;
  if (probe) deployment.health = startProbe(deployment.health);
  return { deployment, probe, number };
}
