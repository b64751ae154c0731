import { left, right } from 'fp-ts/Either';
import { choose, type Choice } from './choose';
import { claim } from './claim';
import { hasRoom, isInUse } from './deployment';
import { grant } from './grant';
import { leave, type AdmissionRules, type Group, type Pool, type Waiter } from './group';
import type { Rate } from './limits/rate';
import { isBefore } from './waiting-line';

/** Gives places to those who wait, in order, and tells those who wait in vain. To be called when a call has been settled. */
export function serve(pool: Pool, rules: AdmissionRules): void {
  pool.changed = true;
  if (pool.serving) return; // a call that is settled inside a grant: the loop below goes round once more, the stack stays flat
  pool.serving = true;
  let until = Infinity;
  try {
    while (pool.changed) {
      pool.changed = false;
      until = serveUntilChanged(pool, rules);
    }
  } finally {
    pool.serving = false;
  }
  wakeAt(pool.waiting.size === 0 ? Infinity : until, pool, rules);
}

/** How far along a group's line one has come. */
interface Cursor {
  readonly group: Group;
  place: number;
}

/**
 * Goes along all lines together, by priority and arrival, until nobody behind could be served, or until somebody who was served has
 * changed something. Who waits for a limit claims it. When to look again (ms).
 */
function serveUntilChanged(pool: Pool, rules: AdmissionRules): number {
  const cursors = Array.from(pool.waiting, (group): Cursor => ({ group, place: 0 }));
  const claims = new Set<Rate>();
  let until = soonestBack(cursors, rules.now());
  for (let next = foremost(cursors); next !== undefined && !pool.changed; next = foremost(cursors)) {
    const { cursor, waiter } = next;
    const { group } = cursor;
    const choice = chosen(waiter, group, rules, claims);
    if (choice?.kind === 'wait') {
      until = Math.min(until, choice.until);
      claim(waiter, group, rules.now(), claims);
      if (isClosed(group, claims, rules.now())) cursors.splice(cursors.indexOf(cursor), 1);
      else cursor.place += 1;
      continue;
    }
    leave(group, waiter);
    if (choice === undefined) continue;
    waiter.answer.next(choice.kind === 'send' ? right(grant(choice, waiter.ask, rules.now())) : left(choice.error));
    waiter.answer.complete();
  }
  return until;
}

/** Whose turn is next, of those that are next in their group. */
function foremost(cursors: readonly Cursor[]): { readonly cursor: Cursor; readonly waiter: Waiter } | undefined {
  let first: { readonly cursor: Cursor; readonly waiter: Waiter } | undefined;
  for (const cursor of cursors) {
    const waiter = cursor.group.line.at(cursor.place);
    if (waiter !== undefined && !isBefore(first?.waiter, waiter)) first = { cursor, waiter };
  }
  return first;
}

/** `undefined` when the router's `random`, or its strategy, threw: that is its request's failure, and nobody else's. */
function chosen(
  { ask, answer }: Waiter,
  to: Group,
  rules: AdmissionRules,
  claims: ReadonlySet<Rate>,
): Choice | undefined {
  try {
    return choose(to, ask, rules.now(), rules, claims);
  } catch (thrown) {
    answer.error(thrown);
    return undefined;
  }
}

/**
 * Some take requests, but none has room, or what it draws on is claimed: whoever is behind in the line waits as well, but for those who
 * want none of them.
 */
function isClosed({ deployments, picky }: Group, claims: ReadonlySet<Rate>, now: number): boolean {
  if (picky > 0) return false;
  const inUse = deployments.filter((one) => isInUse(one, now));
  return inUse.length > 0 && !inUse.some((one) => hasRoom(one) && !one.draws.some((draw) => claims.has(draw)));
}

/** When the first of those that cool down now is back. */
function soonestBack(cursors: readonly Cursor[], now: number): number {
  let soonest = Infinity;
  for (const { group } of cursors) {
    for (const { health } of group.deployments) {
      if (health.cooledUntil > now) soonest = Math.min(soonest, health.cooledUntil);
    }
  }
  return soonest;
}

/** Serves the lines again at this time (ms); Infinity: not before something happens. */
export function wakeAt(time: number, pool: Pool, rules: AdmissionRules): void {
  pool.alarm.set(time, rules.now(), () => {
    serve(pool, rules);
  });
}
