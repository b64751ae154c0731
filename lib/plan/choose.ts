import type { CompletionError } from '../domain/error';
import type { CompletionRequest } from '../domain/request';
import { isFree, type DeploymentState } from './deployment';
import { exhausted } from './exhausted';
import type { Group } from './group';

/** What one request asks of its group. */
export interface Ask {
  readonly request: CompletionRequest;
  /** The answer is wanted as a stream. */
  readonly streamed: boolean;
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

/**
 * Which deployment takes a request now: one not tried yet if any, among those that are well, or due for a probe, and have room;
 * by strategy. Nobody: wait or fail, by the causes. One pass for the list of candidates, then what the strategy takes.
 */
export function choose(
  { deployments, chooser }: Pick<Group, 'deployments' | 'chooser'>,
  ask: Ask,
  now: number,
  rules: ChoiceRules,
): Choice {
  const untried: DeploymentState[] = [];
  const tried: DeploymentState[] = [];
  for (const one of deployments) {
    if (ask.excluded.has(one) || !isReady(one, ask, now)) continue;
    (ask.tried.has(one) ? tried : untried).push(one);
  }
  const candidates = untried.length > 0 ? untried : tried;
  if (!isNonEmpty(candidates)) return exhausted(deployments, ask, now, rules);
  const deployment = chooser({ candidates, ask, now, random: rules.random });
  return { kind: 'send', deployment, probe: deployment.health.cause !== undefined };
}

/** Whether a deployment could take this request now. */
export function isReady(one: DeploymentState, { notBefore }: Ask, now: number): boolean {
  return isFree(one, now) && (notBefore.get(one) ?? 0) <= now;
}

function isNonEmpty<A>(list: readonly A[]): list is readonly [A, ...A[]] {
  return list.length > 0;
}
