import { completionError, withDetails, type CompletionError } from '../domain/error';
import { hasRoom, type DeploymentState } from './deployment';
import { standing } from './health';
import { simpleShuffle } from './simple-shuffle';

/** What one request asks of its group. */
export interface Ask {
  /** Deployments that must not be asked again. */
  readonly excluded: ReadonlySet<DeploymentState>;
  /** Deployments that others are preferred to. */
  readonly tried: ReadonlySet<DeploymentState>;
  /** When a deployment that throttled this request may be asked again, on the router's clock (ms). */
  readonly notBefore: ReadonlyMap<DeploymentState, number>;
  /** When the request must have ended, on the router's clock (ms); Infinity: never. */
  readonly deadline: number;
  /** Its latest failure: what it fails with when nobody is left to ask. */
  readonly lastError?: CompletionError | undefined;
}

export interface ChoiceRules {
  readonly whenExhausted: 'wait' | 'fail';
  readonly random: () => number;
}

export type Choice =
  | { readonly kind: 'send'; readonly deployment: DeploymentState; readonly probe: boolean }
  /** Something must change first: a call ends, or the clock reaches `until`. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'fail'; readonly error: CompletionError };

const longestParkedWaitMs = 60_000;

/**
 * Which deployment takes a request now: one not tried yet if any, among those that are well and have room,
 * by strategy. Nobody well: the one that may be probed. Nobody at all: wait or fail by the causes.
 */
export function choose(group: readonly DeploymentState[], ask: Ask, now: number, rules: ChoiceRules): Choice {
  const usable = ask.excluded.size === 0 ? group : group.filter((one) => !ask.excluded.has(one));
  const ready = usable.filter((one) => isReady(one, ask, now));
  const fresh = ask.tried.size === 0 ? ready : ready.filter((one) => !ask.tried.has(one));
  const candidates = fresh.length > 0 ? fresh : ready;
  if (isNonEmpty(candidates)) {
    const deployment = simpleShuffle(candidates, rules.random);
    return { kind: 'send', deployment, probe: deployment.health.cause !== undefined };
  }
  return exhausted(usable, ask, now, rules);
}

/** Whether a deployment could take this request now. */
export function isReady(one: DeploymentState, ask: Ask, now: number): boolean {
  const place = standing(one.health, now);
  return (place === 'open' || place === 'half-open') && hasRoom(one) && (ask.notBefore.get(one) ?? 0) <= now;
}

function exhausted(usable: readonly DeploymentState[], ask: Ask, now: number, rules: ChoiceRules): Choice {
  if (usable.length === 0) return fail(ask.lastError ?? completionError({ _tag: 'NoDeployment' }));
  const inUse = usable.filter((one) => ['open', 'half-open'].includes(standing(one.health, now)));
  if (inUse.length > 0)
    return { kind: 'wait', until: Math.min(...inUse.map((one) => later(ask.notBefore.get(one), now))) };

  const down = usable.filter((one) => one.health.cause !== 'config');
  const [first, ...others] = down;
  if (first === undefined) return fail(latestConfigError(usable) ?? completionError({ _tag: 'NoDeployment' }));
  if (down.some((one) => one.health.probing)) {
    return rules.whenExhausted === 'wait' ? { kind: 'wait', until: Infinity } : unavailable(first, now);
  }
  const soonest = others.reduce((a, b) => (b.health.cooledUntil < a.health.cooledUntil ? b : a), first);
  const { cause, cooledUntil, failedProbes } = soonest.health;
  if (cause === 'parked') return parked(soonest, ask, now);
  return rules.whenExhausted === 'fail' || failedProbes > 0
    ? unavailable(soonest, now)
    : { kind: 'wait', until: cooledUntil };
}

/** A long pause is waited out only when it fits; a minute at most. */
function parked(one: DeploymentState, ask: Ask, now: number): Choice {
  const waitMs = one.health.cooledUntil - now;
  if (waitMs <= longestParkedWaitMs && one.health.cooledUntil < ask.deadline) {
    return { kind: 'wait', until: one.health.cooledUntil };
  }
  return fail(
    one.health.lastError === undefined
      ? completionError({ _tag: 'RateLimited', deployment: one.id, retryAfterMs: waitMs })
      : withDetails(one.health.lastError, { retryAfterMs: waitMs, attempts: [] }),
  );
}

function unavailable(one: DeploymentState, now: number): Choice {
  return fail(
    completionError({
      _tag: 'NoDeployment',
      lastError: one.health.lastError,
      retryAfterMs: Math.max(0, one.health.cooledUntil - now),
      detail: one.health.lastError === undefined ? undefined : `Last error: ${one.health.lastError.message}`,
    }),
  );
}

function latestConfigError(group: readonly DeploymentState[]): CompletionError | undefined {
  return [...group].sort((a, b) => b.health.cooledUntil - a.health.cooledUntil)[0]?.health.lastError;
}

function later(time: number | undefined, now: number): number {
  return time === undefined || time <= now ? Infinity : time;
}

function fail(error: CompletionError): Choice {
  return { kind: 'fail', error };
}

function isNonEmpty<A>(list: readonly A[]): list is readonly [A, ...A[]] {
  return list.length > 0;
}
