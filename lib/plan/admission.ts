import { left, right, type Either } from 'fp-ts/Either';
import { defer, EMPTY, finalize, merge, of, Subject, Subscription, timer, type Observable } from 'rxjs';
import type { CompletionError } from '../domain/error';
import { longestTimerMs } from '../rx/longest-timer';
import { choose, type Ask, type ChoiceRules } from './choose';
import type { DeploymentState } from './deployment';
import { startProbe } from './health';
import { waitingLine, type Place, type WaitingLine } from './waiting-line';

/** Leave to make one call to one deployment. Its place is held until the call is settled. */
export interface Permit {
  readonly deployment: DeploymentState;
  /** This call decides whether the deployment is well again. */
  readonly probe: boolean;
}

/** A model group: its deployments and who waits for them. */
export interface Group {
  readonly name: string;
  readonly deployments: readonly DeploymentState[];
  readonly line: WaitingLine<Waiter>;
  serving: boolean;
  changed: boolean;
  /** Runs while somebody waits for a moment on the clock. */
  wake: Subscription;
}

interface Waiter extends Place {
  readonly ask: Ask;
  readonly answer: Subject<Either<CompletionError, Permit>>;
}

export function group(name: string, deployments: readonly DeploymentState[]): Group {
  return { name, deployments, line: waitingLine(), serving: false, changed: false, wake: Subscription.EMPTY };
}

export interface AdmissionRules extends ChoiceRules {
  readonly now: () => number;
}

/**
 * A place at a deployment of the group: emits a permit at once, or when its turn has come, or why there will be none; then completes.
 * Nobody overtakes a waiter of the same priority. Unsubscribing leaves the line. No polling: a line is served when a call
 * ends and, while somebody waits for a cooldown or a hint, by one timer.
 */
export function admit$(
  to: Group,
  ask: Ask,
  place: Place,
  rules: AdmissionRules,
): Observable<Either<CompletionError, Permit>> {
  return defer(() => {
    if (to.line.size() === 0) {
      const choice = choose(to.deployments, ask, rules.now(), rules);
      if (choice.kind === 'send') return of(right(granted(choice)));
      if (choice.kind === 'fail') return of(left(choice.error));
    }
    const waiter: Waiter = { ...place, ask, answer: new Subject() };
    to.line.join(waiter);
    const served$ = defer(() => {
      serve(to, rules); // only once the waiter listens: a permit that nobody takes would be lost
      return EMPTY;
    });
    return merge(waiter.answer, served$).pipe(
      finalize(() => {
        to.line.leave(waiter);
        if (to.line.size() === 0) to.wake.unsubscribe();
      }),
    );
  });
}

/** Gives places to those who wait, in order, until the first who could take any deployment has to go on waiting. */
export function serve(to: Group, rules: AdmissionRules): void {
  if (to.serving) {
    to.changed = true; // a call that settles inside a grant: the loop below goes round once more, the stack stays flat
    return;
  }
  to.serving = true;
  do {
    to.changed = false;
    serveOnce(to, rules);
  } while (to.changed);
  to.serving = false;
}

function serveOnce(to: Group, rules: AdmissionRules): void {
  let place = 0;
  let until = Infinity;
  for (let waiter = to.line.at(0); waiter !== undefined; waiter = to.line.at(place)) {
    const choice = choose(to.deployments, waiter.ask, rules.now(), rules);
    if (choice.kind === 'wait') {
      until = Math.min(until, choice.until);
      if (isPlain(waiter.ask)) break;
      place += 1;
      continue;
    }
    to.line.leave(waiter);
    waiter.answer.next(choice.kind === 'send' ? right(granted(choice)) : left(choice.error));
    waiter.answer.complete();
  }
  to.wake.unsubscribe();
  if (until < Infinity && to.line.size() > 0) {
    to.wake = timer(Math.min(until - rules.now(), longestTimerMs)).subscribe(() => {
      serve(to, rules);
    });
  }
}

/** Whoever could take any deployment and must wait speaks for all behind it. */
function isPlain(ask: Ask): boolean {
  return ask.excluded.size === 0 && ask.notBefore.size === 0;
}

function granted({ deployment, probe }: Permit): Permit {
  deployment.inFlight += 1;
  if (probe) deployment.health = startProbe(deployment.health);
  return { deployment, probe };
}
