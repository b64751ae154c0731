import { left, right } from 'fp-ts/Either';
import { choose, type Choice } from './choose';
import { isFree, isInUse, type DeploymentState } from './deployment';
import { grant } from './grant';
import type { AdmissionRules, Group, Waiter } from './group';

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
    waiter.answer.next(choice.kind === 'send' ? right(grant(choice)) : left(choice.error));
    waiter.answer.complete();
  }
  return until;
}

/** `undefined` when the router's `random`, or its strategy, threw: that is its request's failure, and nobody else's. */
function chosen({ ask, answer }: Waiter, to: Group, rules: AdmissionRules): Choice | undefined {
  try {
    return choose(to, ask, rules.now(), rules);
  } catch (thrown) {
    answer.error(thrown);
    return undefined;
  }
}

/** Some take requests, but none has room: whoever is behind in the line waits as well. */
function isFull(deployments: readonly DeploymentState[], now: number): boolean {
  return deployments.some((one) => isInUse(one, now)) && !deployments.some((one) => isFree(one, now));
}

/** When the first of those that cool down now is back. */
function soonestBack(deployments: readonly DeploymentState[], now: number): number {
  return deployments.reduce(
    (soonest, { health: { cooledUntil } }) => (cooledUntil > now ? Math.min(soonest, cooledUntil) : soonest),
    Infinity,
  );
}

/** Serves the line again at this time (ms); Infinity: not before something happens. */
export function wakeAt(time: number, to: Group, rules: AdmissionRules): void {
  to.alarm.set(time, rules.now(), () => {
    serve(to, rules);
  });
}
